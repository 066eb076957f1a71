"""On which days before expiry members are told, over the API: a shop's key, or the mall's."""

from typing import Annotated

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.expiring.service import (
    LONGEST_BEFORE,
    MALL,
    MOST_STEPS,
    reminder_days,
    set_reminder_days,
)
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope
from timcheh.web.bodies import Body

Day = Annotated[int, Meta(ge=1, le=LONGEST_BEFORE)]


class ReminderBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days before the last one; none: members aren't told."""

    days: Annotated[tuple[Day, ...], Meta(max_length=MOST_STEPS)]


class ReminderOut(Struct):
    """As in the body, the furthest first."""

    days: list[int]


class ReminderController(Controller):
    """What members are told before their value expires."""

    path = "/api/v1"
    tags = ("shop",)

    @get("/expiry-reminders", summary="When members are told of what expires")
    async def shops(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> ReminderOut:
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            return ReminderOut(await reminder_days(uow, merchant_caller.shop))

    @put("/expiry-reminders", summary="Set when the shop's members are told")
    async def set_shops(
        self,
        data: JSONBody[ReminderBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ReminderOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await set_reminder_days(uow, merchant_caller.shop, data.days)
        return ReminderOut(sorted(set(data.days), reverse=True))

    @put("/mall/expiry-reminders", summary="Set it for shops that have not")
    async def set_malls(
        self,
        data: JSONBody[ReminderBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ReminderOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            await set_reminder_days(uow, MALL, data.days)
        return ReminderOut(sorted(set(data.days), reverse=True))
