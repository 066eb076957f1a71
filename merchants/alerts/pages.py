"""Alerts in the shop's portal: what was found, on what evidence, and what it turned out to be."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.alerts.models import RING, Alert
from merchants.alerts.queries import customers_of
from merchants.alerts.service import OUTCOMES, close_alert, find_alert, list_alerts, reopen_alert
from merchants.alerts.showing import hands_of, shown_alert, shown_evidence
from merchants.customers.models import Customer
from merchants.permissions import ALERTS
from merchants.purchases.showing import customer_text
from timcheh.access.staff import staff_names
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext

_MOST: Final = 100
_STATES: Final = ("open", "closed")


@get("/{mall_slug:str}/shop/alerts", include_in_schema=False)
async def alerts(shop_page: NamedDependency[PageContext]) -> Html:
    """What waits to be looked into, or what was."""
    caller = shop_page.caller
    caller.require(ALERTS)
    state = shop_page.request.query_params.get("state", "open")
    state = state if state in _STATES else ""
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        rows = await list_alerts(uow, caller.shop, state, _MOST)
        customers = await customers_of(uow, caller.shop, [row.subject for row in rows])
    names = await _hands(shop_page, rows)
    shown = [_shown(shop_page, row, customers, names) for row in rows]
    return shop_page.render("merchants/alerts/list.html", {"alerts": shown, "state": state})


@get("/{mall_slug:str}/shop/alerts/{alert_id:uuid}", include_in_schema=False)
async def alert(shop_page: NamedDependency[PageContext], alert_id: FromPath[UUID]) -> Html:
    """One alert with its evidence."""
    shop_page.caller.require(ALERTS)
    return await _page(shop_page, alert_id, Form())


@post(
    "/{mall_slug:str}/shop/alerts/{alert_id:uuid}/close", include_in_schema=False, status_code=200
)
async def close(
    shop_page: NamedDependency[PageContext], alert_id: FromPath[UUID], data: Fields
) -> Html:
    """Somebody says what it was."""
    caller = shop_page.caller
    caller.require(ALERTS)
    try:
        # Its trace in the log is the mall's too, so this is done in the mall's scope.
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            outcome, note = data.get("outcome", ""), data.get("note", "")
            alert = await close_alert(uow, caller, alert_id, outcome, note)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        return await _page(shop_page, alert_id, form, error.status)
    # What follows of a ring's alert follows at once.
    undo = None if alert.kind == RING else shop_page.url(f"alerts/{alert_id}/reopen")
    return shop_page.go(shop_page.url("alerts"), shop_page.text("alerts-now-closed"), undo=undo)


@post(
    "/{mall_slug:str}/shop/alerts/{alert_id:uuid}/reopen", include_in_schema=False, status_code=200
)
async def reopened(shop_page: NamedDependency[PageContext], alert_id: FromPath[UUID]) -> Html:
    """They have changed their mind."""
    caller, here = shop_page.caller, shop_page.url(f"alerts/{alert_id}")
    caller.require(ALERTS)
    try:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            await reopen_alert(uow, caller, alert_id)
    except TimchehError as error:
        return shop_page.turned_back(here, error)
    return shop_page.go(here, shop_page.text("alerts-now-open"))


ROUTES: Final = (alerts, alert, close, reopened)


async def _page(page: PageContext, alert_id: UUID, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(caller.scope) as uow:
        row = await find_alert(uow, caller.shop, alert_id)
        customers = await customers_of(uow, caller.shop, [row.subject])
    names = await _hands(page, [row])
    context = {
        "alert": _shown(page, row, customers, names),
        "evidence": shown_evidence(page, row, names),
        "outcomes": [(each, page.text(f"alerts-outcome-{each}")) for each in OUTCOMES],
        "form": form,
    }
    return page.render("merchants/alerts/one.html", context, status=status)


async def _hands(page: PageContext, rows: Sequence[Alert]) -> dict[UUID, str]:
    """Names of the people by whose hand it was done; a program's key has none."""
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        return await staff_names(uow, hands_of(rows))


def _shown(
    page: PageContext,
    row: Alert,
    customers: Mapping[UUID, Customer],
    names: Mapping[UUID, str],
) -> dict[str, Any]:
    customer = customers.get(row.subject)
    who = customer_text(page, customer.name, customer.mobile) if customer else ""
    member_id = row.subject if customer else None
    return shown_alert(page, row, who, names) | {"member_id": member_id}
