"""The offers of shops as one member has them: what each gives, on what, and what lacks."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.customers.queries import shops_of_member
from merchants.mine.lacking import of_the_person
from merchants.programme.book import Programme
from merchants.programme.queries import rule_names
from merchants.programme.sentences import Teller
from merchants.purchases.command import MemberRef, PurchaseCommand, Till
from merchants.purchases.counter import Counter, counter_for
from merchants.shops.service import find_accounts
from merchants.wishes.service import unwish, wish, wishes_of
from timcheh.db import Scope
from timcheh.errors import NotFound
from timcheh.rules import Outcome, Reason, Standing, explain
from timcheh.web.pages import Html, PageContext

_UNTOLD: Final = (Standing.HELD_OUT, Standing.ENDED)
"""Who is held out of an offer is not told of it: knowing would change what is measured."""
_MOST_SHOPS: Final = 20
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class OfferHere:
    """An offer in words. `when` is what a purchase must be like (empty: any); `lacks` why it isn't
    the member's now (empty: it is); `until` when it ends for everybody; `wished`: the member has
    marked it, which is undone or done at `mark`."""

    name: str
    then: Sequence[str]
    when: str
    lacks: str
    until: datetime | None
    wished: bool = False
    mark: str = ""


@get("/{mall_slug:str}/club/offers", include_in_schema=False)
async def offers(club_page: NamedDependency[PageContext]) -> Html:
    """In the shops whose customer the member is, the latest visited first."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        shops = (await shops_of_member(uow, caller.id))[:_MOST_SHOPS]
        names = await rule_names(uow)
    found = await offers_here(club_page, shops, names)
    context = {"shops": [{"name": names[id], "offers": found[id]} for id in shops if found.get(id)]}
    return club_page.render("merchants/offers/club.html", context)


@post("/{mall_slug:str}/club/offers/{merchant_id:uuid}/wish", include_in_schema=False)
async def wished(club_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """Marks the `offer` of the address. Raises NotFound for what isn't offered to the member."""
    caller = club_page.caller
    rule = await _offered(club_page, merchant_id)
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await wish(uow, caller.id, merchant_id, rule)
    undo = _mark(club_page, merchant_id, rule, wished=True)
    return club_page.go(club_page.url("offers"), club_page.text("wish-marked"), undo=undo)


@post("/{mall_slug:str}/club/offers/{merchant_id:uuid}/unwish", include_in_schema=False)
async def unwished(club_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """Takes the mark away. Raises NotFound where there is none."""
    caller = club_page.caller
    rule = club_page.request.query_params.get("offer", "")[:_LONGEST]
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await unwish(uow, caller.id, merchant_id, rule)
    undo = _mark(club_page, merchant_id, rule, wished=False)
    return club_page.go(club_page.url("offers"), club_page.text("wish-unmarked"), undo=undo)


ROUTES: Final = (offers, wished, unwished)


async def offers_here(
    page: PageContext, merchant_ids: Sequence[UUID], names: dict[UUID, str] | None = None
) -> dict[UUID, list[OfferHere]]:
    """The offers of some shops for the member who is signed in; theirs first. `names`: those
    that rules speak of, where they are known already.

    They are told by the same decision as a sale's, of an empty basket that nothing is kept of.
    """
    mall_id = page.caller.mall_id
    async with page.database.unit_of_work(Scope.mall(mall_id)) as uow:
        accounts = await find_accounts(uow, merchant_ids)
        names = names or await rule_names(uow)
        wishes = await wishes_of(uow, page.caller.id, list(accounts))
    counter = counter_for(page.database)
    told = await asyncio.gather(
        *(_told(page, counter, id, accounts[id].rules_version, names, wishes) for id in accounts)
    )
    return dict(zip(accounts, told, strict=True))


async def _told(
    page: PageContext,
    counter: Counter,
    shop: UUID,
    version: int,
    names: dict[UUID, str],
    wishes: set[tuple[UUID, str]],
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
            marked := (shop, rule.name) in wishes,
            _mark(page, shop, rule.name, wished=marked),
        )
        for rule in programme.ruleset.rules
        if rule.name in reasons and reasons[rule.name].because.code not in _UNTOLD
    ]
    return sorted(found, key=lambda offer: (not offer.wished, bool(offer.lacks)))


def _mark(page: PageContext, shop: UUID, rule: str, *, wished: bool) -> str:
    """Where the mark is taken away, or made."""
    verb = "unwish" if wished else "wish"
    return f"{page.url(f'offers/{shop}/{verb}')}?{urlencode({'offer': rule})}"


async def _offered(page: PageContext, shop: UUID) -> str:
    rule = page.request.query_params.get("offer", "")
    found = (await offers_here(page, [shop])).get(shop, ())
    if not any(offer.name == rule for offer in found):
        raise NotFound
    return rule


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
