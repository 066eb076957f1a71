"""The offers of shops as one member has them: what each gives, on what, and what lacks."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.activating.service import activate, chosen_of, deactivate
from merchants.customers.queries import shops_of_member
from merchants.mine.lacking import of_the_person
from merchants.programme.book import Programme
from merchants.programme.queries import rule_names
from merchants.programme.sentences import Teller
from merchants.purchases.command import MemberRef, PurchaseCommand, Till
from merchants.purchases.counter import Counter, counter_for
from merchants.shops.service import find_accounts
from merchants.wishes.service import unwish, wish
from timcheh.db import Scope
from timcheh.errors import NotFound
from timcheh.rules import Outcome, Reason, Rule, Standing, explain
from timcheh.web.pages import Html, PageContext

_UNTOLD: Final = (Standing.HELD_OUT, Standing.ENDED)
"""Who is held out of an offer is not told of it: knowing would change what is measured."""
_MOST_SHOPS: Final = 20
_LONGEST: Final = 200
_HERE: Final = "here"
Act = Literal["wish", "unwish", "activate", "deactivate"]
_OPPOSITES: Final[dict[Act, Act]] = {
    "wish": "unwish",
    "unwish": "wish",
    "activate": "deactivate",
    "deactivate": "activate",
}


@dataclass(frozen=True, slots=True)
class OfferHere:
    """An offer in words. `when` is what a purchase must be like (empty: any); `lacks` why it isn't
    the member's now (empty: it is); `until` when it ends for everybody; `wished`: the member has
    marked or activated it. `act` is what they can do about it, at `mark`: to mark it (be reminded)
    or take that away, and where it applies only once it is activated, that or its opposite."""

    name: str
    then: Sequence[str]
    when: str
    lacks: str
    until: datetime | None
    wished: bool = False
    act: Act = "wish"
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
    offer = await _offered(club_page, merchant_id)
    async with club_page.database.unit_of_work(Scope.mall(club_page.caller.mall_id)) as uow:
        await wish(uow, club_page.caller.id, merchant_id, offer.name)
    return _back(club_page, merchant_id, offer.name, "wish")


@post("/{mall_slug:str}/club/offers/{merchant_id:uuid}/unwish", include_in_schema=False)
async def unwished(club_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """Takes the mark away. Raises NotFound where there is none."""
    rule = _named(club_page)
    async with club_page.database.unit_of_work(Scope.mall(club_page.caller.mall_id)) as uow:
        await unwish(uow, club_page.caller.id, merchant_id, rule)
    return _back(club_page, merchant_id, rule, "unwish")


@post("/{mall_slug:str}/club/offers/{merchant_id:uuid}/activate", include_in_schema=False)
async def activated(club_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """The offer applies from the next purchase on. Raises NotFound for what isn't offered to the
    member, or needs no activating."""
    offer = await _offered(club_page, merchant_id)
    if offer.act not in ("activate", "deactivate"):
        raise NotFound
    async with club_page.database.unit_of_work(Scope.mall(club_page.caller.mall_id)) as uow:
        await activate(uow, club_page.caller.id, merchant_id, offer.name)
    return _back(club_page, merchant_id, offer.name, "activate")


@post("/{mall_slug:str}/club/offers/{merchant_id:uuid}/deactivate", include_in_schema=False)
async def deactivated(club_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """The member has changed their mind. Raises NotFound for what they never activated."""
    rule = _named(club_page)
    async with club_page.database.unit_of_work(Scope.mall(club_page.caller.mall_id)) as uow:
        await deactivate(uow, club_page.caller.id, merchant_id, rule)
    return _back(club_page, merchant_id, rule, "deactivate")


ROUTES: Final = (offers, wished, unwished, activated, deactivated)


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
        wishes, active = await chosen_of(uow, page.caller.id, list(accounts))
    counter = counter_for(page.database)
    told = await asyncio.gather(
        *(_told(page, counter, id, accounts[id].rules_version, names) for id in accounts)
    )
    return {
        shop: _sorted(page, shop, found, wishes, active)
        for shop, found in zip(accounts, told, strict=True)
    }


_Told = tuple[Rule, OfferHere]
_Chosen = set[tuple[UUID, str]]


def _sorted(
    page: PageContext, shop: UUID, told: Sequence[_Told], wishes: _Chosen, active: _Chosen
) -> list[OfferHere]:
    """With what the member has said of each: theirs first, then what they can have."""
    found = []
    for rule, offer in told:
        marked, is_active = (shop, rule.name) in wishes, (shop, rule.name) in active
        act = _act(rule, marked=marked, active=is_active)
        chosen = is_active if rule.needs_activation else marked
        mark = _way(page, shop, rule.name, act)
        found.append(replace(offer, wished=chosen, act=act, mark=mark))
    return sorted(found, key=lambda offer: (not offer.wished, bool(offer.lacks)))


async def _told(
    page: PageContext,
    counter: Counter,
    shop: UUID,
    version: int,
    names: dict[UUID, str],
) -> list[_Told]:
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
    return [
        (
            rule,
            OfferHere(
                rule.name,
                teller.then(rule),
                teller.when(rule),
                _lacks(page, reasons[rule.name], names),
                rule.ends_at,
            ),
        )
        for rule in programme.ruleset.rules
        if rule.name in reasons and reasons[rule.name].because.code not in _UNTOLD
    ]


def _act(rule: Rule, *, marked: bool, active: bool) -> Act:
    """What the member can do about an offer: an active one, or one that is marked, they undo."""
    if rule.needs_activation:
        return "deactivate" if active else "activate"
    return "unwish" if marked else "wish"


def _way(page: PageContext, shop: UUID, rule: str, act: Act) -> str:
    """Where an act is done; it leads back to the page that shows the offer."""
    asked = {"offer": rule} | ({} if _is_list(page) else {_HERE: "shop"})
    return f"{page.url(f'offers/{shop}/{act}')}?{urlencode(asked)}"


def _is_list(page: PageContext) -> bool:
    """Whether the page, or the one that an act was done on, is the list of all shops' offers."""
    if page.request.method == "POST":
        return page.request.query_params.get(_HERE) != "shop"
    return page.request.url.path.endswith("/offers")


def _back(page: PageContext, shop: UUID, rule: str, act: Act) -> Html:
    location = page.url("offers" if _is_list(page) else f"shops/{shop}")
    undo = _way(page, shop, rule, _OPPOSITES[act])
    return page.go(location, page.text(f"offer-said-{act}"), undo=undo)


def _named(page: PageContext) -> str:
    return page.request.query_params.get("offer", "")[:_LONGEST]


async def _offered(page: PageContext, shop: UUID) -> OfferHere:
    rule = _named(page)
    for offer in (await offers_here(page, [shop])).get(shop, ()):
        if offer.name == rule:
            return offer
    raise NotFound


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
