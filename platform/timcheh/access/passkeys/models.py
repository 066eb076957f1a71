"""The public halves of people's passkeys, and the challenges that wait for an answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Passkey(Base):
    """A key of one person, of the club or of the staff, in one mall.

    `credential_id` is how the device calls it, `public_key` is COSE (RFC 9053) as the device gave
    it. `sign_count` is the device's own count of signatures; many devices leave it at 0.
    """

    __tablename__ = "passkey"
    __table_args__ = (
        UniqueConstraint("mall_id", "credential_id"),
        ForeignKeyConstraint(["mall_id", "staff_id"], ["kernel.staff.mall_id", "kernel.staff.id"]),
        CheckConstraint("num_nonnulls(member_id, staff_id) = 1", name="owner"),
        Index("passkey_member_ix", "mall_id", "member_id"),
        Index("passkey_staff_ix", "mall_id", "staff_id"),
        {
            "schema": "kernel",
            "info": access(app="select insert update delete", member="select delete"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class PasskeyChallenge(Base):
    """A challenge that one browser was given. Answering takes the row away, right or wrong.

    The browser knows it by a cookie, of which the SHA-256 is kept. Whoever is known already when
    the challenge is made is named; at the club's door nobody is.
    """

    __tablename__ = "passkey_challenge"
    __table_args__ = (
        CheckConstraint("purpose IN ('sign-in', 'add', 'second')", name="purpose"),
        {"schema": "kernel", "info": access(app="select insert delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    purpose: Mapped[str]
    member_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
