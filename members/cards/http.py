"""Members' cards over the API, for the mall's key: handed out, blocked, renewed."""

from datetime import date
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from members.cards.bodies import CardOut, HandOutBody, card_out, read_number
from members.cards.service import assign_card, cards_of, renew_card, report_lost
from members.people.service import find_member
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database
from timcheh.web.bodies import Body
from timcheh.web.pagination import Page


class RenewalBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many Jalali months more the card is good for."""

    months: Annotated[int, Meta(ge=1, le=120)]


class NumberOut(Struct):
    """The member's live number."""

    number: str


class RenewalOut(Struct):
    """The card's last day."""

    expires_on: date


class MemberCardController(Controller):
    """Cards of the mall's members."""

    path = "/api/v1/members/{member_id:uuid}/cards"
    tags = ("members",)

    @get(summary="A member's cards, newest first")
    async def list(
        self,
        member_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> Page[CardOut]:
        async with database.unit_of_work(mall_caller.scope) as uow:
            await find_member(uow, id=member_id)
            return Page([card_out(card) for card in await cards_of(uow, member_id)])

    @post(summary="Hand out one of the mall's blank cards")
    async def hand_out(
        self,
        member_id: FromPath[UUID],
        data: JSONBody[HandOutBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> CardOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            member = await find_member(uow, id=member_id)
            card = await assign_card(uow, read_number(data.number), member, None)
            await record(uow, mall_caller, "card.assigned", "member", member_id)
            return card_out(card)

    @post("/lost", summary="Block a lost number; the member gets another", status_code=200)
    async def lose(
        self,
        member_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> NumberOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            number = await report_lost(uow, await find_member(uow, id=member_id))
            await record(uow, mall_caller, "card.lost", "member", member_id)
            return NumberOut(number)

    @post("/renewals", summary="Renew a member's printed card")
    async def renew(
        self,
        member_id: FromPath[UUID],
        data: JSONBody[RenewalBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> RenewalOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            member = await find_member(uow, id=member_id)
            last = await renew_card(uow, member, data.months)
            await record(uow, mall_caller, "card.renewed", "member", member_id)
            return RenewalOut(last)
