"""What the mall's own staff may do with its shops."""

from typing import Final

READ: Final = "shops.read"
MANAGE: Final = "shops.manage"
