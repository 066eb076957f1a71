"""Looking through what was sold since the last look. Reads only; the till knows nothing of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text

from merchants.alerts.models import BURST, GUESSING, REFUND_LOOP, SELF_CREDIT, SELF_GIFT
from timcheh.db import UnitOfWork
from timcheh.ids import first_id_at

BURST_COUNT: Final = 5
BURST_WITHIN: Final = timedelta(minutes=30)
LOOP_COUNT: Final = 3
LOOP_WITHIN: Final = timedelta(days=7)
GUESS_COUNT: Final = 10
GUESS_WITHIN: Final = timedelta(days=1)

# Rows are found by their id, which begins with the moment at which they were made (RFC 9562).
_WORTH: Final = """
    LEFT JOIN LATERAL (
        SELECT coalesce(sum(x.value), 0)::bigint AS earned,
               coalesce(bool_or(s.kind NOT IN ('own', 'own_points')), false) AS crosses
        FROM merchants.purchase_earn x
        JOIN ledger.scope s ON s.mall_id = x.mall_id AND s.id = x.scope_id
        WHERE x.mall_id = p.mall_id AND x.purchase_id = p.id
    ) e ON true
"""
_SELF_CREDIT: Final = text(
    f"""
    SELECT p.merchant_id, p.member_id AS subject, p.actor_id, p.id, p.created_at, p.total,
           e.earned, e.crosses
    FROM merchants.purchase p
    JOIN kernel.staff k ON k.mall_id = :mall AND k.id = p.actor_id
    JOIN members.member m ON m.mall_id = :mall AND m.id = p.member_id AND m.mobile = k.mobile
    {_WORTH}
    WHERE p.mall_id = :mall AND p.id >= :since AND p.id < :until AND p.state = 'confirmed'
    ORDER BY p.id
    """  # noqa: S608  nothing in it comes from outside
)
_SELF_GIFT: Final = text(
    """
    SELECT l.issuer_id AS merchant_id, e.owner_id AS subject, t.actor_id, t.id, t.created_at,
           0::bigint AS total, s.kind NOT IN ('own', 'own_points') AS crosses, l.reason,
           (e.amount * CASE s.unit WHEN 'point' THEN greatest(s.issue_price, s.redeem_price)
                       ELSE 1 END)::bigint AS earned
    FROM ledger.transfer t
    JOIN kernel.staff k ON k.mall_id = :mall AND k.id = t.actor_id
    JOIN members.member m ON m.mall_id = :mall AND m.mobile = k.mobile
    JOIN ledger.entry e ON e.mall_id = :mall AND e.transfer_id = t.id AND e.owner_id = m.id
                       AND e.account = 'credit' AND e.amount > 0
    JOIN ledger.lot l ON l.mall_id = :mall AND l.id = e.lot_id AND l.transfer_id = t.id
    JOIN ledger.scope s ON s.mall_id = :mall AND s.id = l.scope_id
    WHERE t.mall_id = :mall AND t.id >= :since AND t.id < :until AND t.kind <> 'purchase'
    ORDER BY t.id, e.n
    """
)
_BURSTS: Final = text(
    f"""
    WITH seen AS (
        SELECT p.mall_id, p.id, p.merchant_id, p.member_id, p.actor_id, p.created_at, p.total,
               count(*) OVER w AS within, min(p.created_at) OVER w AS begins
        FROM merchants.purchase p
        WHERE p.mall_id = :mall AND p.id >= :earlier AND p.id < :until AND p.state = 'confirmed'
        WINDOW w AS (PARTITION BY p.merchant_id, p.member_id ORDER BY p.created_at
                     RANGE BETWEEN CAST(:within AS interval) PRECEDING AND CURRENT ROW)
    )
    SELECT p.merchant_id, p.member_id AS subject, p.actor_id, p.id, p.created_at, p.total,
           e.earned, e.crosses
    FROM seen p {_WORTH}
    WHERE EXISTS (
        SELECT FROM seen b
        WHERE b.merchant_id = p.merchant_id AND b.member_id = p.member_id AND b.within >= :most
          AND p.created_at BETWEEN b.begins AND b.created_at
    )
    ORDER BY p.id
    """  # noqa: S608
)
_LOOPS: Final = text(
    """
    WITH seen AS (
        SELECT r.*, count(*) OVER w AS within, min(r.created_at) OVER w AS begins
        FROM merchants.purchase_return r
        WHERE r.mall_id = :mall AND r.id >= :earlier AND r.id < :until
        WINDOW w AS (PARTITION BY r.merchant_id, r.member_id ORDER BY r.created_at
                     RANGE BETWEEN CAST(:within AS interval) PRECEDING AND CURRENT ROW)
    )
    SELECT r.merchant_id, r.member_id AS subject, r.actor_id, r.purchase_id AS id, r.created_at,
           p.total, r.refund AS earned,
           EXISTS (
               SELECT FROM merchants.purchase_earn x
               JOIN ledger.scope s ON s.mall_id = :mall AND s.id = x.scope_id
               WHERE x.mall_id = :mall AND x.purchase_id = r.purchase_id
                 AND s.kind NOT IN ('own', 'own_points')
           ) AS crosses
    FROM seen r
    JOIN merchants.purchase p ON p.mall_id = :mall AND p.id = r.purchase_id
    WHERE EXISTS (
        SELECT FROM seen b
        WHERE b.merchant_id = r.merchant_id AND b.member_id = r.member_id AND b.within >= :most
          AND r.created_at BETWEEN b.begins AND b.created_at
    )
    ORDER BY r.created_at, r.id
    """
)
_GUESSES: Final = text(
    """
    SELECT g.merchant_id, g.merchant_id AS subject,
           CASE WHEN count(DISTINCT g.actor_id) = 1 THEN (array_agg(g.actor_id))[1] END AS actor_id,
           min(g.at) AS first_at, max(g.at) AS last_at, count(*) AS guesses
    FROM merchants.vain_guess g
    WHERE g.mall_id = :mall AND g.at >= :from
    GROUP BY g.merchant_id HAVING count(*) >= :most
    """
)


@dataclass(slots=True)
class Finding:
    """Something to look into. `purchases` (or gifts) by id with when, how much (rial) and by whose
    hand; `figures`: count, total and earned (rial; for returns: what was paid back)."""

    kind: str
    merchant_id: UUID
    subject: UUID
    actor_id: UUID | None
    first_at: datetime
    last_at: datetime
    purchases: list[dict[str, Any]]
    figures: dict[str, int]
    crosses: bool


async def look(uow: UnitOfWork, since: datetime, until: datetime) -> list[Finding]:
    """What looks wrong among what was made between two moments, in the mall's scope."""
    mall, ends = uow.scope.mall_id, first_id_at(until)
    asked: dict[str, Any] = {"mall": mall, "since": first_id_at(since), "until": ends}
    found = []
    for kind, query in ((SELF_CREDIT, _SELF_CREDIT), (SELF_GIFT, _SELF_GIFT)):
        found += _grouped(kind, (await uow.session.execute(query, asked)).all())
    for kind, query, within, most in (
        (BURST, _BURSTS, BURST_WITHIN, BURST_COUNT),
        (REFUND_LOOP, _LOOPS, LOOP_WITHIN, LOOP_COUNT),
    ):
        asked = {"mall": mall, "until": ends, "within": within, "most": most}
        asked["earlier"] = first_id_at(since - within)
        found += _grouped(kind, (await uow.session.execute(query, asked)).all())
    guesses = {"mall": uow.scope.mall_id, "from": until - GUESS_WITHIN, "most": GUESS_COUNT}
    for row in await uow.session.execute(_GUESSES, guesses):
        found.append(
            Finding(
                GUESSING,
                row.merchant_id,
                row.subject,
                row.actor_id,
                row.first_at,
                row.last_at,
                [],
                {"count": row.guesses},
                crosses=True,
            )
        )
    return found


def _grouped(kind: str, rows: Any) -> list[Finding]:
    """A finding for each shop and subject."""
    found: dict[tuple[UUID, UUID], Finding] = {}
    for row in rows:
        finding = found.setdefault(
            (row.merchant_id, row.subject),
            Finding(
                kind,
                row.merchant_id,
                row.subject,
                row.actor_id,
                row.created_at,
                row.created_at,
                [],
                {"count": 0, "total": 0, "earned": 0},
                crosses=False,
            ),
        )
        finding.last_at = max(finding.last_at, row.created_at)
        finding.crosses = finding.crosses or row.crosses
        if finding.actor_id != row.actor_id:
            finding.actor_id = None  # more than one hand
        finding.purchases.append(_piece(row))
        finding.figures["count"] += 1
        finding.figures["total"] += row.total
        finding.figures["earned"] += row.earned
    return list(found.values())


def _piece(row: Any) -> dict[str, Any]:
    piece = {
        "id": str(row.id),
        "at": row.created_at.isoformat(),
        "total": row.total,
        "earned": row.earned,
        "actor_id": str(row.actor_id) if row.actor_id else None,
    }
    reason = getattr(row, "reason", "")
    return piece | {"reason": reason} if reason else piece
