"""Gifts: credit or points that a shop grants outside a purchase."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from members.facade import find_member
from merchants.credits.granting import refuse_card_kind, refuse_lifeless, scope_to_grant_in
from merchants.programme.book import default_end
from merchants.purchases.command import MOST_MONEY, MemberRef
from merchants.purchases.errors import MemberNotFound
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant
from timcheh.outbox import emit


@dataclass(frozen=True, slots=True)
class Gift:
    """What is granted: `amount` rial or points in a scope that an effect could name."""

    amount: int
    unit: str
    scope: str
    reason: str
    available_from: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """The lot that came of it."""

    lot_id: UUID
    member_id: UUID
    scope_id: UUID
    available_from: datetime
    expires_at: datetime | None


async def grant_credit(
    uow: UnitOfWork, issuer_id: UUID, member: MemberRef, gift: Gift, actor_id: UUID
) -> Granted:
    """Grants a gift, in the mall's scope. Raises MemberNotFound, Invalid, LimitExceeded,
    CardKindRefuses."""
    terms = await scope_to_grant_in(uow, issuer_id, gift.scope, gift.unit)
    most = MOST_MONEY // max(terms[3], 1)  # points are paid for at their issue price
    if gift.amount > most:
        raise Invalid.field("/amount", "above_maximum", maximum=most)
    try:
        holder = await find_member(uow, id=member.id, mobile=member.mobile, number=member.card)
    except NotFound:
        raise MemberNotFound from None
    refuse_card_kind(holder, issuer_id, gift.unit)
    starts = gift.available_from or uow.now
    ends = gift.expires_at or default_end(terms[5], starts)
    refuse_lifeless(uow, starts, ends)
    head = postings.transfer(uow, "gift", actor_id=actor_id)
    lot_id = new_id()
    grant = Grant(
        head.id,
        lot_id,
        terms[0],
        issuer_id,
        "member",
        holder.id,
        gift.amount,
        starts,
        ends,
        gift.reason,
    )
    await postings.post(uow, [head], grants=[grant])
    await emit(
        uow,
        "merchants.credit_granted",
        {"lot_id": str(lot_id), "merchant_id": str(issuer_id), "member_id": str(holder.id)},
    )
    return Granted(lot_id, holder.id, terms[0], starts, ends)
