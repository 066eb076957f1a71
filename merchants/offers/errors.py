"""What keeps an offer from being written or published."""

from timcheh.errors import Conflict


class OfferChanged(Conflict):
    """The rule in force that a draft replaces is no longer the one the draft was begun from."""

    code = "offer_changed"


class DraftChanged(Conflict):
    """Someone else has changed the draft meanwhile."""

    code = "draft_changed"
