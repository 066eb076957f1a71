"""What a shop can be refused for."""

from timcheh.errors import Conflict


class SlugTaken(Conflict):
    """Another shop of the mall has that slug."""

    code = "slug_taken"


class BranchClosed(Conflict):
    """Nothing is sold at this branch any more."""

    code = "branch_closed"
