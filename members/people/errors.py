"""What enrolling can be refused for."""

from timcheh.errors import Conflict


class MobileTaken(Conflict):
    """Somebody in this mall has that mobile already."""

    code = "mobile_taken"
