"""A shop's own places and policies over the API, for its key."""

from typing import Annotated, Literal
from uuid import UUID

from litestar import Controller, get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.shops.service import (
    find_account,
    find_shop,
    list_branches,
    open_branch,
    open_terminal,
    set_policies,
)
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.openapi import REFUSES
from timcheh.web.pagination import Page

Name = Annotated[str, Meta(min_length=1, max_length=100)]


class NewBranchBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place of the shop."""

    name: Name


class BranchOut(Struct):
    """A place of the shop."""

    id: UUID
    name: str
    closed: bool = False


class NewTerminalBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A till of a branch."""

    branch_id: UUID
    name: Name


class TerminalOut(Struct):
    """A till with its key, which is shown this once."""

    id: UUID
    branch_id: UUID
    name: str
    api_key: str


class PoliciesBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the shop decides for itself; absent fields stay as they are."""

    return_policy: Literal["deduct", "carry", "write_off"] | None = None
    own_max_share_bps: Annotated[int, Meta(ge=0, le=10_000)] | None = None


class ProfileOut(Struct):
    """The shop as it sees itself."""

    id: UUID
    name: str
    slug: str
    category: str | None
    state: str
    national_id: str | None
    sheba: str | None
    return_policy: str
    own_max_share_bps: int | None
    rules_version: int


class BranchController(Controller):
    """Branches."""

    path = "/api/v1/branches"
    tags = ("shop",)

    @post(summary="Open a branch")
    async def open(
        self,
        data: JSONBody[NewBranchBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> BranchOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            branch = await open_branch(uow, merchant_caller.shop, data.name)
        return BranchOut(branch.id, branch.name)

    @get(summary="Branches")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[BranchOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            rows = await list_branches(uow, merchant_caller.shop)
        return Page([BranchOut(row.id, row.name, row.closed_at is not None) for row in rows])


class TerminalController(Controller):
    """Terminals."""

    path = "/api/v1/terminals"
    tags = ("shop",)

    @post(summary="Define a terminal", opt={REFUSES: (404, 409)})
    async def open(
        self,
        data: JSONBody[NewTerminalBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> TerminalOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            terminal, key = await open_terminal(
                uow, merchant_caller.shop, data.branch_id, data.name
            )
        return TerminalOut(terminal.id, terminal.branch_id, terminal.name, key.secret)


class ProfileController(Controller):
    """The shop itself."""

    path = "/api/v1/profile"
    tags = ("shop",)

    @get(summary="The shop as it sees itself")
    async def show(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> ProfileOut:
        return await self._profile(merchant_caller, database)

    @patch(summary="Change the shop's own policies")
    async def change(
        self,
        data: JSONBody[PoliciesBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ProfileOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await set_policies(
                uow,
                merchant_caller.shop,
                return_policy=data.return_policy,
                own_max_share_bps=data.own_max_share_bps,
            )
        return await self._profile(merchant_caller, database)

    async def _profile(self, caller: Caller, database: Database) -> ProfileOut:
        async with database.unit_of_work(caller.scope) as uow:
            shop = await find_shop(uow, caller.shop)
            account = await find_account(uow, caller.shop)
        return ProfileOut(
            shop.id,
            shop.name,
            shop.slug,
            shop.category,
            shop.state,
            account.national_id,
            account.sheba,
            account.return_policy,
            account.own_max_share_bps,
            account.rules_version,
        )
