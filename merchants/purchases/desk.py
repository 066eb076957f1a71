"""The purchase desk: every purchase of a process passes here, in two round trips.

    quote (micro-batched)  →  decide (pure)  →  record (micro-batched)

What changed between the two is found by the second and decided again. The API, the till page, the
demo and the replay all use this one desk.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import asyncpg
import msgspec

from members.facade import random_member_number, refuse_ended
from merchants.approvals.errors import ApprovalRequired
from merchants.approvals.queries import approved
from merchants.programme.book import Programme, ProgrammeBook
from merchants.purchases import quote as quoting
from merchants.purchases import rows as recording
from merchants.purchases.answer import PurchaseOut, answer_of
from merchants.purchases.command import PurchaseCommand
from merchants.purchases.decision import Decision, NewMember, decide
from merchants.purchases.errors import BY_SQLSTATE, KeyTaken, MemberNotFound, Stale
from merchants.purchases.quote import Quote, StoredOutcome
from timcheh.db import Database, Role, Scope
from timcheh.db.microbatch import MicroBatch
from timcheh.db.races import LOST
from timcheh.errors import TimchehError, TryAgain
from timcheh.ids import new_id
from timcheh.text.locale import Locale

HOLD_FOR: Final = timedelta(minutes=2)
"""How long an authorisation pins what it will spend."""
_ATTEMPTS: Final = 4
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Done:
    """A purchase that is committed (or a dry run), with the body that answers it."""

    answer: PurchaseOut
    body: bytes
    decision: Decision


@dataclass(frozen=True, slots=True)
class Replayed:
    """The idempotency key was answered before: this is that answer."""

    outcome: StoredOutcome


class PurchaseDesk:
    """One for each process; see `counter_for`."""

    def __init__(self, database: Database) -> None:
        dsn = database.dsn(Role.APP)
        self._database = database
        self.book = ProgrammeBook(database)
        self._quotes = MicroBatch(dsn, quoting.ask)
        # One lane: while its commit is on the way to the disk the next batch gathers, and two
        # batches never wait for each other over one issuer's limit.
        self._records = MicroBatch(dsn, recording.record, lanes=1)

    async def close(self) -> None:
        """Lets the connections go when what is under way is done."""
        await self._quotes.close()
        await self._records.close()

    async def purchase(
        self, command: PurchaseCommand, locale: Locale = Locale.FA, now: datetime | None = None
    ) -> Done | Replayed:
        """Decides and records one purchase; a dry run is only decided.

        `now` replaces the clock for a replay of history. Raises MemberNotFound, MemberBlocked,
        MerchantSuspended, NotFound, InsufficientValue, ApprovalRequired, LimitExceeded,
        OutcomeUnknown.
        """
        for _ in range(_ATTEMPTS):
            at = now or datetime.now(UTC)
            quote, programme = await self._quote(command, at)
            if quote.stored is not None:
                return Replayed(quote.stored)
            newcomer = await self._newcomer(command) if quote.member is None else None
            decision = decide(command, quote, programme, newcomer, at, HOLD_FOR)
            answer = answer_of(decision, locale)
            body = _encode(answer)
            if command.dry_run:
                return Done(answer, body, decision)
            approval_id = await self._approval(decision) if decision.needs_approval else None
            try:
                await self._record(command.till.mall_id, decision, body, approval_id)
            except (Stale, KeyTaken):
                continue
            return Done(answer, body, decision)
        raise TryAgain

    async def try_out(
        self, command: PurchaseCommand, programme: Programme, now: datetime | None = None
    ) -> Decision:
        """What a purchase would come to under rules that need not be in force. Nothing is kept.

        A member who is not known counts as somebody new. Raises as `purchase` does.
        """
        at = now or datetime.now(UTC)
        question = quoting.quote_in(command, at, programme.wants)
        quote = await self._quotes.submit(command.till.mall_id, question)
        newcomer = None
        if quote.member is None:
            newcomer = NewMember(new_id(), random_member_number(), command.member.mobile or "")
        return decide(command, quote, programme, newcomer, at, HOLD_FOR)

    async def _newcomer(self, command: PurchaseCommand) -> NewMember:
        """Whom this sale may enrol: only a mobile enrols.

        Raises CardEnded for a card that counted once, MemberNotFound otherwise.
        """
        if command.enrol and command.member.mobile is not None:
            return NewMember(new_id(), random_member_number(), command.member.mobile)
        if command.member.card is not None:
            async with self._database.unit_of_work(Scope.mall(command.till.mall_id)) as uow:
                await refuse_ended(uow, command.member.card)
        raise MemberNotFound

    async def _quote(self, command: PurchaseCommand, at: datetime) -> tuple[Quote, Programme]:
        """A quote, with the programme of the version that it tells."""
        till = command.till
        programme = self.book.current(till.merchant_id)
        if programme is None:
            programme = await self.book.refresh(till.mall_id, till.merchant_id)
        while True:
            question = quoting.quote_in(command, at, programme.wants)
            quote = await self._quotes.submit(till.mall_id, question)
            if quote.rules_version == programme.version:
                return quote, programme
            programme = await self.book.refresh(till.mall_id, till.merchant_id)

    async def _approval(self, decision: Decision) -> UUID:
        """What the member has approved of this. Raises ApprovalRequired."""
        till, member, amount = decision.command.till, decision.member, decision.member_value
        found = None
        if decision.command.key is not None:
            async with self._database.unit_of_work(Scope.mall(till.mall_id)) as uow:
                found = await approved(
                    uow,
                    till.merchant_id,
                    till.principal_id,
                    decision.command.key,
                    member.id,
                    amount,
                )
        if found is None:
            raise ApprovalRequired(member.id, amount, decision.approve_above)
        return found

    async def _record(
        self, mall_id: UUID, decision: Decision, body: bytes, approval_id: UUID | None
    ) -> None:
        rows = recording.rows_of(decision, body, approval_id)
        await translated(self._records.submit(mall_id, rows))


def _newcomer(command: PurchaseCommand) -> NewMember | None:
    """Whom this sale may enrol: only a mobile enrols. Raises MemberNotFound otherwise."""
    if not command.enrol or command.member.mobile is None:
        raise MemberNotFound
    return NewMember(new_id(), random_member_number(), command.member.mobile)


async def translated(work: Awaitable[None]) -> None:
    """Turns the SQL functions' refusals into errors of the tree."""
    try:
        await work
    except asyncpg.PostgresError as error:
        raise _refusal(error) or error from error


def _refusal(error: asyncpg.PostgresError) -> TimchehError | None:
    state = error.sqlstate or ""
    if state in LOST or state == asyncpg.CheckViolationError.sqlstate:
        return Stale()
    known: Callable[[], TimchehError] | None = BY_SQLSTATE.get(state)
    return known() if known else None
