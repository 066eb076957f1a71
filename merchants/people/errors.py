"""What the shop's people can't be changed for."""

from timcheh.errors import Conflict, Forbidden


class RoleBeyondYours(Forbidden):
    """Owners and managers are made and withdrawn by an owner; the rest where one is in charge."""

    code = "role_beyond_yours"


class OwnRole(Conflict):
    """Nobody changes their own roles: a shop always keeps an owner."""

    code = "own_role"
