"""Raising alerts, showing them, closing them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from merchants.alerts.errors import AlertClosed, OwnAlert
from merchants.alerts.finding import GUESS_WITHIN, Finding, look
from merchants.alerts.models import GUESSING, RING, Alert, AlertWatch
from merchants.purchases.models import VainGuess
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.outbox import emit

RAISED: Final = "merchants.alert_raised"
CLOSED: Final = "merchants.alert_closed"
"""Outbox: somebody has looked into an alert. {alert_id, merchant_id, kind, outcome}."""
OUTCOMES: Final = ("confirmed", "harmless")
SHORTEST_NOTE: Final = 3
LONGEST_NOTE: Final = 500
REOPENS_FOR: Final = timedelta(minutes=10)
_OVERLAP: Final = timedelta(minutes=1)
"""Ids are made before their transaction commits: what came late is looked at once more."""
_FIRST_LOOK: Final = timedelta(days=1)


async def watch(uow: UnitOfWork) -> list[Alert]:
    """Looks through what is new in the mall and raises what is found. Answers the new alerts."""
    seen = await uow.session.get(AlertWatch, uow.scope.mall_id)
    since = seen.seen_until - _OVERLAP if seen else uow.now - _FIRST_LOOK
    raised = []
    for finding in await look(uow, since, uow.now):
        alert = await raise_alert(uow, finding)
        if alert is not None:
            raised.append(alert)
    await uow.session.execute(
        insert(AlertWatch)
        .values(mall_id=uow.scope.mall_id, seen_until=uow.now)
        .on_conflict_do_update(index_elements=["mall_id"], set_={"seen_until": uow.now})
    )
    await uow.session.execute(
        delete(VainGuess).where(
            VainGuess.mall_id == uow.scope.mall_id, VainGuess.at < uow.now - 7 * GUESS_WITHIN
        )
    )
    return raised


async def raise_alert(uow: UnitOfWork, finding: Finding) -> Alert | None:
    """A new alert, or nothing where an earlier one knows it all (an open one then grows)."""
    earlier = list(
        await uow.session.scalars(
            select(Alert)
            .where(
                Alert.mall_id == uow.scope.mall_id,
                Alert.merchant_id == finding.merchant_id,
                Alert.kind == finding.kind,
                Alert.subject == finding.subject,
            )
            .order_by(Alert.number)
        )
    )
    known = {each["id"] for alert in earlier for each in alert.purchases}
    fresh = [each for each in finding.purchases if each["id"] not in known]
    newest = earlier[-1] if earlier else None
    if newest is not None and newest.last_at >= finding.last_at and not fresh:
        return None
    if newest is not None and newest.state == "open":
        _grow(newest, finding, fresh)
        return None
    if newest is not None and finding.kind == GUESSING and newest.last_at >= finding.first_at:
        return None  # the same day's guesses, which somebody has looked into
    made = Alert(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=finding.merchant_id,
        kind=finding.kind,
        subject=finding.subject,
        number=len(earlier) + 1,
        actor_id=finding.actor_id,
        first_at=finding.first_at,
        last_at=finding.last_at,
        purchases=fresh,
        figures=_figures(fresh) or finding.figures,
        crosses=finding.crosses,
        state="open",
        created_at=uow.now,
    )
    uow.session.add(made)
    await uow.session.flush()
    await emit(uow, RAISED, {"alert_id": str(made.id), "merchant_id": str(made.merchant_id)})
    return made


def _grow(alert: Alert, finding: Finding, fresh: list[dict[str, Any]]) -> None:
    alert.purchases = [*alert.purchases, *fresh]
    alert.last_at = max(alert.last_at, finding.last_at)
    alert.figures = _figures(alert.purchases) or finding.figures
    alert.crosses = alert.crosses or finding.crosses
    if alert.actor_id != finding.actor_id:
        alert.actor_id = None


def _figures(purchases: Sequence[dict[str, Any]]) -> dict[str, int]:
    if not purchases:
        return {}
    return {
        "count": len(purchases),
        "total": sum(each["total"] for each in purchases),
        "earned": sum(each["earned"] for each in purchases),
    }


async def list_alerts(
    uow: UnitOfWork, merchant_id: UUID | None, state: str, most: int, kind: str = ""
) -> Sequence[Alert]:
    """A shop's alerts (none: all shops'), newest first; `state` "open", "closed" or "" for all."""
    query = select(Alert).where(Alert.mall_id == uow.scope.mall_id)
    if merchant_id is not None:
        query = query.where(Alert.merchant_id == merchant_id)
    if kind:
        query = query.where(Alert.kind == kind)
    return list(await uow.session.scalars(_in_state(query, state).limit(most)))


def _in_state(query: Any, state: str) -> Any:
    if state == "open":
        query = query.where(Alert.state == "open")
    elif state == "closed":
        query = query.where(Alert.state != "open")
    return query.order_by(Alert.last_at.desc(), Alert.id.desc())


async def count_open(uow: UnitOfWork, merchant_id: UUID) -> int:
    """How many of a shop's alerts wait for somebody."""
    found = await uow.session.scalar(
        select(func.count()).where(
            Alert.mall_id == uow.scope.mall_id,
            Alert.merchant_id == merchant_id,
            Alert.state == "open",
        )
    )
    return int(found or 0)


async def find_alert(uow: UnitOfWork, merchant_id: UUID | None, alert_id: UUID) -> Alert:
    """One of the shop's alerts (none: of any). Raises NotFound, also for another shop's."""
    found = await uow.session.get(Alert, (uow.scope.mall_id, alert_id))
    if found is None or merchant_id not in (None, found.merchant_id):
        raise NotFound
    return found


async def close_alert(
    uow: UnitOfWork, caller: Caller, alert_id: UUID, outcome: str, note: str
) -> Alert:
    """Somebody has looked into it, and says what it was.

    Raises NotFound, Invalid without an outcome or a reason, OwnAlert for whoever it is about,
    AlertClosed where somebody was faster.
    """
    alert = await find_alert(uow, caller.shop, alert_id)
    if outcome not in OUTCOMES:
        raise Invalid.field("/outcome", "not_a_choice", choices=", ".join(OUTCOMES))
    written = note.strip()
    if len(written) < SHORTEST_NOTE:
        raise Invalid.field("/note", "required")
    if caller.id in {alert.actor_id, *_hands(alert)}:
        raise OwnAlert
    closed: Any = await uow.session.execute(
        update(Alert)
        .where(Alert.mall_id == uow.scope.mall_id, Alert.id == alert_id, Alert.state == "open")
        .values(
            state=outcome,
            closed_at=uow.now,
            closed_by=caller.id,
            closer=caller.name,
            closing_note=written[:LONGEST_NOTE],
        )
    )
    if closed.rowcount == 0:
        raise AlertClosed
    told = {"merchant_id": str(caller.shop), "kind": alert.kind, "outcome": outcome}
    await emit(uow, CLOSED, {"alert_id": str(alert_id), **told})
    await record(uow, caller, f"alert.{outcome}", "alert", alert_id, merchant_id=caller.shop)
    return alert


async def reopen_alert(uow: UnitOfWork, caller: Caller, alert_id: UUID) -> Alert:
    """Takes back that one has closed an alert, a little while after.

    Raises NotFound, AlertClosed where another closed it, long ago, or where something has followed
    of it: a reward that was withheld is given or refused for good.
    """
    alert = await find_alert(uow, caller.shop, alert_id)
    reopened: Any = await uow.session.execute(
        update(Alert)
        .where(
            Alert.mall_id == uow.scope.mall_id,
            Alert.id == alert_id,
            Alert.state != "open",
            Alert.kind != RING,
            Alert.closed_by == caller.id,
            Alert.closed_at > uow.now - REOPENS_FOR,
        )
        .values(state="open", closed_at=None, closed_by=None, closer=None, closing_note=None)
    )
    if reopened.rowcount == 0:
        raise AlertClosed
    await record(uow, caller, "alert.reopened", "alert", alert_id, merchant_id=caller.shop)
    return alert


def _hands(alert: Alert) -> set[UUID]:
    return {UUID(each["actor_id"]) for each in alert.purchases if each.get("actor_id")}
