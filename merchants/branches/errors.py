"""What closing a branch can be refused for."""

from timcheh.errors import Conflict


class LastBranch(Conflict):
    """A shop keeps one open branch at least."""

    code = "last_branch"
