"""Sheets of shops: each row as it stood, what is wrong with it, and the shop that it became."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

CHECKED: Final = "checked"
OPENING: Final = "opening"
DONE: Final = "done"


class ShopSheet(Base):
    """One file that was brought, tried, and (after a second word) opened row by row."""

    __tablename__ = "shop_sheet"
    __table_args__ = (
        CheckConstraint("state IN ('checked', 'opening', 'done')", name="state"),
        Index(
            "shop_sheet_opening_ix",
            "mall_id",
            "id",
            postgresql_where=text("state = 'opening'"),
        ),
        {"schema": "mall_portal", "info": access(app="select insert update")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str]
    file_name: Mapped[str]
    headers: Mapped[list[Any]]
    columns: Mapped[list[Any]]  # what each heading means; empty: left out
    total: Mapped[int]
    locale: Mapped[str]  # of whoever brought it: invitations are written in it
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ShopSheetRow(Base):
    """One row. `faults` as [column, code, params]; a row becomes one shop, once."""

    __tablename__ = "shop_sheet_row"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "sheet_id"], ["mall_portal.shop_sheet.mall_id", "mall_portal.shop_sheet.id"]
        ),
        {"schema": "mall_portal", "info": access(app="select insert update")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    sheet_id: Mapped[UUID] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(Integer, primary_key=True)  # as the sheet counts
    cells: Mapped[list[Any]]
    faults: Mapped[list[Any]]
    merchant_id: Mapped[UUID | None]
