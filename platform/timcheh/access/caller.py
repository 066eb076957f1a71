"""Who is asking: the outcome of authentication, and what it may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from timcheh.access.errors import MissingPermission
from timcheh.db import Scope
from timcheh.errors import NotFound

CallerKind = Literal["mall", "merchant", "terminal", "member"]
_NOTHING: Mapping[UUID, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Caller:
    """An authenticated key, member of staff or member of the club.

    `id` is the key's, the staff account's or the member's id: the principal of idempotency and
    audit. `person` tells a signed-in human from a key. Permissions count everywhere;
    `branch_permissions` count in one branch only.
    """

    mall_id: UUID
    kind: CallerKind
    id: UUID
    name: str
    permissions: frozenset[str]
    merchant_id: UUID | None = None
    terminal_id: UUID | None = None
    branch_id: UUID | None = None
    person: bool = False
    branch_permissions: Mapping[UUID, frozenset[str]] = field(default_factory=lambda: _NOTHING)

    @property
    def scope(self) -> Scope:
        """The narrowest scope that holds everything this caller may see."""
        if self.kind == "mall":
            return Scope.mall(self.mall_id)
        if self.kind == "member":
            return Scope.member(self.mall_id, self.id)
        assert self.merchant_id is not None
        return Scope.merchant(self.mall_id, self.merchant_id)

    @property
    def shop(self) -> UUID:
        """The shop this caller acts for. Raises NotFound for a caller without one."""
        if self.merchant_id is None:
            raise NotFound
        return self.merchant_id

    def may(self, permission: str, branch_id: UUID | None = None) -> bool:
        """Whether this is allowed: everywhere, or in the branch that is named."""
        if permission in self.permissions:
            return True
        return branch_id is not None and permission in self.branch_permissions.get(branch_id, ())

    def require(self, permission: str, branch_id: UUID | None = None) -> None:
        """Raises MissingPermission where `may` says no."""
        if not self.may(permission, branch_id):
            raise MissingPermission(permission=permission)
