"""Rewards that follow a purchase, and what a return takes of them. All in the mall's scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from members.facade import sharing_a_device
from merchants.alerts.service import raise_alert
from merchants.customers.models import Customer
from merchants.gifting.granting import Giveaway, give
from merchants.programme.queries import read_scopes
from merchants.referral.models import ReferralProgramme, Thanks
from merchants.referral.rings import alike, is_ring, ring_finding
from merchants.referral.shares import MOST_LEVELS, Due, Terms, dues, left_of, share
from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant
from timcheh.malls import read_mall
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

_PURCHASE = text(
    """
    SELECT p.id, p.merchant_id, p.member_id, p.actor_id, p.total, p.to_pay, p.created_at,
           NOT EXISTS (
               SELECT FROM merchants.purchase e
               WHERE e.mall_id = p.mall_id AND e.merchant_id = p.merchant_id
                 AND e.member_id = p.member_id AND e.state = 'confirmed' AND e.id < p.id
           ) AS is_first
    FROM merchants.purchase p
    WHERE p.mall_id = :mall AND p.id = :purchase AND p.state = 'confirmed'
    """
)
# Whom the shop knows as the friend's referrer comes before whom the club knows.
_LINE = text(
    """
    WITH RECURSIVE line (member_id, level) AS (
        SELECT CAST(:member AS uuid), 0
        UNION ALL
        SELECT coalesce(c.referrer_id, m.referrer_id), l.level + 1
        FROM line l
        JOIN members.member m ON m.mall_id = :mall AND m.id = l.member_id
        LEFT JOIN merchants.customer_profile c
            ON c.mall_id = :mall AND c.merchant_id = :merchant AND c.member_id = l.member_id
        WHERE l.level < :most AND coalesce(c.referrer_id, m.referrer_id) IS NOT NULL
    )
    SELECT member_id FROM line WHERE level > 0 ORDER BY level
    """
)
_GIFTS = text(
    """
    SELECT g.id, g.merchant_id, g.giver_id, g.giver_bps, sum(s.amount)::bigint,
           sum(s.restored)::bigint
    FROM merchants.purchase_spend s
    JOIN ledger.lot l ON l.mall_id = s.mall_id AND l.id = s.lot_id AND l.holder_kind = 'gift_card'
    JOIN merchants.gift_card g ON g.mall_id = l.mall_id AND g.id = l.holder_id AND g.giver_bps > 0
    WHERE s.mall_id = :mall AND s.purchase_id = :purchase
    GROUP BY g.id, g.merchant_id, g.giver_id, g.giver_bps
    """
)
_MANY = bindparam("purchases", type_=ARRAY(Uuid()))
# The usual purchase brings nothing to anybody else, and must not cost more than this.
_REWARDING = text(
    """
    SELECT p.id
    FROM merchants.purchase p
    WHERE p.mall_id = :mall AND p.id = ANY(:purchases) AND (
        EXISTS (
            SELECT FROM merchants.referral_programme r
            JOIN members.member m ON m.mall_id = p.mall_id AND m.id = p.member_id
            LEFT JOIN merchants.customer_profile c ON c.mall_id = p.mall_id
                AND c.merchant_id = p.merchant_id AND c.member_id = p.member_id
            WHERE r.mall_id = p.mall_id AND r.merchant_id = p.merchant_id
              AND coalesce(c.referrer_id, m.referrer_id) IS NOT NULL
        ) OR EXISTS (
            SELECT FROM merchants.purchase_spend s
            JOIN ledger.lot l ON l.mall_id = s.mall_id AND l.id = s.lot_id
            WHERE s.mall_id = p.mall_id AND s.purchase_id = p.id AND l.holder_kind = 'gift_card'
        )
    )
    """
).bindparams(_MANY)
_REWARDED = text(
    "SELECT DISTINCT t.purchase_id FROM merchants.thanks t"
    " WHERE t.mall_id = :mall AND t.purchase_id = ANY(:purchases)"
).bindparams(_MANY)
_PAID_LEFT = text(
    """
    SELECT sum(l.paid - l.paid * l.returned_milli / l.quantity_milli)::bigint
    FROM merchants.purchase_line l WHERE l.mall_id = :mall AND l.purchase_id = :purchase
    """
)
LISTED: Final = 200


async def programme_of(uow: UnitOfWork, merchant_id: UUID) -> ReferralProgramme | None:
    """A shop's terms, if it has any."""
    return await uow.session.get(ReferralProgramme, (uow.scope.mall_id, merchant_id))


def terms_of(programme: ReferralProgramme) -> Terms:
    """A shop's terms as they are reckoned with."""
    return Terms(
        programme.first_reward,
        programme.first_minimum,
        tuple(programme.levels),
        programme.friend_reward,
    )


async def set_programme(
    uow: UnitOfWork, merchant_id: UUID, terms: Terms, lot_days: int | None
) -> None:
    """The shop's terms from now on; what was given stays."""
    row = await programme_of(uow, merchant_id)
    if row is None:
        row = ReferralProgramme(mall_id=uow.scope.mall_id, merchant_id=merchant_id)
        uow.session.add(row)
    row.first_reward, row.first_minimum = terms.first_reward, terms.first_minimum
    row.levels, row.lot_days, row.updated_at = list(terms.levels), lot_days, uow.now
    row.friend_reward = terms.friend_reward
    await uow.session.flush()


async def rewarding(uow: UnitOfWork, purchases: Sequence[UUID]) -> list[UUID]:
    """Those that may bring something to others than their buyers, in their order."""
    found = set(await uow.session.scalars(_REWARDING, _among(uow, purchases)))
    return [each for each in purchases if each in found]


async def rewarded(uow: UnitOfWork, purchases: Sequence[UUID]) -> list[UUID]:
    """Those that have brought something to others, in their order."""
    found = set(await uow.session.scalars(_REWARDED, _among(uow, purchases)))
    return [each for each in dict.fromkeys(purchases) if each in found]


def _among(uow: UnitOfWork, purchases: Sequence[UUID]) -> dict[str, object]:
    return {"mall": uow.scope.mall_id, "purchases": list(purchases)}


async def reward(uow: UnitOfWork, purchase_id: UUID) -> None:
    """Gives what a confirmed purchase brings to others than its buyer, once."""
    asked = {"mall": uow.scope.mall_id, "purchase": purchase_id}
    found = (await uow.session.execute(_PURCHASE, asked)).one_or_none()
    if found is None:
        return
    member_id, to_pay = found.member_id, found.to_pay
    programme = await programme_of(uow, found.merchant_id)
    if programme is not None:
        await _reward_line(uow, found, programme)
    for card, issuer, giver, bps, amount, _ in (await uow.session.execute(_GIFTS, asked)).all():
        due = Due("ambassador", 1, giver, share(amount, bps))
        if giver != member_id and due.amount:
            await _note(uow, _Cause(issuer, purchase_id, card, amount), due)
    if (await uow.session.scalar(_PAID_LEFT, asked) or 0) < to_pay:
        await take_back(uow, purchase_id)  # the return was told before the purchase


async def take_back(uow: UnitOfWork, purchase_id: UUID) -> None:
    """Takes of a purchase's rewards what is no longer due since goods came back.

    What its person has spent of a credit already stays spent: it is the shop's loss.
    """
    rows = await uow.session.scalars(
        select(Thanks)
        .where(
            Thanks.mall_id == uow.scope.mall_id,
            Thanks.purchase_id == purchase_id,
            Thanks.state == "given",
        )
        .order_by(Thanks.id)
        .with_for_update()
    )
    asked = {"mall": uow.scope.mall_id, "purchase": purchase_id}
    paid_left = await uow.session.scalar(_PAID_LEFT, asked) or 0
    gifts = {row[0]: row[4] - row[5] for row in (await uow.session.execute(_GIFTS, asked)).all()}
    for row in rows:
        programme = await programme_of(uow, row.merchant_id)
        minimum = programme.first_minimum if programme else 0
        left = gifts.get(row.cause_id, 0) if row.kind == "ambassador" else paid_left
        stays = left_of(row.kind, row.amount, row.base, left, minimum)
        await _take(uow, row, row.amount - row.taken_back - stays)


async def _reward_line(uow: UnitOfWork, bought: Any, programme: ReferralProgramme) -> None:
    """What the buyer's referrers get; from who may be the buyer it is withheld."""
    line = await _line(uow, bought.merchant_id, bought.member_id)
    due = dues(terms_of(programme), bought.member_id, line, bought.to_pay, is_first=bought.is_first)
    if not due:
        return
    cause = _Cause(bought.merchant_id, bought.id, bought.member_id, bought.to_pay)
    everyone = (bought.member_id, *line)
    if is_ring(everyone):
        await raise_alert(uow, ring_finding(bought, "cycle", line[0], 0))
        return
    doubtful = alike(everyone, await sharing_a_device(uow, everyone))
    held: dict[UUID, int] = {}
    for each in due:
        # Who was brought by somebody in doubt is in doubt with them.
        withheld = (line[0] if each.kind == "friend" else each.person_id) in doubtful
        if withheld:
            held[each.person_id] = held.get(each.person_id, 0) + each.amount
        lot_days = programme.lot_days
        await _note(uow, cause, each, withheld=withheld, lot_days=lot_days)
    for person, amount in held.items():
        await raise_alert(uow, ring_finding(bought, "device", person, amount))


async def settle_withheld(
    uow: UnitOfWork, merchant_id: UUID, person_id: UUID, purchases: Collection[UUID], *, give: bool
) -> None:
    """What was withheld of these purchases' rewards is given now, or refused for good.

    What has come back of a purchase since then brings nothing.
    """
    rows = await uow.session.scalars(
        select(Thanks)
        .where(
            Thanks.mall_id == uow.scope.mall_id,
            Thanks.merchant_id == merchant_id,
            Thanks.person_id == person_id,
            Thanks.purchase_id.in_(purchases),
            Thanks.state == "withheld",
        )
        .with_for_update()
    )
    programme = await programme_of(uow, merchant_id)
    lot_days = programme.lot_days if programme else None
    for row in rows:
        row.state = "given" if give else "refused"
        if give:
            await _post(uow, row, lot_days)
            await take_back(uow, row.purchase_id)


async def _line(uow: UnitOfWork, merchant_id: UUID, member_id: UUID) -> tuple[UUID, ...]:
    asked = {"mall": uow.scope.mall_id, "merchant": merchant_id, "member": member_id}
    rows = await uow.session.execute(_LINE, asked | {"most": MOST_LEVELS + 1})
    return tuple(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class _Cause:
    """What a reward is for: the friend or the gift card, and the rial that it is a share of."""

    merchant_id: UUID
    purchase_id: UUID
    id: UUID
    base: int


async def _note(
    uow: UnitOfWork,
    cause: _Cause,
    due: Due,
    *,
    withheld: bool = False,
    lot_days: int | None = None,
) -> None:
    row = Thanks(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=cause.merchant_id,
        purchase_id=cause.purchase_id,
        kind=due.kind,
        level=due.level,
        person_id=due.person_id,
        cause_id=cause.id,
        base=cause.base,
        amount=due.amount,
        taken_back=0,
        lot_id=None,
        state="withheld" if withheld else "given",
        created_at=uow.now,
    )
    if withheld:
        uow.session.add(row)
        await uow.session.flush()
    else:
        await _post(uow, row, lot_days)


async def _post(uow: UnitOfWork, row: Thanks, lot_days: int | None) -> None:
    """Gives a reward: as the shop's own credit, or as its debt of commission."""
    row.lot_id = None if row.kind == "commission" else new_id()
    uow.session.add(row)
    await uow.session.flush()
    if row.lot_id is None:
        head = postings.transfer(uow, row.kind, reference_id=row.id)
        await postings.commission(uow, head, row.merchant_id, row.person_id, row.amount)
        return
    scope = (await read_scopes(uow, row.merchant_id))["own:rial"]
    reason = translate(Locale((await read_mall(uow)).locale), f"thanks-{row.kind}")
    what = Giveaway(row.kind, row.id, scope, row.amount, lot_days, reason)
    await give(uow, row.merchant_id, row.person_id, what, lot_id=row.lot_id)


async def _take(uow: UnitOfWork, row: Thanks, amount: int) -> None:
    if row.lot_id is None:
        if amount > 0:
            head = postings.transfer(uow, "commission", reference_id=row.id)
            await postings.commission(uow, head, row.merchant_id, row.person_id, -amount)
            row.taken_back += amount
        return
    lot = (await postings.lock_lots(uow, [row.lot_id]))[row.lot_id]
    amount = min(amount, lot.free)
    if amount <= 0:
        return
    scope = (await read_scopes(uow, row.merchant_id))["own:rial"]
    head = postings.transfer(uow, "return", reference_id=row.id)
    grant = Grant(
        head.id,
        row.lot_id,
        scope[0],
        row.merchant_id,
        "member",
        row.person_id,
        -amount,
        uow.now,
        None,
        row.kind,
    )
    await postings.unwind(uow, head, [], [grant], uow.now)
    row.taken_back += amount


async def commissions_due(uow: UnitOfWork, merchant_id: UUID) -> dict[UUID, int]:
    """What the shop owes each person in commission now, rial, by person."""
    rows = await uow.session.execute(
        text(
            "SELECT b.counterparty_id, -sum(b.amount)::bigint FROM ledger.balances(:mall) b"
            " WHERE b.account = 'commission_due' AND b.owner_id = :merchant AND EXISTS ("
            # Sales colleagues' commission is in the same account, and their own page's business.
            "  SELECT FROM merchants.thanks t WHERE t.mall_id = :mall AND t.merchant_id = :merchant"
            "  AND t.person_id = b.counterparty_id AND t.kind = 'commission')"
            " GROUP BY 1 HAVING sum(b.amount) <> 0"
        ),
        {"mall": uow.scope.mall_id, "merchant": merchant_id},
    )
    return {row[0]: row[1] for row in rows}


async def pay_commission(
    uow: UnitOfWork, merchant_id: UUID, person_id: UUID, amount: int, actor_id: UUID
) -> bool:
    """Notes that the shop has paid a person what it owed; False if that isn't what it owes now."""
    await uow.session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"),
        {"key": f"commission {uow.scope.mall_id} {merchant_id} {person_id}"},
    )
    if (await commissions_due(uow, merchant_id)).get(person_id, 0) != amount or amount <= 0:
        return False
    head = postings.transfer(uow, "commission_paid", actor_id=actor_id)
    await postings.commission(uow, head, merchant_id, person_id, -amount)
    return True


async def list_thanks(uow: UnitOfWork, merchant_id: UUID) -> list[Thanks]:
    """A shop's newest rewards."""
    found = await uow.session.scalars(
        select(Thanks)
        .where(Thanks.mall_id == uow.scope.mall_id, Thanks.merchant_id == merchant_id)
        .order_by(Thanks.id.desc())
        .limit(LISTED)
    )
    return list(found)


async def given_in_all(uow: UnitOfWork, merchant_id: UUID) -> dict[str, int]:
    """What each kind has cost the shop, rial, less what was taken back."""
    rows: Any = await uow.session.execute(
        select(Thanks.kind, func.sum(Thanks.amount - Thanks.taken_back))
        .where(
            Thanks.mall_id == uow.scope.mall_id,
            Thanks.merchant_id == merchant_id,
            Thanks.state == "given",
        )
        .group_by(Thanks.kind)
    )
    return {kind: int(amount) for kind, amount in rows}


async def people_of(
    uow: UnitOfWork, merchant_id: UUID, ids: set[UUID]
) -> dict[UUID, tuple[str, str]]:
    """Name and mobile of those who are the shop's customers; nobody else's are its business."""
    rows = await uow.session.scalars(
        select(Customer).where(
            Customer.mall_id == uow.scope.mall_id,
            Customer.merchant_id == merchant_id,
            Customer.member_id.in_(ids),
        )
    )
    return {row.member_id: (row.name or "", row.mobile) for row in rows}
