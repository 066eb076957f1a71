"""Alerts of every shop: the mall sees what was found and what came of it; a shop closes its own."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.facade import mobiles_of
from merchants.facade import (
    ALERT_KINDS,
    Alert,
    alert_hands,
    find_alert,
    list_alerts,
    shop_names,
    shown_alert,
    shown_evidence,
)
from timcheh.access.staff import staff_names
from timcheh.web.pages import Html, PageContext

READ: Final = "shop_alerts.read"
_STATES: Final = ("open", "closed")
_MOST: Final = 200


@get("/{mall_slug:str}/mall/alerts", include_in_schema=False)
async def alerts(mall_page: NamedDependency[PageContext]) -> Html:
    """What was found, over all shops, newest first."""
    mall_page.caller.require(READ)
    asked = mall_page.request.query_params
    state = asked.get("state", "open") if asked.get("state", "open") in _STATES else ""
    kind = asked.get("kind", "") if asked.get("kind") in ALERT_KINDS else ""
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        rows = await list_alerts(uow, None, state, _MOST, kind)
        shops = await shop_names(uow)
        names = await staff_names(uow, alert_hands(rows))
        mobiles = await mobiles_of(uow, [row.subject for row in rows])
    context = {
        "alerts": [_shown(mall_page, row, shops, names, mobiles) for row in rows],
        "state": state,
        "kind": kind,
        "kinds": [
            (each, mall_page.text(f"alert-{each.replace('_', '-')}")) for each in ALERT_KINDS
        ],
    }
    return mall_page.render("mall_portal/alerts/list.html", context)


@get("/{mall_slug:str}/mall/alerts/{alert_id:uuid}", include_in_schema=False)
async def alert(mall_page: NamedDependency[PageContext], alert_id: FromPath[UUID]) -> Html:
    """One alert with its evidence, and what the shop found."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        row = await find_alert(uow, None, alert_id)
        shops = await shop_names(uow)
        names = await staff_names(uow, alert_hands([row]))
        mobiles = await mobiles_of(uow, [row.subject])
    context = {
        "alert": _shown(mall_page, row, shops, names, mobiles),
        "evidence": shown_evidence(mall_page, row, names),
    }
    return mall_page.render("mall_portal/alerts/one.html", context)


ROUTES: Final = (alerts, alert)


def _shown(
    page: PageContext,
    row: Alert,
    shops: Mapping[UUID, str],
    names: Mapping[UUID, str],
    mobiles: Mapping[UUID, str],
) -> dict[str, Any]:
    """Whom it is about is the mall's own member."""
    mobile = mobiles.get(row.subject, "")
    who = page.digits(mobile)
    return shown_alert(page, row, who, names) | {
        "shop": shops.get(row.merchant_id, ""),
        "shop_id": row.merchant_id,
        "crosses": row.crosses,
    }
