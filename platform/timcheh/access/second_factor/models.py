"""What is kept of an app that makes codes, of recovery codes, and of sign-ins half done."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

_OF_STAFF = ["mall_id", "staff_id"], ["kernel.staff.mall_id", "kernel.staff.id"]


class StaffTotp(Base):
    """A person's authenticator app (RFC 6238). `sealed` is its secret, encrypted; it counts from
    when a first code was right. `last_step` is the time step of the last code that was taken: none
    at or before it is taken again.
    """

    __tablename__ = "staff_totp"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_STAFF),
        {"schema": "kernel", "info": access(app="select insert update delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0, server_default="0")


class RecoveryCode(Base):
    """A code on paper, good once, for when device and app are lost. Only a keyed hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_STAFF),
        {"schema": "kernel", "info": access(app="select insert update delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    used_at: Mapped[datetime | None]


class HalfSignIn(Base):
    """Somebody's password was right, and the second factor is waited for. It is no session: all
    that its token opens is the page that asks. Kept as SHA-256, like a session's.
    """

    __tablename__ = "half_sign_in"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_STAFF),
        CheckConstraint("audience IN ('mall', 'merchant')", name="audience"),
        {"schema": "kernel", "info": access(app="select insert delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    staff_id: Mapped[UUID]
    audience: Mapped[str]
    expires_at: Mapped[datetime]
