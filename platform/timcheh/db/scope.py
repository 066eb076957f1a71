"""Who a transaction acts for. It is stated once, when the transaction begins."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """The login roles of PostgreSQL; the value is the role's name there."""

    OWNER = "timcheh_owner"  # owns the schema, bypasses RLS: migrations, proof, backup
    APP = "timcheh_app"  # sees one whole mall: administrators, jobs, the purchase path
    MERCHANT = "timcheh_merchant"  # sees what one shop owns
    MEMBER = "timcheh_member"  # sees what one member owns


@dataclass(frozen=True, slots=True)
class Scope:
    """A mall, a shop of it, or a member of it. Row-level security enforces it."""

    role: Role
    mall_id: UUID
    merchant_id: UUID | None = None
    member_id: UUID | None = None

    @classmethod
    def mall(cls, mall_id: UUID) -> "Scope":
        return cls(Role.APP, mall_id)

    @classmethod
    def merchant(cls, mall_id: UUID, merchant_id: UUID) -> "Scope":
        return cls(Role.MERCHANT, mall_id, merchant_id=merchant_id)

    @classmethod
    def member(cls, mall_id: UUID, member_id: UUID) -> "Scope":
        return cls(Role.MEMBER, mall_id, member_id=member_id)
