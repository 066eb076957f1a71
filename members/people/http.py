"""Members over the API, for the mall's key. Balances are added by the modules above."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from members.people.models import Member
from members.people.service import enrol, find_member, list_members
from members.profiles.queries import neighbourhoods_of
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.errors import Invalid
from timcheh.text.identifiers import IdentifierError, mobile
from timcheh.web.bodies import Body
from timcheh.web.openapi import REFUSES
from timcheh.web.pagination import Page, PageRequest


class NewMemberBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mobile alone enrols."""

    mobile: str
    name: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    birthday: date | None = None
    neighbourhood: Annotated[str, Meta(min_length=1, max_length=100)] | None = None


class MemberOut(Struct):
    """A member as the mall sees them."""

    id: UUID
    number: str
    mobile: str
    name: str | None
    birthday: date | None
    neighbourhood: str | None
    state: str


def member_out(member: Member, neighbourhood: str | None) -> MemberOut:
    """The API's form of a member."""
    return MemberOut(
        member.id,
        member.number,
        member.mobile,
        member.name,
        member.birthday,
        neighbourhood,
        member.state,
    )


class MemberController(Controller):
    """Members of the mall."""

    path = "/api/v1/members"
    tags = ("members",)

    @post(summary="Enrol a member", opt={REFUSES: (409,)})
    async def enrol(
        self,
        data: JSONBody[NewMemberBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> MemberOut:
        try:
            number = mobile(data.mobile)
        except IdentifierError as error:
            raise Invalid.field("/mobile", error.code) from None
        async with database.unit_of_work(mall_caller.scope) as uow:
            member = await enrol(
                uow,
                number,
                name=data.name,
                birthday=data.birthday,
                neighbourhood=data.neighbourhood,
                actor_id=mall_caller.id,
            )
            return member_out(member, data.neighbourhood)

    @get(summary="Members, newest first")
    async def list(
        self,
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[MemberOut]:
        async with database.unit_of_work(mall_caller.scope) as uow:
            rows = await list_members(uow, paging.after(UUID), paging.fetch)
            places = await neighbourhoods_of(uow, [row.id for row in rows])
        return paging.page(
            rows, lambda row: member_out(row, places.get(row.id)), lambda row: row.id
        )

    @get("/{member_id:uuid}", summary="One member")
    async def one(
        self,
        member_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> MemberOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            member = await find_member(uow, id=member_id)
            places = await neighbourhoods_of(uow, [member_id])
        return member_out(member, places.get(member_id))
