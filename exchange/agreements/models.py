"""Agreements: an issuer proposes that another shop accepts its partner credit, on terms."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Agreement(Base):
    """`acceptor` takes credit of `issuer`, keeps all but `fee_bps`, up to `max_share_bps` of a
    basket after discounts. `notice_days` is how long granted value stays spendable after the end.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint(
            "state IN ('proposed', 'accepted', 'declined', 'terminated', 'withdrawn')", name="state"
        ),
        CheckConstraint("issuer_id <> acceptor_id", name="two_shops"),
        CheckConstraint("fee_bps BETWEEN 0 AND 10000", name="fee_bps"),
        CheckConstraint("max_share_bps BETWEEN 1 AND 10000", name="max_share_bps"),
        Index(
            "agreement_live_uq",
            "mall_id",
            "issuer_id",
            "acceptor_id",
            unique=True,
            postgresql_where=text("state IN ('proposed', 'accepted')"),
        ),
        {
            "schema": "exchange",
            "info": access(
                app="select insert update",
                merchant="select",
                merchant_rows=("issuer_id", "acceptor_id"),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    issuer_id: Mapped[UUID]
    acceptor_id: Mapped[UUID]
    fee_bps: Mapped[int]
    max_share_bps: Mapped[int]
    notice_days: Mapped[int] = mapped_column(server_default="0")
    state: Mapped[str]
    ends_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
