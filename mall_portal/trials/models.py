"""Which shop has a trial, and where."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Trial(Base):
    """The trial of one shop: the mall that was made for it, by its address, and who acts there."""

    __tablename__ = "trial"
    __table_args__ = ({"schema": "mall_portal", "info": access(app="select insert delete")},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    trial_mall_id: Mapped[UUID]
    trial_merchant_id: Mapped[UUID]
    trial_staff_id: Mapped[UUID]
    slug: Mapped[str]
    made_at: Mapped[datetime]
