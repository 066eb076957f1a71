"""What a shop's gifts have in common: the points they are of, and whether they are in force."""

from typing import Any
from uuid import UUID

from sqlalchemy import update

from merchants.programme.queries import ScopeRow, read_scopes
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound


async def points_named(uow: UnitOfWork, merchant_id: UUID, name: str) -> ScopeRow:
    """The points that a form names. Raises Invalid at `/scope` for what the shop has no part in."""
    scope = (await read_scopes(uow, merchant_id)).get(name)
    if scope is None or scope[2] != "point":
        raise Invalid.field("/scope", "required")
    return scope


async def put_in_state(
    uow: UnitOfWork, table: Any, merchant_id: UUID, id: UUID, state: str
) -> None:
    """Stops a shop's row of `table`, a mapped class, or takes it up again. Raises NotFound."""
    changed: Any = await uow.session.execute(
        update(table)
        .where(table.mall_id == uow.scope.mall_id, table.merchant_id == merchant_id, table.id == id)
        .values(state=state)
    )
    if changed.rowcount != 1:
        raise NotFound
