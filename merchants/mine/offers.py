"""The offers of shops as one member has them: what each gives, on what, and what lacks."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency

from merchants.customers.queries import shops_of_member
from merchants.mine.lacking import of_the_person
from merchants.programme.book import Programme
from merchants.programme.sentences import Teller
from merchants.purchases.command import MemberRef, PurchaseCommand, Till
from merchants.purchases.counter import Counter, counter_for
from merchants.shops.service import find_accounts, shop_names
from timcheh.db import Scope
from timcheh.rules import Outcome, Reason, Standing, explain
from timcheh.web.pages import Html, PageContext

_UNTOLD: Final = (Standing.HELD_OUT, Standing.ENDED)
"""Who is held out of an offer is not told of it: knowing would change what is measured."""
_MOST_SHOPS: Final = 20


@dataclass(frozen=True, slots=True)
class OfferHere:
    """An offer in words. `when` is what a purchase must be like (empty: any); `lacks` why it isn't
    the member's now (empty: it is); `until` when it ends for everybody."""

    name: str
    then: Sequence[str]
    when: str
    lacks: str
    until: datetime | None


@get("/{mall_slug:str}/club/offers", include_in_schema=False)
async def offers(club_page: NamedDependency[PageContext]) -> Html:
    """In the shops whose customer the member is, the latest visited first."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        shops = (await shops_of_member(uow, caller.id))[:_MOST_SHOPS]
        names = await shop_names(uow)
    found = await offers_here(club_page, shops)
    context = {"shops": [{"name": names[id], "offers": found[id]} for id in shops if found.get(id)]}
    return club_page.render("merchants/offers/club.html", context)


ROUTES: Final = (offers,)


async def offers_here(
    page: PageContext, merchant_ids: Sequence[UUID]
) -> dict[UUID, list[OfferHere]]:
    """The offers of some shops for the member who is signed in; theirs first.

    They are told by the same decision as a sale's, of an empty basket that nothing is kept of.
    """
    mall_id = page.caller.mall_id
    async with page.database.unit_of_work(Scope.mall(mall_id)) as uow:
        accounts = await find_accounts(uow, merchant_ids)
        names = await shop_names(uow)
    counter = counter_for(page.database)
    told = await asyncio.gather(
        *(_told(page, counter, id, accounts[id].rules_version, names) for id in accounts)
    )
    return dict(zip(accounts, told, strict=True))


async def _told(
    page: PageContext, counter: Counter, shop: UUID, version: int, names: dict[UUID, str]
) -> list[OfferHere]:
    programme = await _programme(page, counter, shop, version)
    if not programme.ruleset.rules:
        return []
    caller = page.caller
    command = PurchaseCommand(
        till=Till(caller.mall_id, shop, caller.id), member=MemberRef(id=caller.id), lines=()
    )
    decision = await counter.desk.try_out(command, programme)
    reasons = {reason.rule: reason for reason in decision.reasons()}
    teller = Teller(page.locale, page.unit, names)
    found = [
        OfferHere(
            rule.name,
            teller.then(rule),
            teller.when(rule),
            _lacks(page, reasons[rule.name], names),
            rule.ends_at,
        )
        for rule in programme.ruleset.rules
        if rule.name in reasons and reasons[rule.name].because.code not in _UNTOLD
    ]
    return sorted(found, key=lambda offer: bool(offer.lacks))


async def _programme(page: PageContext, counter: Counter, shop: UUID, version: int) -> Programme:
    """The shop's rules in force; read only if this process doesn't have them already."""
    known = counter.desk.book.current(shop)
    if known is not None and known.version == version:
        return known
    return await counter.desk.book.refresh(page.caller.mall_id, shop)


def _lacks(page: PageContext, reason: Reason, names: dict[UUID, str]) -> str:
    if reason.outcome is not Outcome.NOT_APPLIED:
        return ""
    ground = of_the_person(reason.because)
    words: dict[str, Any] = {str(id): name for id, name in names.items()}
    return explain(ground, page.locale, page.unit, words) if ground is not None else ""
