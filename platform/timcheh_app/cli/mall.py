"""`timcheh mall`: a new mall with its first key, how many members its plan allows, and letting
somebody in whose phone is lost.

All work while `serve` runs and without it.
"""

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
    quota = command(actions, "quota", run_quota, "say how many members a mall's plan allows")
    quota.add_argument("--slug", required=True, type=_slug, help="the mall's name in addresses")
    quota.add_argument(
        "--most", required=True, type=_ceiling, help="a number of members, or none for no ceiling"
    )

    reset = command(
        actions, "reset-second-factor", run_reset, "let somebody of the staff in by password again"
    )
    reset.add_argument("--slug", required=True, type=_slug, help="the mall's name in addresses")
    reset.add_argument("--mobile", required=True, type=_mobile, help="whose phone is lost")


def _mobile(text: str) -> str:
    from timcheh.text.identifiers import IdentifierError, mobile

    try:
        return mobile(text)
    except IdentifierError:
        raise argparse.ArgumentTypeError(f"{text!r}: 11 digits that begin with 09") from None


def _ceiling(text: str) -> int | None:
    if text == "none":
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r}: a number from 1 on, or none")
    return int(text)


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


def run_quota(options: argparse.Namespace) -> int:
    from timcheh_app.services import embedded

    settings = settings_from(options)
    with embedded.prepared(settings):
        members = asyncio.run(_set_quota(settings, options.slug, options.most))
    if members is None:
        print("no ceiling")
    else:
        print(f"{members} of {options.most} members")
    return 0


async def _set_quota(settings: Settings, slug: str, most: int | None) -> int | None:
    """How many members there are now; None where there is no ceiling."""
    from members.facade import quota_of, set_quota
    from timcheh.db import Database, Role, Scope
    from timcheh.malls import MallDirectory

    database = Database({role: settings.dsn(role) for role in Role})
    try:
        mall = await MallDirectory(database).by_slug(slug)
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            await set_quota(uow, most)
            quota = await quota_of(uow)
            return quota.members if quota else None
    finally:
        await database.stop()


async def _create(settings: Settings, name: str, slug: str) -> tuple[UUID, str]:
    from mall_portal.facade import create_mall
    from timcheh.db import Database, Role

    database = Database({role: settings.dsn(role) for role in Role})
    try:
        made = await create_mall(database, name, slug)
    finally:
        await database.stop()
    return made.mall_id, made.api_key


def run_reset(options: argparse.Namespace) -> int:
    """For a mall's only administrator, whom no colleague can help."""
    from timcheh_app.services import embedded

    settings = settings_from(options)
    with embedded.prepared(settings):
        done = asyncio.run(take_second_factor(settings, options.slug, options.mobile))
    print("done: the password is enough now" if done else "nobody there has a second factor")
    return 0 if done else 1


async def take_second_factor(settings: Settings, slug: str, mobile: str) -> bool:
    """Whether there was one to take away."""
    from timcheh.access.second_factor.resetting import RESET, reset_second_factor
    from timcheh.access.staff import find_staff
    from timcheh.audit.service import SYSTEM, record
    from timcheh.db import Database, Role, Scope
    from timcheh.errors import NotFound
    from timcheh.malls import MallDirectory
    from timcheh.text.locale import Locale

    database = Database({role: settings.dsn(role) for role in Role})
    try:
        mall = await MallDirectory(database).by_slug(slug)
        async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
            staff = await find_staff(uow, mobile)
            if staff is None:
                return False
            door = settings.public_address(slug)
            await reset_second_factor(
                uow, staff, by=mall.name, mall_name=mall.name, door=door, locale=Locale(mall.locale)
            )
            await record(uow, SYSTEM, RESET, "staff", staff.id)
    except NotFound:
        return False
    finally:
        await database.stop()
    return True
