"""Shops on their way on board, and what the mall has agreed with each."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class OnboardingDraft(Base):
    """What has been typed of a shop that isn't open yet: `fields` by step and name, as typed.

    Once the shop is open, `merchant_id` names it and nothing that was typed is left here.
    """

    __tablename__ = "onboarding_draft"
    __table_args__ = (
        Index(
            "onboarding_draft_open_ix",
            "mall_id",
            "updated_at",
            postgresql_where=text("merchant_id IS NULL"),
        ),
        {"schema": "mall_portal", "info": access(app="select insert update delete")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    merchant_id: Mapped[UUID | None]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class ShopContract(Base):
    """The paper between the mall and a shop: its number, and the days it holds for (both in)."""

    __tablename__ = "shop_contract"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="days"),
        {"schema": "mall_portal", "info": access(app="select insert update")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    changed_at: Mapped[datetime]


class ContractNotice(Base):
    """A shop was told that its contract ends on a day, at this step of so many days before."""

    __tablename__ = "contract_notice"
    __table_args__ = ({"schema": "mall_portal", "info": access(app="select insert")},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    ends_on: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
