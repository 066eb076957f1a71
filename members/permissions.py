"""What the mall's own staff may do with its members."""

from typing import Final

READ: Final = "members.read"
