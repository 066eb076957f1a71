"""Asking a member for their approval, and taking their answer. All in the mall's scope.

An approval is used up where the purchase is written: `sql/37_approvals.sql` of the purchases.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from members.facade import find_member
from merchants.alerts.finding import Finding
from merchants.alerts.models import REFUSED_SPEND
from merchants.alerts.service import raise_alert
from merchants.approvals.errors import ApprovalOver
from merchants.approvals.models import LIVE, SpendApproval
from merchants.shops.service import shop_name
from timcheh.access.caller import Caller
from timcheh.access.limits import Limit, RateLimiter
from timcheh.audit import Actor, record
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id
from timcheh.malls import read_mall
from timcheh.money import MoneyUnit, format_money
from timcheh.notify import queue_message
from timcheh.text.locale import Locale

CODE_DIGITS: Final = 6
ATTEMPTS: Final = 5
"""Tries of one code; then a new one must be sent."""
OPEN_FOR: Final = timedelta(minutes=3)
USE_WITHIN: Final = timedelta(minutes=2)
"""From the approval to the purchase."""
ASKS: Final = Limit("approval-ask", count=10, window=600)
"""Requests of one shop to one member: nobody is worn down into agreeing."""
SENDS: Final = Limit("approval-code", count=5, window=600)
"""Codes to one member, whichever shops ask."""
SENDS_OF_SHOP: Final = Limit("approval-code-shop", count=120, window=3600)
TRIES: Final = Limit("approval-try", count=20, window=600)
"""Codes that are tried for one member, over all requests."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller asks a member for: `amount` rial, for the purchase of its `key`."""

    merchant_id: UUID
    principal_id: UUID
    key: str
    member_id: UUID
    amount: int
    branch_id: UUID | None = None


class Approvals:
    """Asks and checks. `secret_key` is the installation's."""

    def __init__(self, limiter: RateLimiter, secret_key: str) -> None:
        self._limiter = limiter
        self._secret = secret_key.encode()

    async def ask(self, uow: UnitOfWork, asked: Asked) -> SpendApproval:
        """The live request for this, a new one where there is none; another amount, or another
        member, takes the place of what was asked before with this key. Raises RateLimited.
        """
        found = await _live(uow, asked.merchant_id, asked.principal_id, asked.key)
        if found is not None:
            fits = found.member_id == asked.member_id and found.amount == asked.amount
            if fits and found.expires_at > uow.now:
                return found
            found.state = "lapsed"
            await uow.session.flush()
        await self._limiter.hit(ASKS, f"{uow.scope.mall_id} {asked.merchant_id} {asked.member_id}")
        await uow.session.execute(
            insert(SpendApproval)
            .values(
                mall_id=uow.scope.mall_id,
                id=new_id(),
                merchant_id=asked.merchant_id,
                branch_id=asked.branch_id,
                principal_id=asked.principal_id,
                key=asked.key,
                member_id=asked.member_id,
                amount=asked.amount,
                created_at=uow.now,
                expires_at=uow.now + OPEN_FOR,
            )
            .on_conflict_do_nothing()
        )
        made = await _live(uow, asked.merchant_id, asked.principal_id, asked.key)
        assert made is not None  # ours, or that of the same form's other click
        return made

    async def send_code(self, uow: UnitOfWork, approval: SpendApproval) -> None:
        """Sends the member a code to read out; the one before it ends. The request is open anew.

        Raises ApprovalOver, RateLimited.
        """
        if approval.state != "open":
            raise ApprovalOver
        mall_id = uow.scope.mall_id
        await self._limiter.hit(SENDS_OF_SHOP, f"{mall_id} {approval.merchant_id}")
        await self._limiter.hit(SENDS, f"{mall_id} {approval.member_id}")
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        approval.code_hash, approval.attempts = self._hash(approval.id, code), 0
        approval.expires_at = uow.now + OPEN_FOR
        member = await find_member(uow, id=approval.member_id)
        mall = await read_mall(uow)
        locale = Locale(mall.locale)
        await queue_message(
            uow,
            member.mobile,
            "spend-code",
            {
                "shop": await shop_name(uow, approval.merchant_id),
                "amount": format_money(approval.amount, MoneyUnit(mall.display_unit), locale),
                "code": code,
            },
            locale=locale,
            member_id=approval.member_id,
            merchant_id=approval.merchant_id,
            secret=True,
        )
        await uow.session.flush()

    async def try_code(self, uow: UnitOfWork, caller: Caller, approval_id: UUID, code: str) -> bool:
        """Whether the code was right, which approves. Commit whatever comes of it: a wrong one
        counts. Raises NotFound for another caller's request, RateLimited.
        """
        approval = await find_own(uow, caller, approval_id)
        await self._limiter.hit(TRIES, f"{uow.scope.mall_id} {approval.member_id}")
        found = await uow.session.execute(
            update(SpendApproval)
            .where(
                SpendApproval.mall_id == uow.scope.mall_id,
                SpendApproval.id == approval_id,
                SpendApproval.state == "open",
                SpendApproval.code_hash.is_not(None),
                SpendApproval.attempts < ATTEMPTS,
                SpendApproval.expires_at > uow.now,
            )
            .values(attempts=SpendApproval.attempts + 1)
            .returning(SpendApproval.code_hash, SpendApproval.attempts)
        )
        tried = found.one_or_none()
        right = tried is not None and hmac.compare_digest(
            tried.code_hash, self._hash(approval_id, code)
        )
        if right:
            await _answer(uow, approval_id, "approved", "code")
            await _note(uow, caller, approval, "spend.approved")
        elif tried is not None and tried.attempts == ATTEMPTS:
            await _note(uow, caller, approval, "spend.code_failed")
        return right

    def _hash(self, approval_id: UUID, code: str) -> bytes:
        # Keyed: a plain hash of six digits would be undone in an instant.
        text = f"spend {approval_id} {code}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).digest()


async def find_of_shop(uow: UnitOfWork, caller: Caller, approval_id: UUID) -> SpendApproval:
    """A request that this caller's shop made, at whichever till. Raises NotFound."""
    found = await uow.session.get(SpendApproval, (uow.scope.mall_id, approval_id))
    if found is None or found.merchant_id != caller.shop:
        raise NotFound
    return found


async def find_own(uow: UnitOfWork, caller: Caller, approval_id: UUID) -> SpendApproval:
    """A request that this caller itself made. Raises NotFound."""
    found = await find_of_shop(uow, caller, approval_id)
    if found.principal_id != caller.id:
        raise NotFound
    return found


async def latest_of(uow: UnitOfWork, caller: Caller, key: str) -> SpendApproval | None:
    """The newest request that this caller made with a key."""
    found: SpendApproval | None = await uow.session.scalar(
        select(SpendApproval)
        .where(
            SpendApproval.mall_id == uow.scope.mall_id,
            SpendApproval.merchant_id == caller.shop,
            SpendApproval.principal_id == caller.id,
            SpendApproval.key == key,
        )
        .order_by(SpendApproval.id.desc())
        .limit(1)
    )
    return found


async def waiting_for(uow: UnitOfWork, member_id: UUID) -> Sequence[SpendApproval]:
    """What a member is asked just now, the newest first."""
    rows = await uow.session.scalars(
        select(SpendApproval)
        .where(
            SpendApproval.mall_id == uow.scope.mall_id,
            SpendApproval.member_id == member_id,
            SpendApproval.state == "open",
            SpendApproval.expires_at > uow.now,
        )
        .order_by(SpendApproval.id.desc())
        .limit(5)
    )
    return list(rows)


async def find_asked(uow: UnitOfWork, member_id: UUID, approval_id: UUID) -> SpendApproval:
    """What this member was asked. Raises NotFound for anybody else's."""
    found = await uow.session.get(SpendApproval, (uow.scope.mall_id, approval_id))
    if found is None or found.member_id != member_id:
        raise NotFound
    return found


async def answer(
    uow: UnitOfWork, caller: Caller, approval_id: UUID, *, approves: bool
) -> SpendApproval:
    """The member's own answer, on their phone. The same answer again changes nothing.

    Raises NotFound, ApprovalOver. A refusal is an alert of the shop's: somebody tried to spend what
    wasn't theirs.
    """
    await find_asked(uow, caller.id, approval_id)
    row = await uow.session.get_one(
        SpendApproval,
        (uow.scope.mall_id, approval_id),
        with_for_update=True,
        populate_existing=True,
    )
    wanted = "approved" if approves else "refused"
    if row.state == wanted or (approves and row.state == "used"):
        return row
    if row.state != "open" or row.expires_at <= uow.now:
        raise ApprovalOver
    await _answer(uow, approval_id, wanted, "phone")
    # A shop learns the names of its own customers only: its log says that it was the member.
    await _note(uow, Actor("member", caller.id, ""), row, f"spend.{wanted}")
    if not approves:
        await raise_alert(uow, _refusal(uow, row))
    return row


async def _live(
    uow: UnitOfWork, merchant_id: UUID, principal_id: UUID, key: str
) -> SpendApproval | None:
    found: SpendApproval | None = await uow.session.scalar(
        select(SpendApproval)
        .where(
            SpendApproval.mall_id == uow.scope.mall_id,
            SpendApproval.merchant_id == merchant_id,
            SpendApproval.principal_id == principal_id,
            SpendApproval.key == key,
            SpendApproval.state.in_(LIVE),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found


async def _answer(uow: UnitOfWork, approval_id: UUID, state: str, by: str) -> None:
    values: dict[str, Any] = {"state": state, "answered_by": by, "answered_at": uow.now}
    if state == "approved":
        values["expires_at"] = uow.now + USE_WITHIN
    await uow.session.execute(
        update(SpendApproval)
        .where(SpendApproval.mall_id == uow.scope.mall_id, SpendApproval.id == approval_id)
        .values(**values)
    )


async def _note(uow: UnitOfWork, actor: Caller | Actor, row: SpendApproval, action: str) -> None:
    await record(
        uow,
        actor,
        action,
        "spend_approval",
        row.id,
        merchant_id=row.merchant_id,
        after={"amount": row.amount},
    )


def _refusal(uow: UnitOfWork, row: SpendApproval) -> Finding:
    figures = {"count": 1, "total": row.amount, "earned": row.amount}
    piece = {
        "id": str(row.id),
        "at": uow.now.isoformat(),
        "total": row.amount,
        "earned": row.amount,
        "actor_id": str(row.principal_id),
    }
    return Finding(
        REFUSED_SPEND,
        row.merchant_id,
        row.member_id,
        row.principal_id,
        uow.now,
        uow.now,
        [piece],
        figures,
        crosses=False,
    )
