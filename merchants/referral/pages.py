"""Referral in the shop's portal: its terms, what was given, and what is owed in commission."""

from typing import Any, Final

from litestar import get, post
from litestar.di import NamedDependency

from merchants.permissions import GIFTS, branches_of
from merchants.purchases.showing import customer_text
from merchants.referral.service import (
    commissions_due,
    given_in_all,
    list_thanks,
    pay_commission,
    people_of,
    programme_of,
    set_programme,
)
from merchants.referral.shares import Terms
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.ids import read_id
from timcheh.money import BPS_WHOLE
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import in_percent, in_unit
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

LEVELS: Final = (1, 2, 3)
"""Levels that the form asks for; the engine knows up to five."""


@get("/{mall_slug:str}/shop/referral", include_in_schema=False)
async def overview(shop_page: NamedDependency[PageContext]) -> Html:
    """The terms, the rewards, what is owed."""
    return await _page(shop_page)


@post("/{mall_slug:str}/shop/referral", include_in_schema=False)
async def saved(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """New terms, from now on."""
    caller = shop_page.caller
    caller.require(GIFTS)
    written = Written("referral.changed", "merchant", caller.shop)
    try:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            data = await reconciled(uow, shop_page, data, _values(shop_page, uow), written)
            terms, lot_days = _read(shop_page, data)
            await set_programme(uow, caller.shop, terms, lot_days)
            after = {
                "first_reward": terms.first_reward,
                "friend_reward": terms.friend_reward,
                "levels": list(terms.levels),
            }
            await record(uow, caller, *written, merchant_id=caller.shop, after=after)
    except TimchehError as error:
        return await _page(shop_page, Form.refused(data, error, shop_page.locale), error.status)
    return shop_page.go(shop_page.url("referral"), shop_page.text("referral-saved"))


@post("/{mall_slug:str}/shop/referral/paid", include_in_schema=False)
async def paid(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Notes that a commission was paid; what is owed by now must be what the person saw."""
    caller = shop_page.caller
    caller.require(GIFTS)
    person, amount = read_id(data.get("person", "")), data.get("amount", "")
    done = False
    if person is not None and amount.isascii() and amount.isdigit() and len(amount) < 16:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            done = await pay_commission(uow, caller.shop, person, int(amount), caller.id)
            if done:
                await record(
                    uow,
                    caller,
                    "commission.paid",
                    "member",
                    person,
                    merchant_id=caller.shop,
                    after={"amount": int(amount)},
                )
    said = shop_page.text("referral-paid" if done else "referral-not-paid")
    return shop_page.go(shop_page.url("referral"), said, "done" if done else "bad")


ROUTES: Final = (overview, saved, paid)


def _read(page: PageContext, data: dict[str, str]) -> tuple[Terms, int | None]:
    """The terms, and for how many days what they give is good. Raises Invalid."""
    reader = FormReader(data, page.unit)
    levels = [reader.percent(f"level_{n}", optional=True) for n in LEVELS]
    terms = Terms(
        reader.money("first_reward", optional=True),
        reader.money("first_minimum", optional=True),
        tuple(levels),
        reader.money("friend_reward", optional=True),
    )
    lot_days = reader.count("lot_days", 0, 3650, empty=0) or None
    if sum(levels) > BPS_WHOLE // 2:
        reader.fault("level_1", "referral_too_much")
    reader.check()
    return terms, lot_days


async def _values(page: PageContext, uow: UnitOfWork) -> dict[str, str]:
    return _typed(page, await programme_of(uow, page.caller.shop))


async def _page(page: PageContext, form: Form | None = None, status: int = 200) -> Html:
    caller = page.caller
    branches_of(caller, GIFTS)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        programme = await programme_of(uow, caller.shop)
        rows = await list_thanks(uow, caller.shop)
        owed = await commissions_due(uow, caller.shop)
        sums = await given_in_all(uow, caller.shop)
        people = await people_of(uow, caller.shop, {row.person_id for row in rows} | set(owed))
    names = {id: customer_text(page, name, mobile) for id, (name, mobile) in people.items()}
    stranger = page.text("referral-stranger")
    context = {
        "form": form or page.form(_typed(page, programme)),
        "levels": LEVELS,
        "sums": {
            kind: sums.get(kind, 0) for kind in ("referral", "friend", "commission", "ambassador")
        },
        "owed": [
            {"person": id, "name": names.get(id, stranger), "amount": amount}
            for id, amount in sorted(owed.items(), key=lambda item: -item[1])
        ],
        "rows": [
            {
                "at": row.created_at,
                "kind": row.kind,
                "level": row.level,
                "name": names.get(row.person_id, stranger),
                "amount": row.amount,
                "taken_back": row.taken_back,
                "state": row.state,
                "purchase_id": row.purchase_id,
            }
            for row in rows
        ],
    }
    return page.render("merchants/referral/page.html", context, status=status)


def _typed(page: PageContext, programme: Any) -> dict[str, str]:
    if programme is None:
        return {}
    values = {
        "first_reward": in_unit(programme.first_reward or None, page.unit),
        "friend_reward": in_unit(programme.friend_reward or None, page.unit),
        "first_minimum": in_unit(programme.first_minimum or None, page.unit),
        "lot_days": str(programme.lot_days or ""),
    }
    shares = {f"level_{n}": in_percent(bps or None) for n, bps in enumerate(programme.levels, 1)}
    return {name: text for name, text in (values | shares).items() if text}
