"""A shop with terms for referrers, and people who brought each other: for the tests of referral."""

from uuid import UUID

import pytest
from sqlalchemy import update

from members.facade import Member
from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, People, Person
from timcheh.db import Database, Scope
from timcheh.jobs.relay import Relay
from timcheh.ledger.queries import balance_of
from timcheh_app.modules import modules

TERMS = {"first_reward": "20000", "first_minimum": "50000", "level_1": "2", "level_2": "1"}


class Town:
    """A shop with terms, and people who brought each other to the club."""

    def __init__(self, floor: Floor, database: Database) -> None:
        self.floor, self.database = floor, database
        self.mall_id = UUID(str(floor.mall.id))

    async def member(self, referrer: UUID | None = None) -> tuple[UUID, str]:
        mobile = new_mobile()
        made = await self.floor.mall.post("/members", {"mobile": mobile})
        await self.brought(UUID(made["id"]), referrer)
        return UUID(made["id"]), mobile

    async def brought(self, member: UUID, referrer: UUID | None) -> None:
        async with self.database.unit_of_work(Scope.mall(self.mall_id)) as uow:
            await uow.session.execute(
                update(Member)
                .where(Member.mall_id == self.mall_id, Member.id == member)
                .values(referrer_id=referrer)
            )

    async def settle(self) -> None:
        """What follows events is done, twice: the second time nothing is left to do."""
        for _ in range(2):
            await Relay(self.database, modules()).drain(self.mall_id)

    async def credit(self, member: UUID) -> int:
        lots = await self.floor.mall.lots(str(member))
        return sum(lot["available"] for lot in lots if lot["unit"] == "rial")

    async def commission(self, member: UUID) -> int:
        async with self.database.unit_of_work(Scope.mall(self.mall_id)) as uow:
            return await balance_of(uow, "commission", member)


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    person = await people(shop_floor.shop)
    await person.post("/referral", **TERMS)
    await shop_floor.shop.put("/rules", {"rules": []})
    return person


@pytest.fixture
def town(shop_floor: Floor, owner: Person, database: Database) -> Town:
    return Town(shop_floor, database)
