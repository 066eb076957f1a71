"""Files that ask the bank to pay what a settlement owes to shops."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from merchants.facade import find_accounts, shop_names
from shared_pool.banking.account import find_fund_account, locked_account
from shared_pool.banking.ccti import PROFILES, Batch, Payment, write_ccti
from shared_pool.banking.errors import FileInUse, NothingToPay
from shared_pool.banking.models import BankFile, BankPayment, FundAccount
from shared_pool.settlement.errors import SettlementNotOpen
from shared_pool.settlement.models import SettlementLine
from shared_pool.settlement.service import Result, find_settlement, locked
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id

ASKED: Final = (Result.WAITING, Result.REFUSED)
"""Results of lines that the next file may ask for: not yet paid, or not paid for sure."""


@dataclass(frozen=True, slots=True)
class Payable:
    """A line that a file can ask for, rial; `obstacle` is why it can't, else empty."""

    line: SettlementLine
    name: str
    sheba: str | None
    national_id: str | None
    obstacle: str


async def payables(uow: UnitOfWork, settlement_id: UUID) -> list[Payable]:
    """What is left to be paid by file, the largest first. Raises NotFound."""
    found = await find_settlement(uow, settlement_id)
    if found.head.state != "approved":
        return []
    account = await find_fund_account(uow)
    lines = [line for line in found.lines if line.net > 0 and line.result in ASKED]
    names = await shop_names(uow)
    accounts = await find_accounts(uow, [line.merchant_id for line in lines])
    rows = []
    for line in reversed(lines):
        shop = accounts.get(line.merchant_id)
        number = shop.sheba if shop else None
        rows.append(
            Payable(
                line,
                names.get(line.merchant_id, ""),
                number,
                shop.national_id if shop else None,
                _obstacle(line, number, account),
            )
        )
    return rows


def _obstacle(line: SettlementLine, number: str | None, account: FundAccount | None) -> str:
    if not number:
        return "no_sheba"
    if account and account.most_amount and line.net > account.most_amount:
        return "above_cap"
    return ""


async def make_file(
    uow: UnitOfWork, settlement_id: UUID, actor_id: UUID, zone: ZoneInfo, note: str
) -> BankFile:
    """The next file over all lines that nothing stands in the way of; they are then in the bank.

    Raises NotFound, SettlementNotOpen, FundAccountMissing, NothingToPay.
    """
    head = await locked(uow, settlement_id)
    if head.state != "approved":
        raise SettlementNotOpen(state=head.state)
    account = await locked_account(uow)
    asked = [row for row in await payables(uow, settlement_id) if not row.obstacle]
    if not asked:
        raise NothingToPay
    account.last_serial += 1
    batch = Batch(
        account.holder,
        account.sheba,
        account.last_serial,
        uow.now,
        zone,
        [Payment(r.name, r.sheba or "", r.line.net, r.national_id, note) for r in asked],
    )
    file = BankFile(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        settlement_id=settlement_id,
        serial=batch.serial,
        name=batch.message_id,
        payments=len(asked),
        total=batch.total,
        made_by=actor_id,
        made_at=uow.now,
        withdrawn_at=None,
        content=write_ccti(batch, PROFILES[account.profile]),
    )
    uow.session.add(file)
    await uow.session.flush()
    for row in asked:
        uow.session.add(
            BankPayment(
                mall_id=file.mall_id,
                file_id=file.id,
                merchant_id=row.line.merchant_id,
                sheba=row.sheba,
                amount=row.line.net,
            )
        )
        row.line.result, row.line.note = Result.SENT, None
        row.line.marked_by, row.line.marked_at = actor_id, uow.now
    await uow.session.flush()
    return file


async def withdraw_file(uow: UnitOfWork, settlement_id: UUID, file_id: UUID) -> BankFile:
    """The bank never got it: its lines wait again. A second time changes nothing.

    Raises NotFound, SettlementNotOpen, FileInUse.
    """
    head = await locked(uow, settlement_id)
    file = await find_file(uow, settlement_id, file_id)
    if file.withdrawn_at is not None:
        return file
    if head.state != "approved":
        raise SettlementNotOpen(state=head.state)
    asked = await payments_of(uow, [file.id])
    lines = {line.merchant_id: line for line in (await find_settlement(uow, settlement_id)).lines}
    if any(lines[each.merchant_id].result != Result.SENT for each in asked):
        raise FileInUse
    for each in asked:
        lines[each.merchant_id].result = Result.WAITING
    file.withdrawn_at = uow.now
    return file


async def find_file(uow: UnitOfWork, settlement_id: UUID, file_id: UUID) -> BankFile:
    """Raises NotFound, also for another settlement's file."""
    file = await uow.session.get(BankFile, (uow.scope.mall_id, file_id))
    if file is None or file.settlement_id != settlement_id:
        raise NotFound
    return file


async def content_of(uow: UnitOfWork, settlement_id: UUID, file_id: UUID) -> tuple[str, bytes]:
    """A file's name and bytes. Raises NotFound, also for one that was withdrawn."""
    row = (
        await uow.session.execute(
            select(BankFile.name, BankFile.content).where(
                BankFile.mall_id == uow.scope.mall_id,
                BankFile.id == file_id,
                BankFile.settlement_id == settlement_id,
                BankFile.withdrawn_at.is_(None),
            )
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.name, row.content


async def files_of(uow: UnitOfWork, settlement_id: UUID) -> Sequence[BankFile]:
    """A settlement's files, newest first."""
    found = await uow.session.scalars(
        select(BankFile)
        .where(BankFile.mall_id == uow.scope.mall_id, BankFile.settlement_id == settlement_id)
        .order_by(BankFile.serial.desc())
    )
    return found.all()


async def payments_of(uow: UnitOfWork, file_ids: Sequence[UUID]) -> Sequence[BankPayment]:
    """What some files ask for."""
    found = await uow.session.scalars(
        select(BankPayment).where(
            BankPayment.mall_id == uow.scope.mall_id, BankPayment.file_id.in_(file_ids)
        )
    )
    return found.all()
