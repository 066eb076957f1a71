"""Every table × role × verb × scope: what is done touches what is one's own, and nothing else."""

from collections.abc import Iterator

import asyncpg
import pytest

from tests.isolation.catalogue import TABLES
from tests.isolation.matrix import Stand, leaks, rows_of
from tests.isolation.world import Town
from timcheh.db.security import POSTING, declared, verbs
from timcheh.ids import new_id

World = tuple[Town, Town]
APP, MERCHANT, MEMBER = "timcheh_app", "timcheh_merchant", "timcheh_member"


def stands(world: World) -> Iterator[Stand]:
    """Each role in its own scope, in each other's, in one that is nobody's, and in none."""
    here, there = world
    for name, town in (("here", here), ("there", there)):
        mall = town.mall_id
        yield Stand(f"app {name}", APP, mall)
        yield Stand(f"posting {name}", POSTING, mall)
        for number in range(2):
            yield Stand(f"shop {number} {name}", MERCHANT, mall, merchant=town.shops[number].id)
            yield Stand(f"member {number} {name}", MEMBER, mall, member=town.members[number])
    # A scope that mixes two malls, one without its second half, one of nobody, and none.
    yield Stand("shop of there, here", MERCHANT, here.mall_id, merchant=there.shops[0].id)
    yield Stand("member of there, here", MEMBER, here.mall_id, member=there.members[0])
    for role in (APP, POSTING, MERCHANT, MEMBER):
        yield Stand(f"{role} without scope", role)
        yield Stand(f"{role} without mall", role, None, here.shops[0].id, here.members[0])
        yield Stand(f"{role} nowhere", role, new_id(), new_id(), new_id())
    yield Stand("no shop, here", MERCHANT, here.mall_id)
    yield Stand("no member, here", MEMBER, here.mall_id)


async def all_leaks(world: World, superuser: asyncpg.Connection, table: str) -> list[str]:
    rows = await rows_of(superuser, table)
    found = [await leaks(superuser, table, stand, rows) for stand in stands(world)]
    return [line for lines in found for line in lines]


@pytest.mark.feature("net.own_customers")
@pytest.mark.parametrize("table", TABLES)
async def test_one_reads_and_writes_only_what_is_ones_own(
    world: World, superuser: asyncpg.Connection, table: str
) -> None:
    assert await all_leaks(world, superuser, table) == []


@pytest.mark.parametrize("table", TABLES)
async def test_the_matrix_is_about_something(
    world: World, superuser: asyncpg.Connection, table: str
) -> None:
    """Every role that reads a table has rows of its own in it, and there are others' too."""
    rows = await rows_of(superuser, table)
    may, access = verbs(TABLES[table]), declared(TABLES[table])
    narrowed = {APP: ("mall_id",), MERCHANT: access.merchant_rows, MEMBER: access.member_rows}
    for stand in stands(world):
        if " here" not in stand.name or "," in stand.name or stand.role == POSTING:
            continue
        if may[stand.role]:
            assert any(stand.owns(table, row) for row in rows), stand.name
            assert not narrowed[stand.role] or not all(stand.owns(table, row) for row in rows)


BREACHES = {
    "merchants.customer": [
        "DROP POLICY merchant_merchant_id ON merchants.customer",
        "ALTER POLICY merchant_merchant_id ON merchants.customer USING (mall_id = kernel.mall())",
        "ALTER POLICY app ON merchants.customer WITH CHECK (true)",
        "ALTER TABLE merchants.customer DISABLE ROW LEVEL SECURITY",
        "GRANT DELETE ON merchants.customer TO timcheh_merchant",
        "REVOKE SELECT ON merchants.customer FROM timcheh_member",
    ],
    "merchants.product": [
        "ALTER POLICY merchant_merchant_id ON merchants.product"
        " WITH CHECK (mall_id = kernel.mall())",
        "ALTER POLICY app ON merchants.product USING (true)",
        "CREATE POLICY more ON merchants.product TO timcheh_app USING (true)",
    ],
    "ledger.lot": [
        "ALTER POLICY member_holder_id ON ledger.lot USING (true)",
        "ALTER POLICY posting ON ledger.lot WITH CHECK (true)",
        "ALTER TABLE ledger.lot OWNER TO timcheh_app; ALTER TABLE ledger.lot NO FORCE ROW LEVEL"
        " SECURITY",
    ],
}


@pytest.mark.parametrize(
    ("table", "breach"), [(table, line) for table, lines in BREACHES.items() for line in lines]
)
async def test_the_matrix_goes_red(
    world: World, superuser: asyncpg.Connection, table: str, breach: str
) -> None:
    """A policy, FORCE or WITH CHECK that is gone shows in what roles can do, not only on paper."""
    await superuser.execute(breach)
    assert await all_leaks(world, superuser, table)
