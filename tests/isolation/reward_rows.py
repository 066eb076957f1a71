"""Rows of rewards, thresholds and activities, for the world of the isolation tests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from merchants.activities.models import Activity, ActivityReport
from merchants.rewards.models import Reward, RewardClaim, RewardPicture
from merchants.thresholds.models import Threshold, ThresholdAward, ThresholdStanding
from timcheh.ids import new_id


def reward_rows(
    ids: dict[str, str], mall: UUID, shop: UUID, member: UUID, now: datetime
) -> Iterator[Any]:
    """One of each table that a shop owns; the first shop's ids are noted for whoever asks.

    What members see of other shops too is a draft or stopped: nobody's to see.
    """
    own: dict[str, Any] = {"mall_id": mall, "merchant_id": shop}
    reward, claim, threshold, activity, report = (new_id() for _ in range(5))
    made = {
        "reward_id": reward,
        "claim_id": claim,
        "threshold_id": threshold,
        "activity_id": activity,
        "report_id": report,
    }
    for name, id in made.items():
        ids.setdefault(name, str(id))
    yield Reward(
        **own,
        id=reward,
        name="x",
        kind="service",
        points=1,
        scope_id=new_id(),
        claim_days=1,
        taken=1,
        created_at=now,
    )
    yield RewardPicture(**own, reward_id=reward, content=b"x", made_at=now)
    yield RewardClaim(
        **own,
        id=claim,
        reward_id=reward,
        member_id=member,
        name="x",
        code="12345678",
        points=0,
        spent=[],
        at_till=False,
        state="open",
        deadline=now.replace(year=now.year + 1),
        created_at=now,
    )
    yield Threshold(
        **own,
        id=threshold,
        name="x",
        points=1,
        scope_id=new_id(),
        measure="held",
        period="ever",
        gives="coupon",
        coupon="x",
        state="stopped",
        created_at=now,
    )
    yield ThresholdStanding(**own, threshold_id=threshold, member_id=member)
    yield ThresholdAward(
        **own,
        id=new_id(),
        threshold_id=threshold,
        member_id=member,
        crossing=1,
        name="x",
        points=1,
        coupon="x",
        created_at=now,
    )
    yield Activity(
        **own,
        id=activity,
        kind="other",
        name="x",
        points=1,
        scope_id=new_id(),
        repeats="ever",
        confirms=True,
        state="stopped",
        created_at=now,
    )
    yield ActivityReport(
        **own,
        id=report,
        activity_id=activity,
        member_id=member,
        period="",
        points=1,
        state="waiting",
        created_at=now,
    )
