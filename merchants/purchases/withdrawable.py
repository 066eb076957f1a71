"""Current against withdrawable credit: all that a member holds here, what of it pays now, and why
the rest does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import text

from merchants.purchases.cardkinds import carries
from merchants.purchases.decision import Decision, NewMember
from timcheh.db import UnitOfWork

# Of rial credit in scopes that the shop accepts somewhere, or that it gave itself: what starts
# later, what an open authorisation pins, and what this very branch does not take.
_HELD: Final = text(
    """
    SELECT coalesce(sum(l.remaining), 0)::bigint AS current,
           coalesce(sum(l.remaining) FILTER (WHERE l.state = 'not_yet'), 0)::bigint AS not_yet,
           min(l.available_from) FILTER (WHERE l.state = 'not_yet') AS begins,
           coalesce(sum(l.remaining) FILTER (WHERE l.state = 'not_here'), 0)::bigint AS not_here,
           coalesce(sum(l.pinned) FILTER (WHERE l.state = 'here'), 0)::bigint AS pinned
    FROM (
        SELECT x.remaining, x.available_from,
               CASE WHEN x.held = 0 THEN 0 ELSE (
                   SELECT coalesce(sum(h.amount), 0)::bigint FROM ledger.hold h
                   WHERE h.mall_id = :mall AND h.lot_id = x.id AND h.expires_at > :at
               ) END AS pinned,
               CASE WHEN a.here IS NOT TRUE THEN 'not_here'
                    WHEN x.available_from > :at THEN 'not_yet' ELSE 'here' END AS state
        FROM ledger.lot x
        LEFT JOIN LATERAL (
            SELECT bool_or(t.branch_id IN (kernel.nil(), CAST(:branch AS uuid))) AS here
            FROM ledger.acceptor t
            WHERE t.mall_id = :mall AND t.scope_id = x.scope_id AND t.merchant_id = :merchant
              AND t.valid_from <= :at AND (t.valid_until IS NULL OR t.valid_until > :at)
        ) a ON true
        WHERE x.mall_id = :mall AND x.holder_id = :member AND x.open AND x.unit = 'rial'
          AND (x.expires_at IS NULL OR x.expires_at > :at)
          AND (a.here IS NOT NULL OR x.issuer_id = :merchant)
    ) l
    """
)


class Withheld(NamedTuple):
    """Rial of credit that can't be spent now. `code`: not_yet (until `begins`), held, not_here,
    card_kind, per_invoice, per_day (caps), share (of a basket that a scope may pay), basket."""

    code: str
    amount: int
    begins: datetime | None = None


@dataclass(frozen=True, slots=True)
class CreditHere:
    """Rial: all that is held here, what of it this basket takes at most, and why not the rest."""

    current: int
    withdrawable: int
    rest: tuple[Withheld, ...] = ()


class _Found(NamedTuple):
    current: int
    not_yet: int
    begins: datetime | None
    not_here: int
    pinned: int

    @property
    def free(self) -> int:
        return self.current - self.not_yet - self.not_here - self.pinned


async def credit_here(uow: UnitOfWork, most: Decision, *, basket: bool = True) -> CreditHere | None:
    """Of the member of a dry run that asked for all the credit that fits; None for who is new.

    Without a `basket` only caps bound what can be spent. In the mall's scope.
    """
    if isinstance(most.member, NewMember):
        return None
    till = most.command.till
    asked = {
        "mall": uow.scope.mall_id,
        "merchant": till.merchant_id,
        "branch": till.branch_id,
        "member": most.member.id,
        "at": most.at,
    }
    found = _Found(*(await uow.session.execute(_HELD, asked)).one())
    fits = most.credit_spent if basket else _without_basket(most, found.free)
    return CreditHere(found.current, fits, tuple(_rest(most, found, fits)))


def _without_basket(most: Decision, free: int) -> int:
    if not carries(most.card_kind, "credit"):
        return 0
    room = most.credit_room
    return free if room is None or room.left is None else min(free, room.left)


def _rest(most: Decision, found: _Found, fits: int) -> Iterator[Withheld]:
    if found.not_yet:
        yield Withheld("not_yet", found.not_yet, found.begins)
    if found.pinned:
        yield Withheld("held", found.pinned)
    if found.not_here:
        yield Withheld("not_here", found.not_here)
    left = found.free - fits
    if left > 0:
        yield Withheld(_bound(most, fits), left)


def _bound(most: Decision, fits: int) -> str:
    """What keeps free credit from being spent on this basket."""
    room = most.credit_room
    if not carries(most.card_kind, "credit"):
        return "card_kind"
    if room is not None and room.left == fits:
        return room.limit
    gifts = sum(s.draw.value for s in most.spends if s.draw.lot.is_gift)
    return "basket" if fits == most.pricing.net - gifts else "share"
