"""What a member reads of the ledger, in the member's own scope: policies show own rows only."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import DateTime, Text, Uuid

from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.text.normalise import sort_key

_LOT = """
    SELECT l.id, l.unit, l.issuer_id, l.scope_id, s.kind, s.name, l.granted, l.remaining - l.held,
           l.held, l.expired, l.taken_back, l.available_from, l.expires_at, l.created_at,
           s.redeem_price, l.reason, b.id, b.to_pay, b.occurred_at
    FROM ledger.lot l
    JOIN ledger.scope s ON s.mall_id = l.mall_id AND s.id = l.scope_id
    LEFT JOIN merchants.purchase b ON b.mall_id = l.mall_id AND b.id = l.transfer_id
    WHERE l.mall_id = :mall AND l.holder_id = :member
"""
_LIVE = text(
    f"{_LOT} AND l.open AND (l.expires_at IS NULL OR l.expires_at > :at)"
    " ORDER BY l.expires_at NULLS LAST, l.created_at, l.id"
)
_ONE = text(f"{_LOT} AND l.id = :lot")
_ACCEPTORS = text(
    """
    SELECT a.scope_id, m.id, m.name, m.category, min(a.max_share_bps)
    FROM ledger.acceptor a
    JOIN merchants.merchant m ON m.mall_id = a.mall_id AND m.id = a.merchant_id
    WHERE a.mall_id = :mall AND a.scope_id = ANY(:scopes) AND m.state = 'active'
      AND a.valid_from <= :at AND (a.valid_until IS NULL OR a.valid_until > :at)
    GROUP BY a.scope_id, m.id, m.name, m.category
    """
).bindparams(bindparam("scopes", type_=ARRAY(Uuid())))

_SHOPS = text(
    """
    SELECT m.id, m.slug, m.name, m.category FROM merchants.merchant m
    WHERE m.mall_id = :mall AND m.state = 'active'
    """
)

# One row for each movement. The transfer itself is not the member's to read, so what it was is
# told by what has the same id: a purchase, a return, a reward that was taken or given back, the lot
# that it granted; else time ran out, or somebody corrected it. A purchase that moved no value is a
# row of its own.
_MOVEMENTS = """
    SELECT e.transfer_id AS id, e.n::int AS n, e.amount, e.lot_id, l.unit, l.issuer_id,
           s.kind AS scope_kind, s.name AS pool, s.redeem_price, l.expires_at,
           coalesce(c.name, cb.name, l.reason) AS reason, coalesce(b.id, rb.id) AS purchase_id,
           coalesce(b.merchant_id, rb.merchant_id, c.merchant_id, cb.merchant_id) AS shop_id,
           coalesce(b.to_pay, rb.to_pay) AS to_pay,
           CASE WHEN b.id IS NOT NULL THEN CASE WHEN e.amount > 0 THEN 'earned' ELSE 'spent' END
                WHEN r.id IS NOT NULL THEN 'returned'
                WHEN c.id IS NOT NULL THEN 'rewarded'
                WHEN cb.id IS NOT NULL THEN 'refunded'
                WHEN l.transfer_id = e.transfer_id THEN 'gift'
                WHEN e.amount < 0 AND l.expired > 0 THEN 'expired'
                ELSE 'corrected' END AS kind,
           CASE WHEN b.id IS NOT NULL THEN b.occurred_at
                WHEN r.id IS NOT NULL THEN r.created_at
                WHEN l.transfer_id = e.transfer_id THEN l.created_at
                ELSE uuid_extract_timestamp(e.transfer_id) END AS at
    FROM ledger.entry e
    JOIN ledger.lot l ON l.mall_id = e.mall_id AND l.id = e.lot_id
    JOIN ledger.scope s ON s.mall_id = l.mall_id AND s.id = l.scope_id
    LEFT JOIN merchants.purchase b ON b.mall_id = e.mall_id AND b.id = e.transfer_id
    LEFT JOIN merchants.purchase_return r ON r.mall_id = e.mall_id AND r.id = e.transfer_id
    LEFT JOIN merchants.purchase rb ON rb.mall_id = r.mall_id AND rb.id = r.purchase_id
    LEFT JOIN merchants.reward_claim c ON c.mall_id = e.mall_id AND c.id = e.transfer_id
    LEFT JOIN merchants.reward_claim cb ON cb.mall_id = e.mall_id AND cb.undone_by = e.transfer_id
    WHERE e.mall_id = :mall AND e.owner_id = :member AND e.account IN ('credit', 'wallet')
"""
_BARE_PURCHASES = """
    SELECT b.id, 0, b.to_pay, NULL, 'rial', b.merchant_id, '', NULL, 1, NULL, '',
           b.id AS purchase_id, b.merchant_id, b.to_pay, 'bought', b.occurred_at
    FROM merchants.purchase b
    WHERE b.mall_id = :mall AND b.member_id = :member AND b.state = 'confirmed'
      AND NOT EXISTS (SELECT FROM ledger.entry e WHERE e.mall_id = :mall AND e.transfer_id = b.id)
"""
_FEED = text(
    f"""
    WITH newest AS (
        SELECT f.id FROM (
            (SELECT DISTINCT e.transfer_id AS id FROM ledger.entry e
             WHERE e.mall_id = :mall AND e.owner_id = :member
               AND e.account IN ('credit', 'wallet') AND e.transfer_id < :before
             ORDER BY 1 DESC LIMIT :fetch)
            UNION ALL
            (SELECT q.id FROM ({_BARE_PURCHASES} AND b.id < :before) q ORDER BY 1 DESC LIMIT :fetch)
        ) f ORDER BY f.id DESC LIMIT :fetch
    )
    SELECT * FROM (
        {_MOVEMENTS} AND e.transfer_id IN (SELECT w.id FROM newest w)
        UNION ALL
        {_BARE_PURCHASES} AND b.id IN (SELECT w.id FROM newest w)
    ) m ORDER BY m.id DESC, m.n
    """  # noqa: S608  our own fragments
)
_FEED_OF = text(
    f"""
    WITH f AS (
        SELECT * FROM (
            {_MOVEMENTS} AND e.transfer_id < :before
            UNION ALL
            {_BARE_PURCHASES} AND b.id < :before
        ) m
        WHERE (cardinality(:kinds) = 0 OR m.kind = ANY(:kinds))
          AND (CAST(:shop AS uuid) IS NULL OR coalesce(m.shop_id, m.issuer_id) = :shop)
          AND (CAST(:since AS timestamptz) IS NULL OR m.at >= :since AND m.at < :until)
    )
    SELECT f.* FROM f
    WHERE f.id IN (SELECT DISTINCT n.id FROM f n ORDER BY 1 DESC LIMIT :fetch)
    ORDER BY f.id DESC, f.n
    """  # noqa: S608  our own fragments
).bindparams(
    bindparam("kinds", type_=ARRAY(Text())),
    bindparam("shop", type_=Uuid()),
    bindparam("since", type_=DateTime(timezone=True)),
    bindparam("until", type_=DateTime(timezone=True)),
)
_SUMS = text(
    f"""
    SELECT (m.at AT TIME ZONE :zone)::date, m.kind, m.unit = 'point',
           coalesce(m.shop_id, m.issuer_id), sum(m.amount)::bigint
    FROM ({_MOVEMENTS}) m GROUP BY 1, 2, 3, 4
    """  # noqa: S608  our own fragments
)
_OF_LOT = text(f"{_MOVEMENTS} AND e.lot_id = :lot ORDER BY e.transfer_id DESC, e.n DESC")

_MEMBERSHIP = text(
    """
    SELECT m.name, m.number, e.due_at
    FROM members.member m
    LEFT JOIN shared_pool.erasure e
        ON e.mall_id = m.mall_id AND e.member_id = m.id AND e.done_at IS NULL
    WHERE m.mall_id = :mall AND m.id = :member
    """
)

_END = UUID(int=2**128 - 1)


class Membership(NamedTuple):
    """What the card says, and when the member is erased, if they have asked for it."""

    name: str | None
    number: str
    leaving: datetime | None


class MemberLot(NamedTuple):
    """A lot that is the member's own. Amounts in its unit, `redeem_price` in rial per point.

    `expires_at` is the first moment after its last day; `bought_*` is the purchase that earned it.
    """

    id: UUID
    unit: str
    issuer_id: UUID
    scope_id: UUID
    scope_kind: str
    pool: str | None
    granted: int
    available: int
    held: int
    expired: int
    taken_back: int
    available_from: datetime
    expires_at: datetime | None
    created_at: datetime
    redeem_price: int
    reason: str
    purchase_id: UUID | None
    bought_for: int | None
    bought_at: datetime | None

    @property
    def value(self) -> int:
        """What is left in rial."""
        return self.available * (self.redeem_price if self.unit == "point" else 1)


class Acceptor(NamedTuple):
    """A shop that takes a scope, up to a share of the basket in basis points."""

    id: UUID
    name: str
    category: str | None
    max_share_bps: int | None


class Shop(NamedTuple):
    """A shop of the mall; `slug` is its name in addresses."""

    id: UUID
    slug: str
    name: str
    category: str | None


class Movement(NamedTuple):
    """One movement of the member's value, or a purchase that moved none (`bought`).

    `kind`: earned, spent, returned, rewarded, refunded, gift, expired, corrected, bought.
    `amount` in `unit`, signed.
    """

    id: UUID
    n: int
    amount: int
    lot_id: UUID | None
    unit: str
    issuer_id: UUID
    scope_kind: str
    pool: str | None
    redeem_price: int
    expires_at: datetime | None
    reason: str
    purchase_id: UUID | None
    shop_id: UUID | None
    paid: int | None
    kind: str
    at: datetime


class Wanted(NamedTuple):
    """Which movements: of some kinds (none: all), of a shop (where it happened, else whose value it
    is), in a stretch of time."""

    kinds: list[str] = []  # noqa: RUF012  asyncpg takes lists, and nobody writes to it
    shop: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Wanted()


class DaySum(NamedTuple):
    """The sum of a day's movements of one kind at one shop: rial, or `points`; signed."""

    day: date
    kind: str
    points: bool
    shop_id: UUID
    amount: int


async def live_lots(uow: UnitOfWork) -> list[MemberLot]:
    """The member's live lots, soonest expiry first."""
    rows = await uow.session.execute(_LIVE, _own(uow) | {"at": uow.now})
    return [MemberLot(*row) for row in rows]


async def find_lot(uow: UnitOfWork, lot_id: UUID) -> MemberLot:
    """A lot of the member, live or not. Raises NotFound, also for somebody else's."""
    row = (await uow.session.execute(_ONE, _own(uow) | {"lot": lot_id})).one_or_none()
    if row is None:
        raise NotFound
    return MemberLot(*row)


async def acceptors_of(uow: UnitOfWork, scope_ids: Collection[UUID]) -> dict[UUID, list[Acceptor]]:
    """The shops that take each scope now, by name."""
    found: dict[UUID, list[Acceptor]] = {scope: [] for scope in scope_ids}
    rows = await uow.session.execute(
        _ACCEPTORS, {"mall": uow.scope.mall_id, "scopes": list(found), "at": uow.now}
    )
    for scope, *shop in rows:
        found[scope].append(Acceptor(*shop))
    for shops in found.values():
        shops.sort(key=lambda shop: sort_key(shop.name))
    return found


async def shops_open(uow: UnitOfWork) -> list[Shop]:
    """The shops of the mall that sell, by name."""
    rows = await uow.session.execute(_SHOPS, {"mall": uow.scope.mall_id})
    return sorted((Shop(*row) for row in rows), key=lambda shop: sort_key(shop.name))


async def membership(uow: UnitOfWork) -> Membership:
    """The member's own. Raises NotFound."""
    row = (await uow.session.execute(_MEMBERSHIP, _own(uow))).one_or_none()
    if row is None:
        raise NotFound
    return Membership(*row)


async def movements(
    uow: UnitOfWork, wanted: Wanted, before: UUID | None, events: int
) -> list[Movement]:
    """The movements of the newest `events` (purchases, returns, gifts, …) before one."""
    asked = _own(uow) | {"before": before or _END, "fetch": events}
    if wanted == EVERYTHING:
        rows = await uow.session.execute(_FEED, asked)
    else:
        rows = await uow.session.execute(_FEED_OF, asked | wanted._asdict())
    return [Movement(*row) for row in rows]


async def sums_by_day(uow: UnitOfWork, zone: str) -> list[DaySum]:
    """What the member's value moved on each day of that time zone, by kind and shop."""
    rows = await uow.session.execute(_SUMS, _own(uow) | {"zone": zone})
    return [DaySum(*row) for row in rows]


async def movements_of_lot(uow: UnitOfWork, lot_id: UUID) -> list[Movement]:
    """All that became of a lot, newest first."""
    rows = await uow.session.execute(_OF_LOT, _own(uow) | {"lot": lot_id})
    return [Movement(*row) for row in rows]


def _own(uow: UnitOfWork) -> dict[str, UUID | None]:
    return {"mall": uow.scope.mall_id, "member": uow.scope.member_id}
