"""`timcheh proof`: checks every invariant of the ledger on the database as it is."""

import argparse
import asyncio
import json
from typing import Any

from timcheh.settings import Settings
from timcheh_app.cli.options import Commands, command, settings_from


def register(commands: Commands) -> None:
    parser = command(commands, "proof", run, "check every invariant of the ledger")
    parser.add_argument("--json", action="store_true", help="print one JSON line")


def run(options: argparse.Namespace) -> int:
    from timcheh_app.services import embedded

    settings = settings_from(options)
    with embedded.prepared(settings):
        outcome = asyncio.run(_prove(settings))
    if options.json:
        print(json.dumps(outcome, ensure_ascii=False))
    else:
        for check in outcome["checks"]:
            print(f"{'ok  ' if check['ok'] else 'FAIL'}  {check['name']}  {check['detail']}")
    return 0 if outcome["ok"] else 1


async def _prove(settings: Settings) -> dict[str, Any]:
    from timcheh.db import Database, Role
    from timcheh_app import proof

    database = Database({role: settings.dsn(role) for role in Role})
    try:
        return await proof.run(database)
    finally:
        await database.stop()
