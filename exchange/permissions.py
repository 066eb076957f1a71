"""What a shop's staff may do with its agreements."""

from typing import Final

from timcheh.module import Permission

READ: Final = "agreements.read"
MANAGE: Final = "agreements.manage"

# An agreement binds the shop's money: only its owner makes or ends one.
PERMISSIONS: Final = (
    Permission(READ, "merchant", roles=("manager", "accountant")),
    Permission(MANAGE, "merchant"),
)
