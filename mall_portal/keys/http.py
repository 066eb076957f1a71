"""The mall's own API keys."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from timcheh.access.caller import Caller
from timcheh.access.keys import issue_key, list_keys, revoke_key
from timcheh.audit import record
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.pagination import Page


class NewKeyBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the key is for, so that it can be told from the others."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]


class NewKeyOut(Struct):
    """A key; `api_key` is shown this once."""

    id: UUID
    name: str
    api_key: str


class KeyOut(Struct):
    """A key without its secret."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class KeyController(Controller):
    """Keys of the mall."""

    path = "/api/v1/keys"
    tags = ("keys",)

    @post(summary="Issue a key")
    async def issue(
        self,
        data: JSONBody[NewKeyBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> NewKeyOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            key = await issue_key(uow, "mall", data.name)
            await record(uow, mall_caller, "key.issued", "api_key", key.id)
        return NewKeyOut(key.id, data.name, key.secret)

    @get(summary="The mall's keys")
    async def list(
        self, mall_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[KeyOut]:
        async with database.unit_of_work(mall_caller.scope) as uow:
            rows = await list_keys(uow)
        return Page(
            [
                KeyOut(row.id, row.name, row.created_at, row.last_used_at, row.revoked_at)
                for row in rows
            ]
        )

    @delete("/{key_id:uuid}", status_code=204, summary="Revoke a key")
    async def revoke(
        self,
        key_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> None:
        async with database.unit_of_work(mall_caller.scope) as uow:
            await revoke_key(uow, key_id)
            await record(uow, mall_caller, "key.revoked", "api_key", key_id)
