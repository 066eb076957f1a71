"""Imports of customers: the file, what was asked of it, what it did, and what could not be done."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, LargeBinary, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from timcheh.db import Base, access

STATES: Final = (
    "uploaded",  # waits for its columns to be named
    "checking",
    "checked",  # waits to be started
    "importing",
    "imported",
    "undoing",
    "undone",
    "failed",
)
AT_WORK: Final = ("checking", "importing", "undoing")

_BATCH: Final = (
    ["mall_id", "merchant_id", "batch_id"],
    [
        "merchants.import_batch.mall_id",
        "merchants.import_batch.merchant_id",
        "merchants.import_batch.id",
    ],
)


class ImportBatch(Base):
    """One file. `done` rows of `total` are through the present state's work: what comes after a
    crash goes on there. `plan` says what each column is and how rows are taken; `counts` what
    became of them, by kind."""

    __tablename__ = "import_batch"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),
        CheckConstraint("kind IN ('xlsx', 'csv')", name="kind"),
        Index(
            "import_batch_at_work_ix",
            "mall_id",
            "id",
            postgresql_where=text(f"state IN ({', '.join(map(repr, AT_WORK))})"),
        ),
        {
            "schema": "merchants",
            "info": access(
                app="select insert update",
                merchant="select insert update(state, plan, done, counts, failure, changed_at)",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str]
    kind: Mapped[str]
    file_name: Mapped[str]
    size: Mapped[int]  # bytes
    headers: Mapped[list[Any]]
    sample: Mapped[list[Any]]  # the first rows, as text
    plan: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    total: Mapped[int]  # rows without the heading
    done: Mapped[int] = mapped_column(server_default="0")
    counts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    failure: Mapped[str | None]
    branch_id: Mapped[UUID | None]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ImportPiece(Base):
    """A piece of the file's bytes: the job that reads them may run on another machine."""

    __tablename__ = "import_piece"
    __table_args__ = (
        ForeignKeyConstraint(*_BATCH),
        {
            "schema": "merchants",
            "info": access(app="select insert delete", merchant="insert"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ImportFault(Base):
    """A row that can't be taken: its cells as they stood, and what is wrong with which."""

    __tablename__ = "import_fault"
    __table_args__ = (
        ForeignKeyConstraint(*_BATCH),
        {
            "schema": "merchants",
            "info": access(app="select insert delete", merchant="select"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)  # as the sheet counts, the heading being 1
    cells: Mapped[list[Any]]
    faults: Mapped[list[Any]]


class ImportChange(Base):
    """What a batch did to one customer, so that it can be undone."""

    __tablename__ = "import_change"
    __table_args__ = (
        ForeignKeyConstraint(*_BATCH),
        {
            "schema": "merchants",
            "info": access(app="select insert update delete"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    made_member: Mapped[bool]
    made_customer: Mapped[bool]
    before: Mapped[dict[str, Any]]  # the values that were overwritten, by fact
    after: Mapped[dict[str, Any]]  # what they were set to
    lots: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), server_default=text("'{}'"))


class ImportColumn(Base):
    """What a shop has said that a heading means; remembered for its next file."""

    __tablename__ = "import_column"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(app="select insert", merchant="select insert update(fact)"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    heading: Mapped[str] = mapped_column(primary_key=True)  # its search key
    fact: Mapped[str]  # empty: left out
