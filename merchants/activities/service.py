"""Activities of a shop, members' reports of them, and the points they bring. In the mall's scope.

An activity's row is locked before its reports are counted, so that cap and once-a-period hold.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from members.facade import find_member, find_profile
from merchants.activities.errors import (
    ActivityDone,
    ActivityFull,
    ActivityStopped,
    ProfileIncomplete,
    ReportDecided,
    ReviewNeedsPurchase,
)
from merchants.activities.models import Activity, ActivityReport
from merchants.customers.models import Customer
from merchants.gifting.granting import Giveaway, give
from merchants.gifting.periods import period_of
from merchants.gifting.terms import points_named, put_in_state
from merchants.programme.queries import read_scopes
from merchants.shops.models import Merchant
from merchants.shops.service import find_shop
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.malls import read_mall
from timcheh.notify.service import queue_message
from timcheh.outbox import emit
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

KINDS: Final = ("profile", "follow", "share", "review", "other")
WHOLE: Final = ("name", "birthday", "gender", "province", "city")
"""The facts that a complete profile has."""
MOST: Final = 50
_COUNTED: Final = ("waiting", "granted")


@dataclass(frozen=True, slots=True)
class ActivityTerms:
    """An activity as its form says it; fields as in `Activity`."""

    kind: str
    name: str
    words: str
    link: str | None
    points: int
    scope: str
    lot_days: int | None
    repeats: str
    confirms: bool
    month_cap: int | None


@dataclass(frozen=True, slots=True)
class Deed:
    """What a member reports: a proof in words, and stars for a review."""

    proof: str = ""
    stars: int | None = None


class ReportRow(NamedTuple):
    """A report with its activity, and its member as the shop knows them."""

    report: ActivityReport
    activity: Activity
    name: str
    mobile: str


class Doable(NamedTuple):
    """An activity of a shop, and the member's newest report of it in this period, if any."""

    activity: Activity
    shop: str
    report: ActivityReport | None


async def add_activity(uow: UnitOfWork, merchant_id: UUID, terms: ActivityTerms) -> Activity:
    """In force at once. Raises Invalid for points that the shop can't give, or too many."""
    scope = await points_named(uow, merchant_id, terms.scope)
    if len(await list_activities(uow, merchant_id)) >= MOST:
        raise Invalid.field("/name", "too_many", maximum=MOST)
    row = Activity(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        kind=terms.kind,
        name=terms.name,
        words=terms.words,
        link=terms.link,
        points=terms.points,
        scope_id=scope[0],
        lot_days=terms.lot_days,
        repeats=terms.repeats,
        confirms=terms.confirms,
        month_cap=terms.month_cap,
        state="active",
        created_at=uow.now,
    )
    uow.session.add(row)
    await uow.session.flush()
    return row


async def set_activity_state(
    uow: UnitOfWork, merchant_id: UUID, activity_id: UUID, state: str
) -> None:
    """Stops one, or takes it up again. Raises NotFound."""
    await put_in_state(uow, Activity, merchant_id, activity_id, state)


async def list_activities(uow: UnitOfWork, merchant_id: UUID) -> list[Activity]:
    """A shop's, newest first."""
    rows = await uow.session.scalars(
        select(Activity)
        .where(Activity.mall_id == uow.scope.mall_id, Activity.merchant_id == merchant_id)
        .order_by(Activity.id.desc())
    )
    return list(rows)


async def doable(uow: UnitOfWork, member_id: UUID, activity_id: UUID | None = None) -> list[Doable]:
    """What the shops whose customer a member is give points for, or one of it."""
    query = (
        select(Activity, Merchant.name)
        .join(
            Customer,
            (Customer.mall_id == Activity.mall_id)
            & (Customer.merchant_id == Activity.merchant_id)
            & (Customer.member_id == member_id),
        )
        .join(
            Merchant, (Merchant.mall_id == Activity.mall_id) & (Merchant.id == Activity.merchant_id)
        )
        .where(
            Activity.mall_id == uow.scope.mall_id,
            Activity.state == "active",
            Merchant.state == "active",
        )
    )
    if activity_id is not None:
        query = query.where(Activity.id == activity_id)
    rows = (await uow.session.execute(query.order_by(Merchant.name, Activity.id))).all()
    mine = await uow.session.scalars(
        select(ActivityReport)
        .where(
            ActivityReport.mall_id == uow.scope.mall_id,
            ActivityReport.member_id == member_id,
            ActivityReport.activity_id.in_([activity.id for activity, _ in rows]),
        )
        .order_by(ActivityReport.id)
    )
    newest = {(report.activity_id, report.period): report for report in mine}
    return [
        Doable(activity, shop, newest.get((activity.id, period_of(activity.repeats, uow.now)[0])))
        for activity, shop in rows
    ]


async def report_activity(
    uow: UnitOfWork, activity_id: UUID, member_id: UUID, deed: Deed
) -> ActivityReport:
    """A member has done it; what the shop needn't look at brings its points at once.

    Raises NotFound for who isn't the shop's customer, ActivityStopped, ActivityDone,
    ActivityFull, ProfileIncomplete, ReviewNeedsPurchase.
    """
    activity = await uow.session.get(
        Activity, (uow.scope.mall_id, activity_id), with_for_update=True, populate_existing=True
    )
    if activity is None:
        raise NotFound
    customer = await uow.session.get(Customer, (uow.scope.mall_id, activity.merchant_id, member_id))
    if customer is None:
        raise NotFound
    if activity.state != "active":
        raise ActivityStopped
    if activity.kind == "review" and not customer.purchases:
        raise ReviewNeedsPurchase
    if activity.kind == "profile":
        await _refuse_incomplete(uow, member_id)
    period = period_of(activity.repeats, uow.now)[0]
    await _refuse_twice(uow, activity, member_id, period)
    await _refuse_over_cap(uow, activity)
    report = ActivityReport(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=activity.merchant_id,
        activity_id=activity.id,
        member_id=member_id,
        period=period,
        points=activity.points,
        proof=deed.proof,
        stars=deed.stars,
        state="waiting",
        created_at=uow.now,
    )
    if not activity.confirms:
        await _grant(uow, activity, report, None)
    uow.session.add(report)
    await uow.session.flush()
    return report


async def decide_report(
    uow: UnitOfWork, merchant_id: UUID, report_id: UUID, actor_id: UUID, *, why_not: str | None
) -> ActivityReport:
    """The shop gives the points of a report, or declines it and says why.

    Raises NotFound, ReportDecided.
    """
    report = await uow.session.get(
        ActivityReport, (uow.scope.mall_id, report_id), with_for_update=True
    )
    if report is None or report.merchant_id != merchant_id:
        raise NotFound
    if report.state != "waiting":
        raise ReportDecided
    activity = await uow.session.get_one(Activity, (uow.scope.mall_id, report.activity_id))
    if why_not is None:
        await _grant(uow, activity, report, actor_id)
    else:
        report.state, report.why_not = "declined", why_not
    report.decided_by, report.decided_at = actor_id, uow.now
    await uow.session.flush()
    await _tell(uow, activity, report)
    return report


async def reports_of(
    uow: UnitOfWork, merchant_id: UUID, *, waiting: bool, limit: int = 100
) -> list[ReportRow]:
    """A shop's reports that wait to be decided, oldest first; or the decided, newest first."""
    query = (
        select(
            ActivityReport,
            Activity,
            func.coalesce(Customer.name, ""),
            func.coalesce(Customer.mobile, ""),
        )
        .join(
            Activity,
            (Activity.mall_id == ActivityReport.mall_id)
            & (Activity.id == ActivityReport.activity_id),
        )
        .outerjoin(
            Customer,
            (Customer.mall_id == ActivityReport.mall_id)
            & (Customer.merchant_id == ActivityReport.merchant_id)
            & (Customer.member_id == ActivityReport.member_id),
        )
        .where(
            ActivityReport.mall_id == uow.scope.mall_id,
            ActivityReport.merchant_id == merchant_id,
            (ActivityReport.state == "waiting") == waiting,
        )
        .order_by(ActivityReport.id if waiting else ActivityReport.id.desc())
        .limit(limit)
    )
    return [ReportRow(*row) for row in await uow.session.execute(query)]


async def granted_by(uow: UnitOfWork, merchant_id: UUID) -> dict[UUID, tuple[int, int]]:
    """How often each activity has given points, and how many in all."""
    rows = await uow.session.execute(
        select(ActivityReport.activity_id, func.count(), func.sum(ActivityReport.points))
        .where(
            ActivityReport.mall_id == uow.scope.mall_id,
            ActivityReport.merchant_id == merchant_id,
            ActivityReport.state == "granted",
        )
        .group_by(ActivityReport.activity_id)
    )
    return {row[0]: (row[1], int(row[2])) for row in rows}


async def missing_facts(uow: UnitOfWork, member_id: UUID) -> list[str]:
    """What a member has yet to say of themselves for a complete profile."""
    member = await find_member(uow, id=member_id)
    said = await find_profile(uow, member_id)
    known = {"name": member.name, "birthday": member.birthday}
    return [name for name in WHOLE if not known.get(name, getattr(said, name, None))]


async def _refuse_incomplete(uow: UnitOfWork, member_id: UUID) -> None:
    missing = await missing_facts(uow, member_id)
    if missing:
        locale = Locale((await read_mall(uow)).locale)
        raise ProfileIncomplete(
            missing="، ".join(translate(locale, f"fact-{name}") for name in missing)
        )


async def _refuse_twice(uow: UnitOfWork, activity: Activity, member_id: UUID, period: str) -> None:
    done = await uow.session.scalar(
        select(func.count()).where(
            ActivityReport.mall_id == activity.mall_id,
            ActivityReport.activity_id == activity.id,
            ActivityReport.member_id == member_id,
            ActivityReport.period == period,
            ActivityReport.state.in_(_COUNTED),
        )
    )
    if done:
        raise ActivityDone


async def _refuse_over_cap(uow: UnitOfWork, activity: Activity) -> None:
    """What waits counts too: else all of it could be granted beyond the cap."""
    if activity.month_cap is None:
        return
    since = period_of("month", uow.now)[1]
    given = await uow.session.scalar(
        select(func.coalesce(func.sum(ActivityReport.points), 0)).where(
            ActivityReport.mall_id == activity.mall_id,
            ActivityReport.activity_id == activity.id,
            ActivityReport.state.in_(_COUNTED),
            ActivityReport.created_at >= since,
        )
    )
    if int(given or 0) + activity.points > activity.month_cap:
        raise ActivityFull


async def _grant(
    uow: UnitOfWork, activity: Activity, report: ActivityReport, actor_id: UUID | None
) -> None:
    scope = (await read_scopes(uow, activity.merchant_id)).get(str(activity.scope_id))
    if scope is None:  # the shop has left the pool since
        raise ActivityStopped
    locale = Locale((await read_mall(uow)).locale)
    reason = translate(locale, f"activity-reason-{activity.kind}", name=activity.name)
    what = Giveaway("activity", report.id, scope, report.points, activity.lot_days, reason)
    report.lot_id = (await give(uow, activity.merchant_id, report.member_id, what, actor_id)).lot_id
    report.state = "granted"
    await emit(
        uow,
        "merchants.activity_granted",
        {
            "report_id": str(report.id),
            "merchant_id": str(report.merchant_id),
            "member_id": str(report.member_id),
        },
    )


async def _tell(uow: UnitOfWork, activity: Activity, report: ActivityReport) -> None:
    shop = await find_shop(uow, report.merchant_id)
    member = await find_member(uow, id=report.member_id)
    await queue_message(
        uow,
        member.mobile,
        f"activity-{report.state}",
        {
            "shop": shop.name,
            "name": activity.name,
            "points": report.points,
            "why": report.why_not or "",
        },
        member_id=report.member_id,
        merchant_id=report.merchant_id,
    )
