"""Thresholds of a shop: setting them, and giving what was reached. In the mall's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, exists, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import Uuid

from members.facade import find_member
from merchants.gifting.granting import Giveaway, give
from merchants.gifting.periods import period_of
from merchants.gifting.terms import points_named, put_in_state
from merchants.programme.queries import ScopeRow, read_rules, read_scopes, rules_version
from merchants.rewards.catalogue import find_reward
from merchants.rewards.claims import present_reward
from merchants.rewards.errors import RewardGone, RewardNotInForce
from merchants.shops.service import find_shop
from merchants.thresholds.models import Threshold, ThresholdAward, ThresholdStanding
from merchants.thresholds.standing import NOWHERE, Seen, Standing, step
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.ledger.errors import LimitExceeded
from timcheh.malls import read_mall
from timcheh.notify.service import queue_message
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

GIVES: Final = ("credit", "points", "reward", "coupon")
MEASURES: Final = ("held", "earned")
MOST: Final = 50

# Looked up by key only: a member's open lots, and what each of their purchases earned. Of lots that
# are used up there is no index by holder.
_SUMS = text(
    """
    SELECT m.id, held.points, bought.earned, bought.back
    FROM unnest(:members) m (id)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(l.remaining), 0)::bigint AS points FROM ledger.lot l
        WHERE l.mall_id = :mall AND l.holder_id = m.id AND l.open AND l.scope_id = :scope
          AND l.available_from <= :at AND (l.expires_at IS NULL OR l.expires_at > :at)
    ) held
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(e.amount - e.settled) FILTER (
                   WHERE p.merchant_id = :merchant
                     AND p.occurred_at >= coalesce(CAST(:since AS timestamptz), '-infinity')
               ), 0)::bigint AS earned,
               coalesce(sum(e.settled), 0)::bigint AS back
        FROM (
            SELECT x.id, x.merchant_id, x.occurred_at FROM merchants.purchase x
            WHERE x.mall_id = :mall AND x.member_id = m.id AND x.state = 'confirmed' OFFSET 0
        ) p
        CROSS JOIN LATERAL (
            SELECT x.amount, x.settled FROM merchants.purchase_earn x
            WHERE x.mall_id = :mall AND x.purchase_id = p.id AND x.scope_id = :scope OFFSET 0
        ) e
    ) bought
    """
).bindparams(bindparam("members", type_=ARRAY(Uuid())))


@dataclass(frozen=True, slots=True)
class ThresholdTerms:
    """A threshold as its form says it; fields as in `Threshold`."""

    name: str
    points: int
    scope: str
    measure: str
    period: str
    gives: str
    amount: int | None
    lot_days: int | None
    reward_id: UUID | None
    coupon: str | None


async def add_threshold(uow: UnitOfWork, merchant_id: UUID, terms: ThresholdTerms) -> Threshold:
    """In force at once. Raises Invalid at each field that can't be so."""
    scope = await points_named(uow, merchant_id, terms.scope)
    if terms.coupon is not None and not await _has_coupon(uow, merchant_id, terms.coupon):
        raise Invalid.field("/coupon", "threshold_coupon_unknown")
    if terms.reward_id is not None:
        try:
            await find_reward(uow, merchant_id, terms.reward_id)
        except NotFound:
            raise Invalid.field("/reward_id", "required") from None
    if len(await list_thresholds(uow, merchant_id)) >= MOST:
        raise Invalid.field("/name", "too_many", maximum=MOST)
    row = Threshold(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        name=terms.name,
        points=terms.points,
        scope_id=scope[0],
        measure=terms.measure,
        period=terms.period if terms.measure == "earned" else "ever",
        gives=terms.gives,
        amount=terms.amount,
        lot_days=terms.lot_days,
        reward_id=terms.reward_id,
        coupon=terms.coupon,
        state="active",
        created_at=uow.now,
    )
    uow.session.add(row)
    await uow.session.flush()
    return row


async def set_threshold_state(
    uow: UnitOfWork, merchant_id: UUID, threshold_id: UUID, state: str
) -> None:
    """Stops one, or lets it give again. Raises NotFound."""
    await put_in_state(uow, Threshold, merchant_id, threshold_id, state)


async def list_thresholds(uow: UnitOfWork, merchant_id: UUID) -> list[Threshold]:
    """A shop's, newest first."""
    rows = await uow.session.scalars(
        select(Threshold)
        .where(Threshold.mall_id == uow.scope.mall_id, Threshold.merchant_id == merchant_id)
        .order_by(Threshold.id.desc())
    )
    return list(rows)


async def coupons_of(uow: UnitOfWork, merchant_id: UUID) -> list[str]:
    """The coupon codes that offers of the shop in force take."""
    rules = await read_rules(uow, merchant_id, await rules_version(uow, merchant_id))
    return sorted({rule["coupon"] for rule in rules if rule.get("coupon")})


async def has_thresholds(uow: UnitOfWork) -> bool:
    """Whether any shop of the mall has one in force."""
    found = exists().where(Threshold.mall_id == uow.scope.mall_id, Threshold.state == "active")
    return bool(await uow.session.scalar(select(found)))


async def look(
    uow: UnitOfWork, merchant_id: UUID, member_ids: Sequence[UUID]
) -> list[ThresholdAward]:
    """Gives members what they have reached at a shop since the last look; once, however often
    and by however many it is called.
    """
    rows = await uow.session.scalars(
        select(Threshold)
        .where(
            Threshold.mall_id == uow.scope.mall_id,
            Threshold.merchant_id == merchant_id,
            Threshold.state == "active",
        )
        .order_by(Threshold.id)
    )
    given = []
    for threshold in list(rows):
        for member_id in await _moved(uow, threshold, member_ids):
            award = await _look_at(uow, threshold, member_id)
            if award is not None:
                given.append(award)
    if given:
        await _tell(uow, merchant_id, given)
    return given


async def awards_of(uow: UnitOfWork, merchant_id: UUID, limit: int = 50) -> list[ThresholdAward]:
    """A shop's newest."""
    rows = await uow.session.scalars(
        select(ThresholdAward)
        .where(
            ThresholdAward.mall_id == uow.scope.mall_id,
            ThresholdAward.merchant_id == merchant_id,
        )
        .order_by(ThresholdAward.id.desc())
        .limit(limit)
    )
    return list(rows)


async def coupons_for(uow: UnitOfWork, member_id: UUID) -> list[ThresholdAward]:
    """The coupon codes that a member has reached, newest first. In the member's scope or the
    mall's."""
    rows = await uow.session.scalars(
        select(ThresholdAward)
        .where(
            ThresholdAward.mall_id == uow.scope.mall_id,
            ThresholdAward.member_id == member_id,
            ThresholdAward.coupon.is_not(None),
        )
        .order_by(ThresholdAward.id.desc())
        .limit(20)
    )
    return list(rows)


async def given_by(uow: UnitOfWork, merchant_id: UUID) -> dict[UUID, int]:
    """How often each threshold has given."""
    rows = await uow.session.execute(
        select(ThresholdAward.threshold_id, func.count())
        .where(
            ThresholdAward.mall_id == uow.scope.mall_id,
            ThresholdAward.merchant_id == merchant_id,
            ThresholdAward.failed.is_(None),
        )
        .group_by(ThresholdAward.threshold_id)
    )
    return {row[0]: row[1] for row in rows}


async def _moved(uow: UnitOfWork, threshold: Threshold, member_ids: Sequence[UUID]) -> list[UUID]:
    """Those whose standing is another now, read without a lock: of most nothing has changed."""
    rows = await uow.session.scalars(
        select(ThresholdStanding).where(
            ThresholdStanding.mall_id == threshold.mall_id,
            ThresholdStanding.threshold_id == threshold.id,
            ThresholdStanding.member_id.in_(member_ids),
        )
    )
    known = {row.member_id: _as_it_was(row) for row in rows}
    seen = await _seen(uow, threshold, member_ids)
    moved = []
    for member_id in member_ids:
        was = known.get(member_id, NOWHERE)
        stands, crossed = _stepped(threshold, was, seen[member_id])
        if crossed or stands.above != was.above or (stands.above and stands != was):
            moved.append(member_id)
    return moved


async def _look_at(uow: UnitOfWork, threshold: Threshold, member_id: UUID) -> ThresholdAward | None:
    """One threshold, its standing locked first: what is summed after that can't be summed twice."""
    row = await _standing(uow, threshold, member_id)
    seen = (await _seen(uow, threshold, [member_id]))[member_id]
    stands, crossed = _stepped(threshold, _as_it_was(row), seen)
    row.period, row.above, row.taken_back = stands.period, stands.above, stands.taken_back
    if not crossed:
        return None
    row.crossings += 1
    await uow.session.flush()
    return await _award(uow, threshold, member_id, row.crossings, seen.points)


def _as_it_was(row: ThresholdStanding) -> Standing:
    return Standing(row.period, row.above, row.taken_back)


def _stepped(threshold: Threshold, was: Standing, seen: Seen) -> tuple[Standing, bool]:
    return step(was, seen, threshold.points, again=threshold.measure == "held")


async def _standing(uow: UnitOfWork, threshold: Threshold, member_id: UUID) -> ThresholdStanding:
    key = {
        "mall_id": threshold.mall_id,
        "threshold_id": threshold.id,
        "member_id": member_id,
    }
    await uow.session.execute(
        insert(ThresholdStanding)
        .values(**key, merchant_id=threshold.merchant_id)
        .on_conflict_do_nothing()
    )
    return await uow.session.get_one(
        ThresholdStanding,
        (threshold.mall_id, threshold.id, member_id),
        with_for_update=True,
        populate_existing=True,
    )


async def _seen(
    uow: UnitOfWork, threshold: Threshold, member_ids: Sequence[UUID]
) -> dict[UUID, Seen]:
    """What counts of each of these members now."""
    period, since = period_of(threshold.period, uow.now)
    rows = await uow.session.execute(
        _SUMS,
        {
            "mall": uow.scope.mall_id,
            "merchant": threshold.merchant_id,
            "members": list(member_ids),
            "scope": threshold.scope_id,
            "since": since,
            "at": uow.now,
        },
    )
    is_held = threshold.measure == "held"
    return {
        member_id: Seen(period, held if is_held else earned, back)
        for member_id, held, earned, back in rows
    }


async def _award(
    uow: UnitOfWork, threshold: Threshold, member_id: UUID, crossing: int, points: int
) -> ThresholdAward:
    award = ThresholdAward(
        mall_id=threshold.mall_id,
        id=new_id(),
        merchant_id=threshold.merchant_id,
        threshold_id=threshold.id,
        member_id=member_id,
        crossing=crossing,
        name=threshold.name,
        points=points,
        created_at=uow.now,
    )
    try:
        async with uow.session.begin_nested():
            await _give(uow, threshold, award)
    except (RewardGone, RewardNotInForce, LimitExceeded) as error:
        award.failed = error.code  # the shop sees that there was nothing to give
    uow.session.add(award)
    await uow.session.flush()
    return award


async def _give(uow: UnitOfWork, threshold: Threshold, award: ThresholdAward) -> None:
    reason = await _reason(uow, threshold)
    if threshold.gives == "coupon":
        award.coupon = threshold.coupon
    elif threshold.reward_id is not None:
        claim = await present_reward(
            uow, threshold.merchant_id, threshold.reward_id, award.member_id, reason
        )
        award.claim_id = claim.id
    else:
        assert threshold.amount is not None  # the table holds it
        what = Giveaway(
            "threshold",
            award.id,
            await _scope(uow, threshold),
            threshold.amount,
            threshold.lot_days,
            reason,
        )
        award.lot_id = (await give(uow, threshold.merchant_id, award.member_id, what)).lot_id


async def _scope(uow: UnitOfWork, threshold: Threshold) -> ScopeRow:
    """Raises RewardNotInForce where the shop has left the pool since."""
    scopes = await read_scopes(uow, threshold.merchant_id)
    name = "own:rial" if threshold.gives == "credit" else str(threshold.scope_id)
    if name not in scopes:
        raise RewardNotInForce
    return scopes[name]


async def _reason(uow: UnitOfWork, threshold: Threshold) -> str:
    """What the member reads as the reason, in the mall's language."""
    locale = Locale((await read_mall(uow)).locale)
    return translate(
        locale,
        f"threshold-reason-{threshold.measure}",
        points=threshold.points,
        name=threshold.name,
    )


async def _has_coupon(uow: UnitOfWork, merchant_id: UUID, coupon: str) -> bool:
    return coupon in await coupons_of(uow, merchant_id)


async def _tell(uow: UnitOfWork, merchant_id: UUID, given: Sequence[ThresholdAward]) -> None:
    shop = await find_shop(uow, merchant_id)
    for award in given:
        if award.failed is None:
            member = await find_member(uow, id=award.member_id)
            await queue_message(
                uow,
                member.mobile,
                "threshold-coupon" if award.coupon else "threshold-reached",
                {"shop": shop.name, "name": award.name, "code": award.coupon or ""},
                member_id=award.member_id,
                merchant_id=merchant_id,
            )
