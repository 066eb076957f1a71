"""What the tests of goods and their sale share."""

from typing import Any
from uuid import UUID

from merchants.customers.models import Customer
from tests.api.conftest import Api
from timcheh.db import Database, Scope

Json = dict[str, Any]
TEA: Json = {"sku": "tea", "name": "چای", "price": 100_000, "group": "نوشیدنی"}


async def join_groups(
    database: Database, mall_id: str, shop: Api, member_id: str, *groups: str
) -> None:
    """Puts a shop's customer into these groups, and no others."""
    key = (UUID(mall_id), UUID(shop.id), UUID(member_id))
    async with database.unit_of_work(Scope.mall(key[0])) as uow:
        (await uow.session.get_one(Customer, key)).groups = list(groups)


def line(sku: str, quantity: float = 1, **more: Any) -> Json:
    """A line that leaves the price to the catalogue."""
    return {"sku": sku, "quantity": quantity, **more}


async def sell(shop: Api, mobile: str, *lines: Json, expect: int = 201, **more: Any) -> Json:
    """A purchase, enrolling the member."""
    body = {"member": {"mobile": mobile}, "enrol": True, "lines": list(lines)}
    return await shop.post("/purchases", body | more, expect=expect)
