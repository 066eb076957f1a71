"""Activities on the member's phone: what brings points, doing it, what became of it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.activities.models import ActivityReport
from merchants.activities.service import Deed, Doable, doable, missing_facts, report_activity
from timcheh.db import Scope
from timcheh.errors import NotFound, TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

STARS: Final = ("5", "4", "3", "2", "1")


@get("/{mall_slug:str}/club/activities", include_in_schema=False)
async def listed(club_page: NamedDependency[PageContext]) -> Html:
    """What brings points at the shops whose customer the member is."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        found = await doable(uow, caller.id)
    shops: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        shops.setdefault(each.shop, []).append(_shown(each))
    context = {"shops": [{"name": name, "activities": rows} for name, rows in shops.items()]}
    return club_page.render("merchants/activities/club.html", context)


@get("/{mall_slug:str}/club/activities/{activity_id:uuid}", include_in_schema=False)
async def one(club_page: NamedDependency[PageContext], activity_id: FromPath[UUID]) -> Html:
    """An activity: what is to be done, and where to say that it is."""
    return await _one(club_page, activity_id, Form())


@post("/{mall_slug:str}/club/activities/{activity_id:uuid}", include_in_schema=False)
async def done(
    club_page: NamedDependency[PageContext], activity_id: FromPath[UUID], data: Fields
) -> Html:
    """The member says that it is done."""
    caller = club_page.caller
    scope = Scope.mall(caller.mall_id)
    async with club_page.database.unit_of_work(scope) as uow:
        found = await doable(uow, caller.id, activity_id)
    if not found:
        raise NotFound
    try:
        deed = _deed(found[0].activity.kind, data)
        async with club_page.database.unit_of_work(scope) as uow:
            report = await report_activity(uow, activity_id, caller.id, deed)
    except TimchehError as error:
        refused = Form.refused(data, error, club_page.locale)
        return await _one(club_page, activity_id, refused, error.status)
    return club_page.go(club_page.url("activities"), _said(club_page, report))


ROUTES: Final = (listed, one, done)


def _said(page: PageContext, report: ActivityReport) -> str:
    return page.text(f"activity-said-{report.state}", points=report.points)


def _deed(kind: str, data: Mapping[str, str]) -> Deed:
    """Raises Invalid with every field at fault."""
    reader = FormReader(data)
    deed = Deed()
    if kind == "review":
        deed = Deed(reader.text("proof", 500), int(reader.choice("stars", STARS)))
    elif kind != "profile":
        deed = Deed(reader.text("proof", 300))
    reader.check()
    return deed


async def _one(page: PageContext, activity_id: UUID, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        found = await doable(uow, caller.id, activity_id)
        missing = await missing_facts(uow, caller.id) if found else []
    if not found:
        raise NotFound
    context = {
        "activity": _shown(found[0]) | {"shop": found[0].shop},
        "missing": [page.text(f"fact-{name}") for name in missing],
        "stars": [(each, page.text(f"activity-stars-{each}")) for each in STARS],
        "form": form,
    }
    return page.render("merchants/activities/club_one.html", context, status=status)


def _shown(each: Doable) -> dict[str, Any]:
    activity, report = each.activity, each.report
    return {
        "id": activity.id,
        "kind": activity.kind,
        "name": activity.name,
        "words": activity.words,
        "link": activity.link or "",
        "points": activity.points,
        "repeats": activity.repeats,
        "confirms": activity.confirms,
        "state": report.state if report else "",
        "why_not": (report.why_not or "") if report else "",
    }
