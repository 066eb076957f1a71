"""Who may come in: API keys, staff with their roles, sessions, one-time passwords.

`merchant_id`, `branch_id`, `terminal_id` and `member_id` are ids of modules above; the kernel
keeps them without a foreign key, since it must not know those tables.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

_STAFF_ROLES = "'administrator', 'owner', 'manager', 'cashier', 'accountant'"


class ApiKey(Base):
    """A machine's key. Only its SHA-256 is kept; a shop may manage its own keys."""

    __tablename__ = "api_key"
    __table_args__ = (
        UniqueConstraint("mall_id", "key_hash"),
        CheckConstraint(
            "(kind = 'mall' AND merchant_id IS NULL AND terminal_id IS NULL)"
            " OR (kind = 'merchant' AND merchant_id IS NOT NULL AND terminal_id IS NULL)"
            " OR (kind = 'terminal' AND merchant_id IS NOT NULL AND terminal_id IS NOT NULL"
            " AND branch_id IS NOT NULL)",
            name="kind",
        ),
        {
            "schema": "kernel",
            "info": access(
                app="select insert update",
                merchant="select insert update(revoked_at, last_used_at)",
            ),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    merchant_id: Mapped[UUID | None]
    terminal_id: Mapped[UUID | None]
    branch_id: Mapped[UUID | None]
    name: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class Staff(Base):
    """A person who works here: one account per mobile and mall, whatever their roles.

    Shops don't read this table: a person's account belongs to the mall, and a shop's staff list
    is read in the mall's scope by the roles that the shop has given.
    """

    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint("mall_id", "mobile"),
        CheckConstraint("state IN ('active', 'disabled')", name="state"),
        {"schema": "kernel", "info": access(app="select insert update")},
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    mobile: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="active", server_default="active")
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime | None]

    @property
    def has_come(self) -> bool:
        """Whether they have chosen a password: the invitation was taken up."""
        return self.password_hash is not None


class StaffRole(Base):
    """A role of a person: in the mall (no merchant), a shop, or one branch of a shop."""

    __tablename__ = "staff_role"
    __table_args__ = (
        ForeignKeyConstraint(["mall_id", "staff_id"], ["kernel.staff.mall_id", "kernel.staff.id"]),
        CheckConstraint(f"role IN ({_STAFF_ROLES})", name="role"),
        CheckConstraint(
            "(merchant_id IS NULL AND branch_id IS NULL AND role IN"
            " ('administrator', 'accountant'))"
            " OR (merchant_id IS NOT NULL AND role <> 'administrator')",
            name="place",
        ),
        Index(
            "staff_role_one_uq",
            "mall_id",
            "staff_id",
            "merchant_id",
            "branch_id",
            "role",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        {
            "schema": "kernel",
            "info": access(app="select insert update delete", merchant="select insert delete"),
        },
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID]
    merchant_id: Mapped[UUID | None]
    branch_id: Mapped[UUID | None]
    role: Mapped[str]
    created_at: Mapped[datetime]


class Session(Base):
    """A browser that signed in. The cookie's token is kept as SHA-256 only.

    `display_name` and `place` (the shop's name) are as they were when it began.
    """

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint(
            "(audience = 'mall' AND staff_id IS NOT NULL AND merchant_id IS NULL"
            " AND member_id IS NULL)"
            " OR (audience = 'merchant' AND staff_id IS NOT NULL AND merchant_id IS NOT NULL"
            " AND member_id IS NULL)"
            " OR (audience = 'member' AND member_id IS NOT NULL AND staff_id IS NULL"
            " AND merchant_id IS NULL)",
            name="audience",
        ),
        Index("session_expires_ix", "mall_id", "expires_at"),
        {"schema": "kernel", "info": access(app="select insert update delete")},
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    id: Mapped[UUID]
    audience: Mapped[str]
    staff_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    merchant_id: Mapped[UUID | None]
    display_name: Mapped[str]
    place: Mapped[str] = mapped_column(default="", server_default="")
    csrf_token: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class OtpChallenge(Base):
    """The one live one-time password of a mobile: a keyed hash, never the code."""

    __tablename__ = "otp_challenge"
    __table_args__ = (
        CheckConstraint("attempts BETWEEN 0 AND 5", name="attempts"),
        {"schema": "kernel", "info": access(app="select insert update delete")},
    )

    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    mobile: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
