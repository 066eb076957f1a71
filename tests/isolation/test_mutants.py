"""The isolation suite is itself tested: whatever is broken in any table, it goes red."""

from collections import Counter
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from tests.hypotheses import NIGHTLY
from tests.isolation.catalogue import violations
from tests.isolation.matrix import leaks, rows_of
from tests.isolation.mutants import Mutant, mutants
from tests.isolation.test_matrix import World, stands

# A stride without a common divisor, so that each kind of mutant and each table has its turn.
CHOSEN = list(mutants())[:: 1 if NIGHTLY else 23]


class _Undo(Exception):
    """Rolls back what a mutant did."""


async def _broken(
    connection: asyncpg.Connection, mutant: Mutant, look: Callable[[], Awaitable[list[str]]]
) -> list[str]:
    """What a check says of the database while the mutant lives in it."""
    found: list[str] = []
    try:
        async with connection.transaction():
            await connection.execute(mutant.statement)
            found = await look()
            raise _Undo
    except _Undo:
        return found


async def _behaves_otherwise(
    connection: asyncpg.Connection, mutant: Mutant, world: World
) -> list[str]:
    rows = await rows_of(connection, mutant.table)
    for stand in stands(world):
        if mutant.role in (None, stand.role) and (
            found := await leaks(connection, mutant.table, stand, rows)
        ):
            return found
    return []


@pytest.mark.feature("net.own_customers")
async def test_every_mutant_is_found(world: World, superuser: asyncpg.Connection) -> None:
    assert await violations(superuser) == []
    kinds: Counter[str] = Counter()
    missed = []
    for mutant in CHOSEN:
        kinds[mutant.name] += 1
        if not await _broken(superuser, mutant, lambda: violations(superuser)):
            missed.append(("catalogue", mutant))
        if mutant.shows and not await _broken(
            superuser, mutant, lambda m=mutant: _behaves_otherwise(superuser, m, world)
        ):
            missed.append(("matrix", mutant))
    shown = sum(mutant.shows for mutant in CHOSEN)
    print(f"{len(CHOSEN)} mutants ({dict(kinds)}), {shown} of them to be seen in behaviour too")
    print(f"missed: {len(missed)}")
    assert missed == []
