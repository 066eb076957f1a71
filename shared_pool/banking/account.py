"""The account that the fund pays from."""

from typing import Final

from sqlalchemy import select

from shared_pool.banking.ccti import PROFILES
from shared_pool.banking.errors import FundAccountMissing
from shared_pool.banking.models import FundAccount
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import Problems
from timcheh.text.identifiers import sheba
from timcheh.text.normalise import normalise

LONGEST_HOLDER: Final = 100


async def find_fund_account(uow: UnitOfWork) -> FundAccount | None:
    """None: nobody has said yet."""
    found: FundAccount | None = await uow.session.get(FundAccount, uow.scope.mall_id)
    return found


async def locked_account(uow: UnitOfWork) -> FundAccount:
    """For its next serial. Raises FundAccountMissing."""
    found: FundAccount | None = await uow.session.scalar(
        select(FundAccount).where(FundAccount.mall_id == uow.scope.mall_id).with_for_update()
    )
    if found is None:
        raise FundAccountMissing
    return found


async def put_fund_account(
    uow: UnitOfWork, caller: Caller, holder: str, number: str, profile: str, most: int | None
) -> FundAccount:
    """Says which account it is, of whom, in which bank's way; rial. Raises Invalid."""
    problems = Problems()
    name = normalise(holder)
    if not name:
        problems.add("/holder", "required")
    elif len(name) > LONGEST_HOLDER:
        problems.add("/holder", "too_long", maximum=LONGEST_HOLDER)
    iban = ""
    with problems.at("/sheba"):
        iban = sheba(number)
    if profile not in PROFILES:
        problems.add("/profile", "required")
    problems.raise_if_any()
    account = await find_fund_account(uow)
    before = _told(account) if account else None
    if account is None:
        account = FundAccount(mall_id=uow.scope.mall_id, last_serial=0)
        uow.session.add(account)
    account.holder, account.sheba, account.profile = name, iban, profile
    account.most_amount = most or None
    await record(
        uow,
        caller,
        "fund_account.changed",
        "fund_account",
        uow.scope.mall_id,
        before=before,
        after=_told(account),
    )
    return account


def _told(account: FundAccount) -> dict[str, object]:
    """For the log of who did what: money leaves from here."""
    return {name: getattr(account, name) for name in ("holder", "sheba", "profile", "most_amount")}
