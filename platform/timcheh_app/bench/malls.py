"""The malls of the bench: made, or found where an earlier run left them (`--data-dir`)."""

import msgspec
from sqlalchemy import text

from timcheh.db import Database, Scope
from timcheh_app.bench import yardstick
from timcheh_app.bench.course import World
from timcheh_app.bench.growth import grow
from timcheh_app.bench.mall import Mall
from timcheh_app.bench.say import say
from timcheh_app.bench.servers import Servers
from timcheh_app.bench.world import build

_PURCHASES = text("SELECT count(*) FROM merchants.purchase WHERE mall_id = :mall")


def open_mall(servers: Servers, name: str, number: int, members: int) -> Mall:
    """The mall of that name and size, on a migrated database of its own; no process runs yet."""
    file = servers.directory / name / "world.json"
    if not file.exists():  # what is there of it was not finished
        yardstick.sql(servers.settings, f"DROP DATABASE IF EXISTS {name}")
    installation = servers.open(name, number)
    if file.exists():
        world = msgspec.json.decode(file.read_bytes(), type=World)
        bought = installation.run(lambda database: _bought(database, world))
        return Mall(installation, world, begun=bought - world.history)
    say(f"a mall of {members:,} members")

    async def make(database: Database) -> World:
        first = await build(database)
        return await grow(installation.settings, database, first, members)

    world = installation.run(make)
    file.write_bytes(msgspec.json.encode(world))
    return Mall(installation, world)


async def _bought(database: Database, world: World) -> int:
    async with database.unit_of_work(Scope.mall(world.mall_id)) as uow:
        count: int = (await uow.session.execute(_PURCHASES, {"mall": world.mall_id})).scalar_one()
    return count
