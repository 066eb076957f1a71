"""Rewards that a shop promises for something done: of its own credit or its own points.

Only of its own: that has no bound in the shared fund, so a promise that was read can be kept.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from merchants.gifting.granting import Giveaway, give
from merchants.programme.queries import read_scopes
from merchants.purchases.command import MOST_MONEY
from timcheh.db import UnitOfWork
from timcheh.money import MoneyUnit
from timcheh.outbox import emit
from timcheh.web.numbers import in_unit
from timcheh.web.reader import FormReader

GIVEN: Final = "merchants.promise_kept"
"""Outbox: a member got what a shop promised for something done. {merchant_id, member_id}."""
KINDS: Final = ("none", "credit", "points")
MOST_POINTS: Final = 1_000_000
_LONGEST: Final = 3650
_UNITS: Final = {"credit": "rial", "points": "point"}


@dataclass(frozen=True, slots=True)
class Reward:
    """`amount` rial or points (`unit`), for `days` days; none: as long as the shop's own last."""

    unit: str
    amount: int
    days: int | None


def read_reward(reader: FormReader) -> Reward | None:
    """What `reward_fields` of `gifting/reward.html` say; none if nothing is promised."""
    kind = reader.choice("reward", KINDS)
    if kind == "none":
        return None
    if kind == "credit":
        amount = reader.money("reward_credit")
        if amount > MOST_MONEY:
            reader.fault("reward_credit", "above_maximum", maximum=MOST_MONEY)
    else:
        amount = reader.count("reward_points", 1, MOST_POINTS)
    days = reader.count("reward_days", 0, _LONGEST, empty=0) or None
    return Reward(_UNITS[kind], amount, days)


def reward_values(reward: Reward | None, unit: MoneyUnit) -> dict[str, str]:
    """A reward as the fields show it again."""
    if reward is None:
        return {"reward": "none"}
    days = str(reward.days) if reward.days else ""
    if reward.unit == "point":
        return {"reward": "points", "reward_points": str(reward.amount), "reward_days": days}
    amount = in_unit(reward.amount, unit)
    return {"reward": "credit", "reward_credit": amount, "reward_days": days}


async def give_reward(
    uow: UnitOfWork,
    merchant_id: UUID,
    member_id: UUID,
    reward: Reward,
    *,
    kind: str,
    reference_id: UUID,
    reason: str,
) -> UUID:
    """Grants it, emits GIVEN and answers its lot. In the mall's scope. Raises TryAgain."""
    scope = (await read_scopes(uow, merchant_id))[f"own:{reward.unit}"]
    what = Giveaway(kind, reference_id, scope, reward.amount, reward.days, reason)
    given = await give(uow, merchant_id, member_id, what, member_id)
    await emit(uow, GIVEN, {"merchant_id": str(merchant_id), "member_id": str(member_id)})
    return given.lot_id
