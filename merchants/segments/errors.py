"""What can stand against a change of a segment or a group."""

from timcheh.errors import Conflict


class ChangedMeanwhile(Conflict):
    """Somebody else has changed it since it was read."""

    code = "changed_meanwhile"
