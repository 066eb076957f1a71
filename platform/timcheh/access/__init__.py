"""Who may come in and what they may do: keys, staff, members, sessions."""

from timcheh.access.caller import Caller

__all__ = ["Caller"]
