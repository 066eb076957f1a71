"""The account that the fund pays from, and the files that ask the bank to pay."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from timcheh.db import Base, access


class FundAccount(Base):
    """Where payments leave from. `most_amount` is the bank's cap of one payment, rial; none: none
    is known. `last_serial` is that of the newest file.
    """

    __tablename__ = "fund_account"
    __table_args__ = (
        CheckConstraint("most_amount > 0", name="most_amount"),
        {"schema": "shared_pool", "info": access(app="select insert update")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    holder: Mapped[str]
    sheba: Mapped[str]
    profile: Mapped[str]
    most_amount: Mapped[int | None]
    last_serial: Mapped[int] = mapped_column(server_default="0")


class BankFile(Base):
    """A file of payments as it was made: fetched again it is the same, byte for byte.

    `name` is its message's id too. Withdrawn: the bank never got it.
    """

    __tablename__ = "bank_file"
    __table_args__ = (
        UniqueConstraint("mall_id", "serial"),
        Index(None, "mall_id", "settlement_id"),
        {"schema": "shared_pool", "info": access(app="select insert update")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    settlement_id: Mapped[UUID]
    serial: Mapped[int]
    name: Mapped[str]
    payments: Mapped[int]
    total: Mapped[int]  # rial
    made_by: Mapped[UUID]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary(), nullable=False))


class BankPayment(Base):
    """What a file asks to be paid to a shop, rial, and to which account."""

    __tablename__ = "bank_payment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["mall_id", "file_id"], ["shared_pool.bank_file.mall_id", "shared_pool.bank_file.id"]
        ),
        {"schema": "shared_pool", "info": access(app="select insert")},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    sheba: Mapped[str]
    amount: Mapped[int]
