"""Naming, closing and reopening a branch. In the shop's scope."""

from uuid import UUID

from sqlalchemy import select

from merchants.branches.errors import LastBranch
from merchants.shops.models import Branch
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound


async def find_branch(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID) -> Branch:
    """A shop's own. Raises NotFound."""
    branch = await uow.session.get(Branch, (uow.scope.mall_id, merchant_id, branch_id))
    if branch is None:
        raise NotFound
    return branch


async def rename_branch(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID, name: str) -> str:
    """Gives it another name and answers the one that it had. Raises NotFound."""
    branch = await find_branch(uow, merchant_id, branch_id)
    before, branch.name = branch.name, name
    await uow.session.flush()
    return before


async def close_branch(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID) -> Branch:
    """It sells no more; all that it has stays. Nothing where it is closed. NotFound, LastBranch."""
    await find_branch(uow, merchant_id, branch_id)
    rows = await uow.session.scalars(
        select(Branch)
        .where(
            Branch.mall_id == uow.scope.mall_id,
            Branch.merchant_id == merchant_id,
            Branch.closed_at.is_(None),
        )
        .order_by(Branch.id)
        .with_for_update()  # of two that are closed at once, one stays
    )
    still = {each.id: each for each in rows}
    branch = still.pop(branch_id, None)
    if branch is None:
        return await find_branch(uow, merchant_id, branch_id)
    if not still:
        raise LastBranch
    branch.closed_at = uow.now
    await uow.session.flush()
    return branch


async def reopen_branch(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID) -> Branch:
    """It sells again, with the tills and people that it had. Raises NotFound."""
    branch = await find_branch(uow, merchant_id, branch_id)
    branch.closed_at = None
    await uow.session.flush()
    return branch
