"""Defining sales colleagues, and paying them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from sqlalchemy import delete, func, select

from merchants.colleagues.errors import ColleagueOwedLess
from merchants.colleagues.models import Colleague, ColleagueTerms, Commission
from merchants.colleagues.terms import Rate
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id

OWED_LESS = "TM020"
"""The SQLSTATE by which `merchants.pay_colleague` refuses."""
_PAY = "SELECT merchants.pay_colleague($1, $2, $3, $4, $5, $6)"


@dataclass(frozen=True, slots=True)
class ColleagueRow:
    """A colleague with their terms by product group, and what the shop owes them (rial)."""

    id: UUID
    name: str
    mobile: str | None
    active: bool
    terms: dict[str, Rate]
    balance: int


async def put_colleague(
    uow: UnitOfWork,
    merchant_id: UUID,
    name: str,
    mobile: str | None,
    terms: dict[str, Rate],
    *,
    active: bool = True,
    colleague_id: UUID | None = None,
) -> Colleague:
    """Defines a colleague, or changes the one of `colleague_id`.

    Raises NotFound for an unknown one, Invalid for a name that another has.
    """
    mall = uow.scope.mall_id
    namesake = await uow.session.scalar(
        select(Colleague).where(
            Colleague.mall_id == mall,
            Colleague.merchant_id == merchant_id,
            Colleague.name == name,
        )
    )
    if namesake is not None and namesake.id != colleague_id:
        raise Invalid.field("/name", "name_taken")
    if colleague_id is None:
        row = Colleague(
            mall_id=mall, merchant_id=merchant_id, id=new_id(), name=name, created_at=uow.now
        )
        uow.session.add(row)
    else:
        row = await find_colleague(uow, merchant_id, colleague_id)
    row.name, row.mobile, row.active = name, mobile, active
    await uow.session.flush()
    await _set_terms(uow, row, terms)
    return row


async def find_colleague(uow: UnitOfWork, merchant_id: UUID, colleague_id: UUID) -> Colleague:
    """Raises NotFound."""
    row = await uow.session.get(Colleague, (uow.scope.mall_id, merchant_id, colleague_id))
    if row is None:
        raise NotFound
    return row


async def list_colleagues(
    uow: UnitOfWork, merchant_id: UUID, only: UUID | None = None
) -> list[ColleagueRow]:
    """The shop's colleagues by name, or only one of them."""
    mall = uow.scope.mall_id
    query = select(Colleague).where(Colleague.mall_id == mall, Colleague.merchant_id == merchant_id)
    if only is not None:
        query = query.where(Colleague.id == only)
    rows = list(await uow.session.scalars(query.order_by(Colleague.name)))
    ids = [row.id for row in rows]
    terms: dict[UUID, dict[str, Rate]] = {}
    for term in await uow.session.scalars(
        select(ColleagueTerms)
        .where(
            ColleagueTerms.mall_id == mall,
            ColleagueTerms.merchant_id == merchant_id,
            ColleagueTerms.colleague_id.in_(ids),
        )
        .order_by(ColleagueTerms.group)
    ):
        terms.setdefault(term.colleague_id, {})[term.group] = Rate(term.bps, term.amount)
    found = await uow.session.execute(
        select(Commission.colleague_id, func.sum(Commission.amount))
        .where(
            Commission.mall_id == mall,
            Commission.merchant_id == merchant_id,
            Commission.colleague_id.in_(ids),
        )
        .group_by(Commission.colleague_id)
    )
    owed = {id: int(amount) for id, amount in found}
    return [
        ColleagueRow(
            row.id, row.name, row.mobile, row.active, terms.get(row.id, {}), owed.get(row.id, 0)
        )
        for row in rows
    ]


async def active_colleagues(uow: UnitOfWork, merchant_id: UUID) -> list[tuple[UUID, str]]:
    """Whom a line can name: id and name."""
    rows = await uow.session.execute(
        select(Colleague.id, Colleague.name)
        .where(
            Colleague.mall_id == uow.scope.mall_id,
            Colleague.merchant_id == merchant_id,
            Colleague.active,
        )
        .order_by(Colleague.name)
    )
    return [(id, name) for id, name in rows]


async def statement_of(
    uow: UnitOfWork, merchant_id: UUID, colleague_id: UUID, before: UUID | None, fetch: int
) -> Sequence[Commission]:
    """A colleague's movements, newest first. Raises NotFound."""
    await find_colleague(uow, merchant_id, colleague_id)
    query = select(Commission).where(
        Commission.mall_id == uow.scope.mall_id,
        Commission.merchant_id == merchant_id,
        Commission.colleague_id == colleague_id,
    )
    if before is not None:
        query = query.where(Commission.id < before)
    return list(await uow.session.scalars(query.order_by(Commission.id.desc()).limit(fetch)))


async def pay_colleague(
    uow: UnitOfWork, merchant_id: UUID, colleague_id: UUID, amount: int, actor_id: UUID
) -> None:
    """Notes that the shop has paid a colleague `amount` rial, in the mall's scope.

    Raises NotFound, and ColleagueOwedLess for more than is owed.
    """
    await find_colleague(uow, merchant_id, colleague_id)
    driver = await uow.driver()
    try:
        await driver.execute(
            _PAY, uow.scope.mall_id, merchant_id, colleague_id, amount, actor_id, uow.now
        )
    except asyncpg.PostgresError as error:
        if error.sqlstate != OWED_LESS:
            raise
        raise ColleagueOwedLess from error


async def _set_terms(uow: UnitOfWork, row: Colleague, terms: dict[str, Rate]) -> None:
    await uow.session.execute(
        delete(ColleagueTerms).where(
            ColleagueTerms.mall_id == row.mall_id,
            ColleagueTerms.merchant_id == row.merchant_id,
            ColleagueTerms.colleague_id == row.id,
        )
    )
    uow.session.add_all(
        ColleagueTerms(
            mall_id=row.mall_id,
            merchant_id=row.merchant_id,
            colleague_id=row.id,
            group=group,
            bps=rate.bps,
            amount=rate.amount,
        )
        for group, rate in terms.items()
    )
    await uow.session.flush()
