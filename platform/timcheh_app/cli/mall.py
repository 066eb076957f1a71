"""`timcheh mall create`: a new mall and its first key; works while `serve` runs and without it."""

import argparse
import asyncio
import json
import re
from uuid import UUID

from timcheh.settings import Settings
from timcheh_app.cli.options import Commands, command, settings_from


def register(commands: Commands) -> None:
    parser = commands.add_parser("mall", help="manage malls", description="Manage malls.")
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    create = command(actions, "create", run, "create a mall and print its key, shown only once")
    create.add_argument("--name", required=True, help="the mall's name, as people read it")
    create.add_argument(
        "--slug", required=True, type=_slug, help="its name in addresses: a-z, 0-9 and -"
    )
    create.add_argument("--json", action="store_true", help="print one JSON line")


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", text):
        raise argparse.ArgumentTypeError(
            f"{text!r}: up to 63 of a-z, 0-9 and -, not beginning with -"
        )
    return text


def run(options: argparse.Namespace) -> int:
    from timcheh_app.services import embedded

    settings = settings_from(options)
    with embedded.prepared(settings):
        mall_id, api_key = asyncio.run(_create(settings, options.name, options.slug))
    if options.json:
        print(json.dumps({"mall_id": str(mall_id), "api_key": api_key}))
    else:
        print(f"mall  {mall_id}\nkey   {api_key}\nKeep the key: it is not shown again.")
    return 0


async def _create(settings: Settings, name: str, slug: str) -> tuple[UUID, str]:
    from mall_portal.facade import create_mall
    from timcheh.db import Database, Role

    database = Database({role: settings.dsn(role) for role in Role})
    try:
        made = await create_mall(database, name, slug)
    finally:
        await database.stop()
    return made.mall_id, made.api_key
