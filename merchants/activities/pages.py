"""Activities in the shop's portal: what brings points, and the reports that wait for a look."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.activities.models import Activity
from merchants.activities.service import (
    KINDS,
    ActivityTerms,
    ReportRow,
    add_activity,
    decide_report,
    granted_by,
    list_activities,
    reports_of,
    set_activity_state,
)
from merchants.gifting.periods import PERIODS
from merchants.gifting.scopes import point_scopes
from merchants.permissions import GIFTS, branches_of
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.errors import Conflict, TimchehError
from timcheh.text.normalise import normalise
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

_MOST_POINTS: Final = 10**9
_LOOKED_AT: Final = ("follow", "share", "other")
"""Kinds that only the shop can tell to be true: it looks at them unless it says otherwise."""


@get("/{mall_slug:str}/shop/activities", include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """What brings points, what waits to be decided, and what was."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        rows = await list_activities(uow, caller.shop)
        given = await granted_by(uow, caller.shop)
        waiting = await reports_of(uow, caller.shop, waiting=True)
        decided = await reports_of(uow, caller.shop, waiting=False, limit=30)
    context = {
        "activities": [_shown(row, given.get(row.id, (0, 0))) for row in rows],
        "waiting": [_report(shop_page, row) for row in waiting],
        "decided": [_report(shop_page, row) for row in decided],
    }
    return shop_page.render("merchants/activities/list.html", context)


@get("/{mall_slug:str}/shop/activities/new", include_in_schema=False)
async def new(shop_page: NamedDependency[PageContext]) -> Html:
    """The form of a new one of the kind that the address names."""
    asked = shop_page.request.query_params.get("kind")
    kind = asked if asked in KINDS else KINDS[0]
    values = {
        "kind": kind,
        "name": "" if kind == "other" else shop_page.text(f"activity-usual-{kind}"),
        "confirms": "yes" if kind in _LOOKED_AT else "",
    }
    return await _form(shop_page, Form(values))


@post("/{mall_slug:str}/shop/activities", include_in_schema=False)
async def added(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """A new one, in force at once."""
    caller = shop_page.caller
    caller.require(GIFTS)
    try:
        terms = _terms(data)
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            row = await add_activity(uow, caller.shop, terms)
            await record(
                uow,
                caller,
                "activity.added",
                "activity",
                row.id,
                merchant_id=caller.shop,
                after={"name": row.name, "points": row.points},
            )
    except TimchehError as error:
        refused = Form.refused(data, error, shop_page.locale)
        return await _form(shop_page, refused, error.status)
    return shop_page.go(shop_page.url("activities"), shop_page.text("activities-added"))


@post("/{mall_slug:str}/shop/activities/{activity_id:uuid}/state", include_in_schema=False)
async def changed(
    shop_page: NamedDependency[PageContext], activity_id: FromPath[UUID], data: Fields
) -> Html:
    """Stops one, or takes it up again."""
    caller = shop_page.caller
    caller.require(GIFTS)
    state = "stopped" if data.get("state") == "stopped" else "active"
    async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await set_activity_state(uow, caller.shop, activity_id, state)
        await record(
            uow,
            caller,
            f"activity.{state}",
            "activity",
            activity_id,
            merchant_id=caller.shop,
        )
    return shop_page.go(shop_page.url("activities"), shop_page.text(f"activities-now-{state}"))


@post("/{mall_slug:str}/shop/activity-reports/{report_id:uuid}", include_in_schema=False)
async def decided(
    shop_page: NamedDependency[PageContext], report_id: FromPath[UUID], data: Fields
) -> Html:
    """Gives the points of a report, or declines it."""
    caller = shop_page.caller
    caller.require(GIFTS)
    here, declines = shop_page.url("activities"), data.get("decision") == "decline"
    words = normalise(data.get("why_not", ""))[:200] or shop_page.text("activity-not-seen")
    try:
        async with shop_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            report = await decide_report(
                uow, caller.shop, report_id, caller.id, why_not=words if declines else None
            )
            await record(
                uow,
                caller,
                f"activity.{report.state}",
                "activity_report",
                report_id,
                merchant_id=caller.shop,
                after={"points": report.points},
            )
    except Conflict as error:
        return shop_page.turned_back(here, error)
    return shop_page.go(here, shop_page.text(f"activities-{report.state}", points=report.points))


ROUTES: Final = (listed, new, added, changed, decided)


def _terms(data: Mapping[str, str]) -> ActivityTerms:
    """Raises Invalid with every field at fault."""
    reader = FormReader(data)
    kind = reader.choice("kind", KINDS)
    link = reader.text("link", 300, optional=True)
    if link and not link.startswith("https://"):
        reader.fault("link", "link_invalid")
    terms = ActivityTerms(
        kind=kind,
        name=reader.text("name"),
        words=reader.text("words", 400, optional=True),
        link=link or None,
        points=reader.count("points", 1, _MOST_POINTS),
        scope=reader.text("scope", 64),
        lot_days=reader.count("lot_days", 0, 3650, empty=0) or None,
        repeats=reader.choice("repeats", PERIODS),
        confirms=kind != "profile" and reader.ticked("confirms"),
        month_cap=reader.count("month_cap", 0, _MOST_POINTS, empty=0) or None,
    )
    if terms.month_cap is not None and terms.month_cap < terms.points:
        reader.fault("month_cap", "below_minimum", minimum=terms.points)
    reader.check()
    return terms


async def _form(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    caller.require(GIFTS)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        scopes = await point_scopes(page, uow, caller.shop)
    kind = form.value("kind")
    context = {
        "form": form,
        "kind": kind if kind in KINDS else KINDS[0],
        "kinds": KINDS,
        "scopes": scopes,
        "periods": [(each, page.text(f"period-{each}")) for each in PERIODS],
    }
    return page.render("merchants/activities/form.html", context, status=status)


def _shown(row: Activity, given: tuple[int, int]) -> dict[str, Any]:
    times, points = given
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "points": row.points,
        "repeats": row.repeats,
        "confirms": row.confirms,
        "month_cap": row.month_cap,
        "state": row.state,
        "times": times,
        "given": points,
    }


def _report(page: PageContext, row: ReportRow) -> dict[str, Any]:
    return {
        "id": row.report.id,
        "activity": row.activity.name,
        "who": row.name or page.digits(row.mobile) or page.text("rewards-stranger"),
        "points": row.report.points,
        "proof": row.report.proof,
        "stars": row.report.stars or 0,
        "at": row.report.created_at,
        "granted": row.report.state == "granted",
        "why_not": row.report.why_not or "",
    }
