"""A shop's customers from an Excel file: brought, tried and taken in by the worker, end to end."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from merchants.importing import planning
from merchants.importing.queries import find_batch
from merchants.importing.service import bring_file, name_columns, start
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.ids import new_id
from timcheh.sheets import Cell, write_workbook
from timcheh.text.digits import persian_digits
from timcheh.text.locale import Locale
from timcheh_app.bench.mall import Mall

_COLUMNS: Final = (
    "mobile", "name", "birthday", "gender", "father_name", "job", "province", "city",
    "neighbourhood", "address", "credit", "points",
)  # fmt: skip
_BLOCK: Final = 256 * 1024
_FIRST_DAY: Final = date(1960, 1, 1)
_LONGEST: Final = 1_800.0  # seconds


def measure(mall: Mall, rows: int) -> dict[str, float]:
    """Seconds from the file's first byte to the last customer, every tenth with a balance."""
    with tempfile.TemporaryDirectory(prefix="timcheh-bench-") as directory:
        path = Path(directory) / "customers.xlsx"
        write_workbook(path, "customers", _COLUMNS, _people(rows), Locale.FA)
        seconds = mall.installation.run(lambda database: _import(database, mall, path))
    return {f"import_{rows // 1000}k_s": seconds}


def _people(rows: int) -> Iterator[list[Cell]]:
    for n in range(rows):
        yield [
            persian_digits(f"0936{n:07d}"),
            f"نام {n % 900} خانوادگی {n % 5_000}",
            _FIRST_DAY + timedelta(days=n % 15_000),
            "زن" if n % 2 else "مرد",
            f"پدر {n % 300}",
            f"شغل {n % 80}",
            "فارس",
            "شیراز",
            f"محلهٔ {n % 120}",
            f"خیابان {n % 700}، پلاک {n}",
            25_000 if n % 10 == 0 else None,
            40 if n % 10 == 0 else None,
        ]


async def _import(database: Database, mall: Mall, path: Path) -> float:
    world = mall.world
    shop = world.shops[-1].id
    caller = Caller(world.mall_id, "merchant", new_id(), "bench", frozenset(), merchant_id=shop)
    began = time.perf_counter()
    batch_id = await bring_file(database, caller, path.name, _blocks(path), None)
    plan = planning.kept(
        [],
        on_known="fill",
        money_in_toman=True,
        all_consent=True,
        until=None,
        reason="bench",
    )
    async with database.unit_of_work(caller.scope) as uow:
        await name_columns(uow, caller, batch_id, _COLUMNS, plan)
    await _wait(database, caller, batch_id, "checked")
    async with database.unit_of_work(caller.scope) as uow:
        await start(uow, caller, batch_id)
    await _wait(database, caller, batch_id, "imported")
    return time.perf_counter() - began


async def _wait(database: Database, caller: Caller, batch_id: UUID, state: str) -> None:
    """Until the worker is through. Raises RuntimeError where it doesn't get there."""
    until = time.monotonic() + _LONGEST
    while time.monotonic() < until:
        async with database.unit_of_work(caller.scope) as uow:
            batch = await find_batch(uow, caller.shop, batch_id)
        if batch.state == state:
            return
        if batch.state == "failed":
            raise RuntimeError(f"the import failed: {batch.failure}")
        await asyncio.sleep(0.2)
    raise RuntimeError(f"the import is still {batch.state}, {batch.done} rows done")


async def _blocks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
