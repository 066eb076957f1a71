"""What reporting an activity, or deciding on a report, can be refused for."""

from timcheh.errors import Conflict, Unprocessable


class ActivityStopped(Conflict):
    """The shop no longer gives points for it."""

    code = "activity_stopped"


class ActivityDone(Conflict):
    """The member has reported it for this period."""

    code = "activity_done"


class ActivityFull(Conflict):
    """All points that the shop gives for it in a month are given."""

    code = "activity_full"


class ProfileIncomplete(Unprocessable):
    """Facts are missing that a whole profile has. Says which."""

    code = "profile_incomplete"


class ReviewNeedsPurchase(Unprocessable):
    """Who reviews a shop has bought there."""

    code = "review_needs_purchase"


class ReportDecided(Conflict):
    """Somebody has decided on it already."""

    code = "report_decided"
