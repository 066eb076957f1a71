"""Which roles may do what. The modules declare permissions; this adds them up by role."""

from collections.abc import Iterable
from typing import Final, Literal

from timcheh.module import Permission

StaffAudience = Literal["mall", "merchant"]

CHIEF: Final = {"mall": "administrator", "merchant": "owner"}
"""The role of each audience that may do everything of that audience."""

ROLES: Final = {
    "mall": ("administrator", "accountant"),
    "merchant": ("owner", "manager", "cashier", "accountant"),
}

KEY_ROLE: Final = {"mall": "administrator", "merchant": "owner", "terminal": "cashier"}
"""What a key may do: as much as the person who would otherwise stand there."""

KERNEL_PERMISSIONS: Final = (
    Permission("keys.manage", "mall"),
    Permission("staff.manage", "mall"),
    Permission("audit.read", "mall", roles=("accountant",)),
    Permission("webhooks.manage", "mall"),
    Permission("shop_keys.manage", "merchant"),
    Permission("shop_staff.manage", "merchant", roles=("manager",)),
    Permission("shop_audit.read", "merchant", roles=("manager", "accountant")),
    Permission("shop_webhooks.manage", "merchant", roles=("manager",)),
)


class Permissions:
    """The table of roles and permissions of this process. ValueError on a doubled code or an
    unknown role."""

    def __init__(self, declared: Iterable[Permission]) -> None:
        self._by_role: dict[tuple[str, str], set[str]] = {
            (audience, role): set() for audience, roles in ROLES.items() for role in roles
        }
        codes: set[str] = set()
        for permission in declared:
            if permission.code in codes:
                raise ValueError(f"permission {permission.code} is declared twice")
            codes.add(permission.code)
            for role in {CHIEF[permission.audience], *permission.roles}:
                self._held_by(permission.audience, role).add(permission.code)

    def _held_by(self, audience: str, role: str) -> set[str]:
        try:
            return self._by_role[audience, role]
        except KeyError:
            raise ValueError(f"there is no role {role} for {audience}") from None

    def of_role(self, audience: StaffAudience, role: str) -> frozenset[str]:
        """Everything that one role may do."""
        return frozenset(self._held_by(audience, role))

    def of_key(self, kind: str) -> frozenset[str]:
        """Everything that a key of this kind may do."""
        return self.of_role("mall" if kind == "mall" else "merchant", KEY_ROLE[kind])
