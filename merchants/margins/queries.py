"""Reading and keeping a shop's margins."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from merchants.catalogue.queries import group_names
from merchants.margins.margins import Margins
from merchants.margins.models import OTHER, GroupMargin
from timcheh.db import UnitOfWork
from timcheh.rules.basket import match_key


async def margins_by_group(uow: UnitOfWork, merchant_id: UUID) -> dict[str, int]:
    """Basis points by group as the shop wrote it; under OTHER for all other goods."""
    rows = await uow.session.execute(
        select(GroupMargin.product_group, GroupMargin.margin_bps)
        .where(GroupMargin.mall_id == uow.scope.mall_id, GroupMargin.merchant_id == merchant_id)
        .order_by(GroupMargin.product_group)
    )
    return {row[0]: row[1] for row in rows}


async def read_margins(uow: UnitOfWork, merchant_id: UUID) -> Margins | None:
    """The margins to reckon with; None until the shop has told its usual one."""
    told = await margins_by_group(uow, merchant_id)
    default = told.pop(OTHER, None)
    return None if default is None else Margins.of(default, told)


async def groups_to_ask(uow: UnitOfWork, merchant_id: UUID) -> list[str]:
    """The groups of the catalogue and those that a margin was told for, each written one way."""
    told = await margins_by_group(uow, merchant_id)
    names = {match_key(name): name for name in await group_names(uow, merchant_id)}
    names |= {match_key(name): name for name in told if name != OTHER}
    return sorted(names.values(), key=match_key)


async def keep_margins(
    uow: UnitOfWork, merchant_id: UUID, default: int, groups: Mapping[str, int]
) -> None:
    """Replaces all of the shop's margins."""
    await uow.session.execute(
        delete(GroupMargin).where(
            GroupMargin.mall_id == uow.scope.mall_id, GroupMargin.merchant_id == merchant_id
        )
    )
    rows = [
        {
            "mall_id": uow.scope.mall_id,
            "merchant_id": merchant_id,
            "product_group": group,
            "margin_bps": bps,
            "updated_at": uow.now,
        }
        for group, bps in {OTHER: default, **groups}.items()
    ]
    await uow.session.execute(insert(GroupMargin).values(rows))
