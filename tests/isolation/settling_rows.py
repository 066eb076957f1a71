"""Rows of how a settlement is paid, for the isolation tests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from shared_pool.banking.models import BankFile, BankPayment, FundAccount
from shared_pool.fund.models import ClosingProof
from timcheh.ids import new_id


def settling_rows(ids: dict[str, str], mall: UUID, shop: UUID, now: datetime) -> Iterator[Any]:
    """The fund's account, and a file with one payment."""
    number = "IR820540102680020817909002"
    yield FundAccount(mall_id=mall, holder="x", sheba=number, profile="common", last_serial=1)
    file = BankFile(
        mall_id=mall,
        id=new_id(),
        settlement_id=UUID(ids["settlement"]),
        serial=1,
        name="x",
        payments=1,
        total=1,
        made_by=new_id(),
        made_at=now,
        content=b"x",
    )
    ids["file_id"] = str(file.id)
    yield file
    yield ClosingProof(mall_id=mall, day=now.date(), checked_at=now, checks=1, failed=[])
    yield BankPayment(mall_id=mall, file_id=file.id, merchant_id=shop, sheba=number, amount=1)
