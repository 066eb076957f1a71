"""A shop's goods and services."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from merchants.catalogue.models import Product, ProductGroup
from merchants.catalogue.pasting import PastedGood
from merchants.shops.models import MerchantAccount
from timcheh.db import UnitOfWork
from timcheh.ids import new_id


@dataclass(frozen=True, slots=True)
class Details:
    """What a product may have beside name, price and group. Shares in basis points."""

    unit: str | None = None
    barcode: str | None = None
    active: bool = True
    discount_bps: int | None = None
    credit_bps: int | None = None
    credit_days: int | None = None
    credit_scope: str = "own"
    points: int | None = None


async def put_product(
    uow: UnitOfWork,
    merchant_id: UUID,
    sku: str,
    name: str,
    price: int,
    group: str | None,
    details: Details | None = None,
) -> Product:
    """Adds a product, or changes the one that has its SKU. `price` in rial.

    Without `details` those of a product that is there already stay.
    """
    change = {"name": name, "price": price, "group": group}
    change |= asdict(details) if details else {}
    await uow.session.execute(
        insert(Product)
        .values(
            mall_id=uow.scope.mall_id,
            merchant_id=merchant_id,
            sku=sku,
            id=new_id(),
            created_at=uow.now,
            **change,
        )
        .on_conflict_do_update(index_elements=["mall_id", "merchant_id", "sku"], set_=change)
    )
    if group:
        await put_groups(uow, merchant_id, [group])
    if details:
        await note_terms(uow, merchant_id)
    return await uow.session.get_one(
        Product, (uow.scope.mall_id, merchant_id, sku), populate_existing=True
    )


async def import_goods(uow: UnitOfWork, merchant_id: UUID, goods: Sequence[PastedGood]) -> None:
    """Adds goods, or changes those that are there already; their own terms stay."""
    fields = ("name", "price", "group", "unit", "barcode")
    statement = insert(Product)
    await uow.session.execute(
        statement.on_conflict_do_update(
            index_elements=["mall_id", "merchant_id", "sku"],
            set_={name: statement.excluded[name] for name in fields},
        ),
        [
            {
                "mall_id": uow.scope.mall_id,
                "merchant_id": merchant_id,
                "id": new_id(),
                "created_at": uow.now,
                **asdict(good),
            }
            for good in goods
        ],
    )
    groups = [good.group for good in goods if good.group]
    if groups:
        await put_groups(uow, merchant_id, groups)


async def put_groups(uow: UnitOfWork, merchant_id: UUID, names: Sequence[str]) -> None:
    """Makes sure that the shop has groups of these names."""
    rows = [
        {
            "mall_id": uow.scope.mall_id,
            "merchant_id": merchant_id,
            "name": name,
            "created_at": uow.now,
        }
        for name in sorted(set(names))
    ]
    await uow.session.execute(insert(ProductGroup).values(rows).on_conflict_do_nothing())


async def note_terms(uow: UnitOfWork, merchant_id: UUID) -> None:
    """Tells the till whether any product has terms of its own: if none has, none is looked up."""
    any_terms = exists(
        select(Product.sku).where(
            Product.mall_id == uow.scope.mall_id,
            Product.merchant_id == merchant_id,
            or_(
                Product.discount_bps.is_not(None),
                Product.credit_bps.is_not(None),
                Product.points.is_not(None),
            ),
        )
    )
    await uow.session.execute(
        update(MerchantAccount)
        .where(
            MerchantAccount.mall_id == uow.scope.mall_id,
            MerchantAccount.merchant_id == merchant_id,
            MerchantAccount.item_terms.is_distinct_from(any_terms),
        )
        .values(item_terms=any_terms)
    )


async def list_products(
    uow: UnitOfWork, merchant_id: UUID, after: str | None, fetch: int
) -> list[Product]:
    """The shop's products by SKU."""
    query = select(Product).where(
        Product.mall_id == uow.scope.mall_id, Product.merchant_id == merchant_id
    )
    if after is not None:
        query = query.where(Product.sku > after)
    return list(await uow.session.scalars(query.order_by(Product.sku).limit(fetch)))
