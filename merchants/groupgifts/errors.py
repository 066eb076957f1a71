"""What a gift to a group can be refused for."""

from timcheh.errors import Conflict


class GroupGiftMoved(Conflict):
    """Somebody has begun it, or taken it away, meanwhile."""

    code = "group_gift_moved"


class GroupGiftOver(Conflict):
    """Its last day has passed: nothing could be spent of it."""

    code = "group_gift_over"
