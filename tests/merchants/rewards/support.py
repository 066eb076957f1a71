"""A shop whose customers have points, and rewards to take for them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from merchants.rewards.claims import take_reward
from merchants.rewards.jobs import LAPSE
from tests.api.conftest import Json
from tests.web_support.portal import Floor
from timcheh.db import Database, Scope
from timcheh.jobs.relay import Relay
from timcheh.module import JobContext
from timcheh.settings import Settings
from timcheh_app.modules import modules


@dataclass
class Counter:
    """The shop of the floor, over its key and, for members, over the services."""

    floor: Floor
    database: Database
    settings: Settings

    @property
    def mall_id(self) -> UUID:
        return UUID(str(self.floor.mall.id))

    async def customer(self, mobile: str, points: int = 0, scope: str = "own") -> UUID:
        """Somebody who has bought here and holds so many points."""
        bought = await self.floor.shop.buy(mobile, 10_000, enrol=True)
        if points:
            await self.give(mobile, points, scope)
        return UUID(bought["member"]["id"])

    async def give(self, mobile: str, points: int, scope: str = "own", **more: Any) -> Json:
        gift = {"member": {"mobile": mobile}, "amount": points, "unit": "point", "scope": scope}
        made: Json = await self.floor.shop.post("/credits", gift | {"reason": "هدیه"} | more)
        return made

    async def offer(self, points: int = 10, **more: Any) -> UUID:
        """A published reward."""
        terms = {"name": "قهوه", "kind": "service", "points": points}
        return UUID((await self.floor.shop.post("/rewards", terms | more))["id"])

    async def take(self, reward: UUID, member: UUID) -> UUID:
        """As the member does on the phone."""
        async with self.database.unit_of_work(Scope.mall(self.mall_id)) as uow:
            return (await take_reward(uow, reward, member, member)).id

    async def claims(self) -> list[Json]:
        items: list[Json] = (await self.floor.shop.get("/reward-claims"))["items"]
        return items

    async def reward(self, reward: UUID) -> Json:
        items = (await self.floor.shop.get("/rewards"))["items"]
        return next(each for each in items if each["id"] == str(reward))

    async def lots(self, member: UUID, unit: str = "point") -> list[int]:
        """What is left of each of the member's lots."""
        lots = await self.floor.mall.lots(str(member))
        return sorted(lot["available"] for lot in lots if lot["unit"] == unit)

    async def lapse(self, now: datetime | None = None) -> None:
        """The job that gives back what was not fetched."""
        at = now or datetime.now(UTC)
        await LAPSE.run(JobContext(self.database, self.settings, self.mall_id, at))

    async def follow(self) -> None:
        """What follows events is done, twice: the second time nothing is left to do."""
        for _ in range(2):
            await Relay(self.database, modules()).drain(self.mall_id)
