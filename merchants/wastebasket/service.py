"""Throwing a row away so that it can be taken back, as it was and under its own id.

For what one shop writes for itself and nothing else points to. So lists and uniqueness know nothing
of what is gone, and no query has to leave it out.
"""

from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import delete, inspect

from merchants.wastebasket.models import Discarded
from timcheh.db import Base, UnitOfWork
from timcheh.errors import NotFound

KEPT: Final = timedelta(days=1)
Row = TypeVar("Row", bound=Base)


async def throw_away(uow: UnitOfWork, merchant_id: UUID, row: Any, key: UUID | None = None) -> None:
    """Deletes a row and keeps what it held, under its `id` or the key by which it is one."""
    content = {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}
    id = key or row.id
    await uow.session.execute(_thrown(uow, merchant_id, row.__tablename__, id))  # an earlier one
    uow.session.add(
        Discarded(
            mall_id=uow.scope.mall_id,
            merchant_id=merchant_id,
            kind=row.__tablename__,
            id=id,
            content=msgspec.to_builtins(content),
            at=uow.now,
        )
    )
    await uow.session.delete(row)
    await uow.session.flush()


async def take_back(
    uow: UnitOfWork, merchant_id: UUID, model: type[Row], row_id: UUID
) -> dict[str, Any]:
    """What a row held that was thrown away, as its columns have it; it leaves the wastebasket.

    Whoever asks makes the row of it and judges what has changed meanwhile. Raises NotFound.
    """
    content = await uow.session.scalar(
        _thrown(uow, merchant_id, model.__tablename__, row_id).returning(Discarded.content)
    )
    if content is None:
        raise NotFound
    types = {each.key: each.columns[0].type.python_type for each in inspect(model).column_attrs}
    return {
        name: msgspec.convert(value, types[name])
        if value is not None and isinstance(value, str)
        else value
        for name, value in content.items()
    }


def _thrown(uow: UnitOfWork, merchant_id: UUID, kind: str, id: UUID) -> Any:
    return delete(Discarded).where(
        Discarded.mall_id == uow.scope.mall_id,
        Discarded.merchant_id == merchant_id,
        Discarded.kind == kind,
        Discarded.id == id,
    )


async def empty(uow: UnitOfWork) -> None:
    """Forgets what nobody took back in time. In the mall's scope."""
    await uow.session.execute(
        delete(Discarded).where(
            Discarded.mall_id == uow.scope.mall_id, Discarded.at < uow.now - KEPT
        )
    )
