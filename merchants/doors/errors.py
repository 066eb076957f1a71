"""What a door's gift can be refused for."""

from timcheh.errors import Conflict


class GiftPromised(Conflict):
    """The door has promised one before: another one needs another door."""

    code = "gift_promised"
