"""A shop's scale of RFM scores."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class ScaleOfScores(Base):
    """The bounds of fifths of a shop's customers: days since the last purchase, purchases, rial."""

    __tablename__ = "rfm_scale"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(app="select insert update", merchant="select", posting="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    recency: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()))
    frequency: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()))
    monetary: Mapped[list[int]] = mapped_column(ARRAY(BigInteger()))
    customers: Mapped[int] = mapped_column(Integer())
    made_at: Mapped[datetime]
