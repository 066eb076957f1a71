"""What members allow shops and the club: on their phone, and as a shop is told at its desk."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.facade import CLUB, PURPOSES, Witness, decide, given_to, history
from merchants.customers.queries import shops_of_member
from merchants.customers.service import find_customer
from merchants.permissions import CUSTOMERS_WRITE, branches_of
from merchants.shops.service import shop_names
from timcheh.audit import record
from timcheh.errors import NotFound
from timcheh.ids import read_id
from timcheh.web.form import Fields
from timcheh.web.pages import Html, PageContext


@get("/{mall_slug:str}/club/consents", include_in_schema=False)
async def consents(club_page: NamedDependency[PageContext]) -> Html:
    """What the member allows now, to whom, and every decision so far."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(caller.scope) as uow:
        shops = await shops_of_member(uow, caller.id)
        names = await shop_names(uow)
        given = await given_to(uow, caller.id)
        decisions = await history(uow, caller.id)
    parties = [(CLUB, club_page.mall.name), *((id, names[id]) for id in shops if id in names)]
    context = {
        "parties": [
            {
                "id": id,
                "name": name,
                "club": id == CLUB,
                "purposes": [(purpose, purpose in given.get(id, ())) for purpose in PURPOSES],
            }
            for id, name in parties
        ],
        "history": [
            {**_told(decision), "name": names.get(decision.merchant_id, club_page.mall.name)}
            for decision in decisions
        ],
    }
    return club_page.render("members/club/consents.html", context)


@post("/{mall_slug:str}/club/consents", include_in_schema=False)
async def consent_decided(club_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Takes the member's decision towards one shop or the club. Raises NotFound for a stranger."""
    caller, party = club_page.caller, read_id(data.get("party"))
    async with club_page.database.unit_of_work(caller.scope) as uow:
        if party is None or party not in (CLUB, *await shops_of_member(uow, caller.id)):
            raise NotFound
        witness = Witness("member", caller.id, "phone")
        await decide(uow, caller.id, party, _wanted(data), witness)
    return club_page.go(club_page.url("consents"), club_page.text("consents-kept"))


@get("/{mall_slug:str}/shop/customers/{member_id:uuid}/consents", include_in_schema=False)
async def customer_consents(
    shop_page: NamedDependency[PageContext], member_id: FromPath[UUID]
) -> Html:
    """What a customer allows this shop, and who noted it when."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        customer = await find_customer(uow, caller.shop, member_id)
        given = (await given_to(uow, member_id)).get(caller.shop, set())
        decisions = await history(uow, member_id, caller.shop)
    context = {
        "member_id": member_id,
        "name": customer.name or "",
        "purposes": [(purpose, purpose in given) for purpose in PURPOSES],
        "history": [{**_told(decision), "name": ""} for decision in decisions],
    }
    return shop_page.render("merchants/customers/consents.html", context)


@post("/{mall_slug:str}/shop/customers/{member_id:uuid}/consents", include_in_schema=False)
async def customer_consented(
    shop_page: NamedDependency[PageContext], member_id: FromPath[UUID], data: Fields
) -> Html:
    """Notes what the customer has told the shop's staff."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await find_customer(uow, caller.shop, member_id)
        wanted = _wanted(data)
        witness = Witness("staff", caller.id, "portal", caller.branch_id)
        changed = await decide(uow, member_id, caller.shop, wanted, witness)
        if changed:
            after = {purpose: wanted[purpose] for purpose in sorted(changed)}
            await record(uow, caller, "consent.noted", "customer", member_id, after=after)
    address = shop_page.url(f"customers/{member_id}/consents")
    return shop_page.go(address, shop_page.text("consents-kept"))


ROUTES: Final = (consents, consent_decided, customer_consents, customer_consented)


def _wanted(data: dict[str, str]) -> dict[str, bool]:
    return {purpose: data.get(purpose) == "yes" for purpose in PURPOSES}


def _told(decision: Any) -> dict[str, Any]:
    names: Sequence[str] = ("purpose", "given", "at", "by", "place")
    return {name: getattr(decision, name) for name in names}
