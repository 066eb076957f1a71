"""What keeps rules from being published."""

from timcheh.errors import Conflict


class RulesChanged(Conflict):
    """A newer version of the rules is in force than the one that was looked at."""

    code = "rules_changed"
