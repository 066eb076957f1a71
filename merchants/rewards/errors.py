"""What taking a reward, or handing it out, can be refused for."""

from timcheh.errors import Conflict, NotFound, Unprocessable


class RewardNotInForce(Conflict):
    """It is a draft, too early or too late for it, or the shop no longer takes these points."""

    code = "reward_not_in_force"


class RewardGone(Conflict):
    """All of its stock is taken."""

    code = "reward_gone"


class RewardCapped(Conflict):
    """The member has had as many as one may."""

    code = "reward_capped"


class RewardNotForYou(Conflict):
    """It is for others: the shop's condition doesn't hold for this member."""

    code = "reward_not_for_you"


class PointsShort(Unprocessable):
    """It costs more points than the member has. Says how many there are."""

    code = "points_short"


class ClaimUnknown(NotFound):
    """No such code at this shop."""

    code = "claim_unknown"


class ClaimHanded(Conflict):
    """It has been handed out."""

    code = "claim_handed"


class ClaimOver(Conflict):
    """It was cancelled, or its time is over: the points have gone back."""

    code = "claim_over"
