"""Purchases over the API, for shops' and terminals' keys."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Struct

from members.facade import find_member
from merchants.purchases.answer import CreditHereOut, PurchaseOut, WithheldOut
from merchants.purchases.bodies import PurchaseBody, ReturnBody, command_of, milli
from merchants.purchases.closing import ClaimIn, ConfirmIn, cancel
from merchants.purchases.counter import counter_for
from merchants.purchases.decision import Decision
from merchants.purchases.desk import Done, PurchaseDesk, Replayed
from merchants.purchases.errors import KeyTaken, PurchaseNotOpen
from merchants.purchases.guessing import counting_misses
from merchants.purchases.queries import (
    find_purchase,
    list_purchases,
    read_purchase,
    read_purchases,
)
from merchants.purchases.returning import Returned, return_lines
from merchants.purchases.withdrawable import credit_here
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope
from timcheh.errors import TimchehError
from timcheh.web.context import AnyRequest, context_of
from timcheh.web.errors import IdempotencyKeyReused
from timcheh.web.idempotency import (
    Outcome,
    earlier_outcome,
    fingerprint,
    idempotency_key,
    in_flight,
    keep_outcome,
    keep_refusal,
    outcome_response,
    run_idempotent,
)
from timcheh.web.openapi import IDEMPOTENT, REFUSES, UNLESS_DRY_RUN
from timcheh.web.pagination import Page, PageRequest

_encode: Final = msgspec.json.Encoder().encode


class RestoredOut(Struct):
    """So much went back to a lot, in its unit."""

    lot_id: UUID
    amount: int


class TakenBackOut(Struct):
    """So much of what the purchase had earned was taken away, in its unit."""

    unit: str
    amount: int


class ReturnOut(Struct):
    """A return, rial: `refund` is what the shop pays back in money, after `deducted`."""

    id: UUID
    refund: int
    restored: list[RestoredOut]
    taken_back: list[TakenBackOut]
    deducted: int
    carried: int
    written_off: int


@dataclass(frozen=True, slots=True)
class _Confirmed:
    """`claimed`: the idempotency key was stored in the confirmation's own transaction."""

    outcome: Outcome
    claimed: bool


class PurchaseController(Controller):
    """Sale and spending."""

    path = "/api/v1/purchases"
    tags = ("purchases",)

    @post(
        summary="Buy: earn and spend",
        opt={IDEMPOTENT: UNLESS_DRY_RUN, REFUSES: (404, 409)},
    )
    async def buy(
        self,
        request: AnyRequest,
        data: JSONBody[PurchaseBody],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> Response[PurchaseOut]:
        asked = await fingerprint(request)
        key = None if data.dry_run else idempotency_key(request)
        command = command_of(data, till_caller, datetime.now(UTC), key, asked)
        desk, context = counter_for(database).desk, context_of(request)
        guarded = partial(
            counting_misses,
            context.services.limiter,
            database,
            command.till,
            command.spend.gift_card,
            command.coupon,
        )
        if key is None:
            async with guarded():
                done = await desk.purchase(command, context.locale)
                assert not isinstance(done, Replayed)
                done.answer.credit = await _credit(desk, database, done.decision)
            return outcome_response(Outcome(201, _encode(done.answer)), replayed=False)
        with in_flight(till_caller, key):
            try:
                async with guarded():
                    done = await desk.purchase(command, context.locale)
            except TimchehError as error:
                scope = Scope.mall(till_caller.mall_id)
                return await keep_refusal(request, till_caller, scope, asked, error)
        if isinstance(done, Replayed):
            return _replayed(done, asked)
        return outcome_response(Outcome(201, done.body), replayed=False)

    @post(
        "/{purchase_id:uuid}/confirm",
        status_code=200,
        summary="Confirm an authorised purchase",
        opt={IDEMPOTENT: True},
    )
    async def confirm(
        self,
        request: AnyRequest,
        purchase_id: FromPath[UUID],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> Response[PurchaseOut]:
        key, asked = idempotency_key(request), await fingerprint(request)
        scope = Scope.mall(till_caller.mall_id)
        with in_flight(till_caller, key):
            earlier = await earlier_outcome(request, till_caller, scope, asked)
            if earlier is not None:
                return outcome_response(earlier, replayed=True)
            try:
                done = await self._confirm(request, purchase_id, till_caller, database, key, asked)
            except TimchehError as error:
                return await keep_refusal(request, till_caller, scope, asked, error)
            # Where it was confirmed before, this key's outcome is still to be written down.
            if not done.claimed:
                return await keep_outcome(request, till_caller, scope, asked, done.outcome)
        return outcome_response(done.outcome, replayed=False)

    async def _confirm(
        self,
        request: AnyRequest,
        purchase_id: UUID,
        caller: Caller,
        database: Database,
        key: str,
        asked: bytes,
    ) -> "_Confirmed":
        """The confirmed purchase, and whether its key was claimed with it."""
        locale, scope = context_of(request).locale, Scope.mall(caller.mall_id)
        async with database.unit_of_work(scope) as uow:
            answer = await read_purchase(uow, caller.shop, purchase_id, locale)
            # The confirmation makes the member the shop's customer: from now on it knows them.
            answer.member.number = (await find_member(uow, id=answer.member.id)).number
            now = uow.now
        if answer.state == "confirmed":
            return _Confirmed(Outcome(200, _encode(answer)), claimed=False)
        if answer.state != "authorized" or (answer.expires_at and answer.expires_at <= now):
            raise PurchaseNotOpen
        answer.state = "confirmed"
        body = _encode(answer)
        done = _Confirmed(Outcome(200, body), claimed=True)
        item = ConfirmIn(purchase_id, caller.shop, now)
        claim = ClaimIn(caller.id, key, asked, body)
        try:
            await counter_for(database).confirmations.confirm(caller.mall_id, item, claim)
        except (PurchaseNotOpen, KeyTaken):
            # Somebody was faster: if they confirmed it, that is this request's outcome too.
            async with database.unit_of_work(scope) as uow:
                found = await read_purchase(uow, caller.shop, purchase_id, locale)
            if found.state != "confirmed":
                raise PurchaseNotOpen from None
            return _Confirmed(done.outcome, claimed=False)
        return done

    @post(
        "/{purchase_id:uuid}/cancel",
        status_code=200,
        summary="Give up an authorised purchase",
        opt={REFUSES: (409,)},
    )
    async def cancel(
        self,
        request: AnyRequest,
        purchase_id: FromPath[UUID],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> PurchaseOut:
        locale = context_of(request).locale
        async with database.unit_of_work(Scope.mall(till_caller.mall_id)) as uow:
            await cancel(uow, await find_purchase(uow, till_caller.shop, purchase_id))
        async with database.unit_of_work(till_caller.scope) as uow:
            return await read_purchase(uow, till_caller.shop, purchase_id, locale)

    @post("/{purchase_id:uuid}/returns", summary="Take goods back", opt={IDEMPOTENT: True})
    async def give_back(
        self,
        request: AnyRequest,
        purchase_id: FromPath[UUID],
        data: JSONBody[ReturnBody],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> Response[ReturnOut]:
        back = [
            (each.line, milli(each.quantity, f"/lines/{index}/quantity"))
            for index, each in enumerate(data.lines)
        ]

        async def work(uow: Any) -> ReturnOut:
            done = await return_lines(uow, till_caller.shop, purchase_id, back, till_caller.id)
            return _return_out(done)

        return await run_idempotent(
            request, till_caller, work, scope=Scope.mall(till_caller.mall_id)
        )

    @get("/{purchase_id:uuid}", summary="One purchase")
    async def one(
        self,
        request: AnyRequest,
        purchase_id: FromPath[UUID],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> PurchaseOut:
        locale = context_of(request).locale
        async with database.unit_of_work(till_caller.scope) as uow:
            return await read_purchase(uow, till_caller.shop, purchase_id, locale)

    @get(summary="The shop's purchases, newest first")
    async def list(
        self,
        request: AnyRequest,
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
        member_id: FromQuery[UUID | None] = None,
    ) -> Page[PurchaseOut]:
        locale = context_of(request).locale
        async with database.unit_of_work(till_caller.scope) as uow:
            ids = await list_purchases(
                uow,
                till_caller.shop,
                member_id=member_id,
                after=paging.after(UUID),
                fetch=paging.fetch,
            )
            rows = await read_purchases(uow, ids, locale)
        return paging.page(rows, lambda row: row, lambda row: row.id)


async def _credit(desk: PurchaseDesk, database: Database, tried: Decision) -> CreditHereOut | None:
    """What of the credit that the customer holds here could be spent on this basket."""
    if not tried.is_customer:
        return None
    wanted = replace(tried.command, spend=replace(tried.command.spend, credit="max"))
    most = await desk.purchase(wanted)
    assert isinstance(most, Done)
    async with database.unit_of_work(Scope.mall(tried.command.till.mall_id)) as uow:
        found = await credit_here(uow, most.decision)
    if found is None:
        return None
    rest = [WithheldOut(*each) for each in found.rest]
    return CreditHereOut(found.current, found.withdrawable, rest)


def _replayed(done: Replayed, asked: bytes) -> Response[Any]:
    if done.outcome.fingerprint != asked:
        raise IdempotencyKeyReused
    return outcome_response(Outcome(done.outcome.status, done.outcome.body), replayed=True)


def _return_out(done: Returned) -> ReturnOut:
    outcome = done.outcome
    return ReturnOut(
        done.id,
        outcome.refund,
        [RestoredOut(each.lot_id, each.amount) for each in outcome.restored],
        [TakenBackOut(each.unit, each.taken) for each in outcome.taken if each.taken],
        outcome.deducted,
        outcome.carried,
        outcome.written_off,
    )
