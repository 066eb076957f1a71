"""Whether a member may take a reward, and if not, what is in the way. No I/O."""

from datetime import datetime

from merchants.rewards.errors import (
    PointsShort,
    RewardCapped,
    RewardGone,
    RewardNotForYou,
    RewardNotInForce,
)
from merchants.rewards.models import Reward
from timcheh.errors import TimchehError


def obstacle(
    reward: Reward, at: datetime, *, had: int, fits: bool, points: int | None = None
) -> TimchehError | None:
    """What keeps a member from taking it; None: nothing.

    `had`: how many they have taken and not given back; `fits`: whether its condition holds for
    them; `points`: how many they hold of its kind (None: that is asked of the ledger).
    """
    if not in_force(reward, at):
        return RewardNotInForce()
    if reward.stock is not None and reward.taken >= reward.stock:
        return RewardGone()
    if reward.per_member is not None and had >= reward.per_member:
        return RewardCapped(maximum=reward.per_member)
    if not fits:
        return RewardNotForYou()
    if points is not None and points < reward.points:
        return PointsShort(asked=reward.points, available=points)
    return None


def in_force(reward: Reward, at: datetime) -> bool:
    """Whether it is offered at a time."""
    return (
        reward.state == "published"
        and (reward.starts_at is None or reward.starts_at <= at)
        and (reward.ends_at is None or reward.ends_at > at)
        and (reward.event_at is None or reward.event_at > at)
    )
