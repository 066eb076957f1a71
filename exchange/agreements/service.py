"""Proposing, answering and ending agreements.

All of it runs in the mall's scope on behalf of one shop, because an answer changes who accepts
another shop's scope; whose agreement it is, is checked here.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, update

from exchange.agreements.errors import AgreementExists, AgreementNotOpen
from exchange.agreements.models import Agreement
from merchants.facade import find_account, find_shop
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.outbox import emit


async def propose(
    uow: UnitOfWork,
    issuer_id: UUID,
    acceptor_id: UUID,
    *,
    fee_bps: int,
    max_share_bps: int,
    ends_at: datetime | None = None,
    notice_days: int = 0,
) -> Agreement:
    """The issuer asks a shop to accept its partner credit. Raises Invalid, AgreementExists."""
    if acceptor_id == issuer_id:
        raise Invalid.field("/acceptor_id", "own_shop")
    if ends_at is not None and ends_at <= uow.now:
        raise Invalid.field("/ends_at", "in_the_past")
    try:
        await find_shop(uow, acceptor_id)
    except NotFound:
        raise Invalid.field("/acceptor_id", "unknown_shop") from None
    await _close_what_is_over(uow, issuer_id, acceptor_id)
    live = await uow.session.scalar(
        select(Agreement.id).where(*_between(uow, issuer_id, acceptor_id))
    )
    if live is not None:
        raise AgreementExists
    agreement = Agreement(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        issuer_id=issuer_id,
        acceptor_id=acceptor_id,
        fee_bps=fee_bps,
        max_share_bps=max_share_bps,
        notice_days=notice_days,
        state="proposed",
        ends_at=ends_at,
        created_at=uow.now,
        answered_at=None,
        ended_at=None,
    )
    uow.session.add(agreement)
    await uow.session.flush()
    await _tell(uow, "proposed", agreement)
    return agreement


async def _close_what_is_over(uow: UnitOfWork, issuer_id: UUID, acceptor_id: UUID) -> None:
    """What time has ended stands in nobody's way any more."""
    await uow.session.execute(
        update(Agreement)
        .where(*_between(uow, issuer_id, acceptor_id), Agreement.ends_at <= uow.now)
        .values(state="terminated", ended_at=Agreement.ends_at)
    )


def _between(uow: UnitOfWork, issuer_id: UUID, acceptor_id: UUID) -> tuple[Any, ...]:
    return (
        Agreement.mall_id == uow.scope.mall_id,
        Agreement.issuer_id == issuer_id,
        Agreement.acceptor_id == acceptor_id,
        Agreement.state.in_(("proposed", "accepted")),
    )


async def accept(uow: UnitOfWork, merchant_id: UUID, agreement_id: UUID) -> Agreement:
    """The acceptor agrees: from now on it accepts the issuer's partner scope on these terms."""
    agreement = await _mine(uow, merchant_id, agreement_id)
    if agreement.acceptor_id != merchant_id:
        raise NotFound
    if agreement.state == "accepted":
        return agreement
    if agreement.state != "proposed" or (agreement.ends_at and agreement.ends_at <= uow.now):
        raise AgreementNotOpen
    issuer = await find_account(uow, agreement.issuer_id)
    await postings.accept_scope(
        uow,
        issuer.partners_scope_id,
        agreement.acceptor_id,
        fee_bps=agreement.fee_bps,
        max_share_bps=agreement.max_share_bps,
        until=agreement.ends_at,
    )
    agreement.state, agreement.answered_at = "accepted", uow.now
    await _tell(uow, "accepted", agreement)
    return agreement


async def decline(uow: UnitOfWork, merchant_id: UUID, agreement_id: UUID) -> Agreement:
    """The acceptor says no, before having said yes."""
    agreement = await _mine(uow, merchant_id, agreement_id)
    if agreement.acceptor_id != merchant_id:
        raise NotFound
    if agreement.state == "declined":
        return agreement
    if agreement.state != "proposed":
        raise AgreementNotOpen
    agreement.state, agreement.answered_at = "declined", uow.now
    await _tell(uow, "declined", agreement)
    return agreement


async def terminate(uow: UnitOfWork, merchant_id: UUID, agreement_id: UUID) -> Agreement:
    """Either shop ends it. What is granted already stays spendable for the agreed notice."""
    agreement = await _mine(uow, merchant_id, agreement_id)
    if agreement.state == "terminated":
        return agreement
    if agreement.state == "accepted":
        issuer = await find_account(uow, agreement.issuer_id)
        until = uow.now + timedelta(days=agreement.notice_days)
        if agreement.ends_at is not None:
            until = min(until, agreement.ends_at)
        await postings.end_acceptance(uow, issuer.partners_scope_id, agreement.acceptor_id, until)
    elif agreement.state != "proposed":
        raise AgreementNotOpen
    agreement.state, agreement.ended_at = "terminated", uow.now
    await _tell(uow, "terminated", agreement)
    return agreement


async def list_agreements(
    uow: UnitOfWork, merchant_id: UUID, after: UUID | None, fetch: int
) -> list[Agreement]:
    """A shop's agreements, as issuer or acceptor, newest first."""
    query = select(Agreement).where(
        Agreement.mall_id == uow.scope.mall_id,
        or_(Agreement.issuer_id == merchant_id, Agreement.acceptor_id == merchant_id),
    )
    if after is not None:
        query = query.where(Agreement.id < after)
    return list(await uow.session.scalars(query.order_by(Agreement.id.desc()).limit(fetch)))


async def find_agreement(uow: UnitOfWork, merchant_id: UUID, agreement_id: UUID) -> Agreement:
    """One of a shop's agreements. Raises NotFound for anybody else's."""
    agreement = await uow.session.scalar(_of(uow, merchant_id, agreement_id))
    if agreement is None:
        raise NotFound
    return agreement


async def _mine(uow: UnitOfWork, merchant_id: UUID, agreement_id: UUID) -> Agreement:
    agreement = await uow.session.scalar(_of(uow, merchant_id, agreement_id).with_for_update())
    if agreement is None:
        raise NotFound
    return agreement


def _of(uow: UnitOfWork, merchant_id: UUID, agreement_id: UUID) -> Select[Agreement]:
    return select(Agreement).where(
        Agreement.mall_id == uow.scope.mall_id,
        Agreement.id == agreement_id,
        or_(Agreement.issuer_id == merchant_id, Agreement.acceptor_id == merchant_id),
    )


async def _tell(uow: UnitOfWork, what: str, agreement: Agreement) -> None:
    await emit(
        uow,
        f"exchange.agreement_{what}",
        {
            "agreement_id": str(agreement.id),
            "issuer_id": str(agreement.issuer_id),
            "acceptor_id": str(agreement.acceptor_id),
        },
    )
