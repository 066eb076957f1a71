"""What was thrown away and can still be taken back: a row as it was, for a day."""

from merchants.wastebasket.service import take_back, throw_away

__all__ = ["take_back", "throw_away"]
