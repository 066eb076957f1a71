"""What a shop can be refused for."""

from timcheh.errors import Conflict


class SlugTaken(Conflict):
    """Another shop of the mall has that slug."""

    code = "slug_taken"
