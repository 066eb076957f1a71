"""`timcheh facts`: tells anew, from what was recorded, what shops keep of their customers and the
mall of its days."""

import argparse
import asyncio

from timcheh.settings import Settings
from timcheh_app.cli.options import Commands, command, settings_from


def register(commands: Commands) -> None:
    command(commands, "facts", run, "tell anew what is kept of customers and of days")


def run(options: argparse.Namespace) -> int:
    from timcheh_app.services import embedded

    settings = settings_from(options)
    with embedded.prepared(settings):
        changed = asyncio.run(_rebuild(settings))
    print(f"{changed} customers were put right")
    return 0


async def _rebuild(settings: Settings) -> int:
    from mall_portal.facade import retell_days
    from merchants.facade import rebuild_customers, shop_names
    from timcheh.db import Database, Role, Scope

    database = Database({role: settings.dsn(role) for role in Role})
    changed = 0
    try:
        for mall_id in await database.mall_ids():
            async with database.unit_of_work(Scope.mall(mall_id)) as uow:
                shops = list(await shop_names(uow))
            for merchant_id in shops:
                async with database.unit_of_work(Scope.mall(mall_id)) as uow:
                    changed += await rebuild_customers(uow, merchant_id)
            await retell_days(database, mall_id)
    finally:
        await database.stop()
    return changed
