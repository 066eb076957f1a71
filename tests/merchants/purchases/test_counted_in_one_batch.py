"""What one batch may count, to the rial: whose bound it is, and what is given back to whom."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import pytest

from timcheh.calendar.jalali import Jalali
from timcheh.db import Database, Role
from timcheh.ids import NIL, new_id

pytestmark = pytest.mark.feature("offer.caps")

NOON = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
TODAY, DAY = NOON.date(), timedelta(days=1)
STALE = "TM007"


class Mall(NamedTuple):
    """A mall of nothing but ids, in the hands of the functions' owner."""

    owner: Any
    id: UUID
    shops: list[UUID]
    members: list[UUID]

    async def call(self, function: str, *arguments: Any) -> str | None:
        """The SQLSTATE of a refusal; then nothing was done."""
        places = ", ".join(f"${n}" for n in range(1, len(arguments) + 2))
        try:
            async with self.owner.transaction():
                await self.owner.execute(
                    f"SELECT merchants.{function}({places})", self.id, *arguments
                )
        except asyncpg.PostgresError as error:
            return error.sqlstate
        return None

    async def rows(self, table: str, columns: str) -> set[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM {table} WHERE mall_id = $1"
        return {tuple(row) for row in await self.owner.fetch(query, self.id)}


@pytest.fixture
async def mall(database: Database) -> AsyncIterator[Mall]:
    owner = await asyncpg.connect(database.dsn(Role.OWNER))
    try:
        ids = [new_id() for _ in range(4)]
        yield Mall(owner, new_id(), ids[:2], ids[2:])
    finally:
        await owner.close()


USED = "merchant_id, rule, member_id, used, times, day, day_used"


def usage(shop: UUID, member: UUID, value: int, day: date = TODAY, **bounds: int) -> Any:
    names = ("member_cap", "member_uses", "daily_budget", "budget")
    return (shop, "r", member, value, day, *(bounds.get(name) for name in names))


@pytest.mark.parametrize(
    ("bound", "fits"),
    [("member_cap", 10), ("daily_budget", 14), ("budget", 14), ("member_uses", 2)],
)
async def test_a_bound_holds_to_the_rial_and_only_for_its_own(
    mall: Mall, bound: str, fits: int
) -> None:
    """One has 9 and gets 1 more; another has 4, and their bound is nobody else's."""
    (a, b), (one, other) = mall.shops, mall.members
    before = [usage(a, one, 9), usage(a, other, 4), usage(b, one, 99), usage(b, other, 99)]
    assert await mall.call("count_usage", before) is None
    kept = await mall.rows("merchants.rule_usage", USED)
    assert await mall.call("count_usage", [usage(a, one, 1, **{bound: fits - 1})]) == STALE
    beside = [usage(a, one, 1, **{bound: fits - 1}), usage(b, other, 0)]
    assert await mall.call("count_usage", beside) == STALE
    assert await mall.rows("merchants.rule_usage", USED) == kept
    assert await mall.call("count_usage", [usage(a, one, 1, **{bound: fits})]) is None


async def test_what_gives_nothing_passes_bounds_in_rial(mall: Mall) -> None:
    a, one = mall.shops[0], mall.members[0]
    assert await mall.call("count_usage", [usage(a, one, 9)]) is None
    tight = {"member_cap": 1, "daily_budget": 1, "budget": 1}
    assert await mall.call("count_usage", [usage(a, one, 0, **tight)]) is None


async def test_a_new_day_begins_with_nothing_and_an_old_one_is_not_given_back_to_it(
    mall: Mall,
) -> None:
    (a, _), (one, other) = mall.shops, mall.members
    both = [usage(a, one, 5), usage(a, other, 2)]
    assert await mall.call("count_usage", both) is None
    tomorrow = [usage(a, one, 3, TODAY + DAY), usage(a, one, 4, TODAY + DAY)]
    assert await mall.call("count_usage", tomorrow) is None
    assert await mall.call("count_usage", [usage(a, one, 1)]) is None  # its clock is behind
    assert await mall.rows("merchants.rule_usage", USED) == {
        (a, "r", one, 13, 4, TODAY + DAY, 8), (a, "r", other, 2, 1, TODAY, 2),
        (a, "r", NIL, 15, 5, TODAY + DAY, 8),
    }  # fmt: skip
    assert await mall.call("uncount_usage", [*both, tomorrow[0]]) is None
    assert await mall.rows("merchants.rule_usage", USED) == {
        (a, "r", one, 5, 2, TODAY + DAY, 5), (a, "r", other, 0, 0, TODAY, 0),
        (a, "r", NIL, 5, 2, TODAY + DAY, 5),
    }  # fmt: skip


def bought(shop: UUID, member: UUID, counted: int | None, cap: int | None) -> Any:
    """A purchase of which only the credit under a cap matters."""
    return (new_id(), shop, None, None, member, *(None,) * 8, NOON, *(None,) * 6, counted, cap)


@pytest.mark.feature("sale.caps")
async def test_a_cap_of_credit_holds_to_the_rial_and_counts_who_has_one(mall: Mall) -> None:
    (a, b), (one, other) = mall.shops, mall.members
    batch = [bought(a, one, 4, 9), bought(a, one, 5, 9), bought(b, one, 7, 8),
             bought(a, other, None, None), bought(b, other, 1, 1)]  # fmt: skip
    assert await mall.call("count_credit", batch) is None
    kept = {(a, one, TODAY, 9), (b, one, TODAY, 7), (b, other, TODAY, 1)}
    columns = "merchant_id, member_id, day, used"
    assert await mall.rows("merchants.credit_use", columns) == kept
    over = [bought(a, one, 1, 9), bought(b, one, 1, 8)]
    assert await mall.call("count_credit", over) == STALE
    assert await mall.rows("merchants.credit_use", columns) == kept
    assert await mall.call("count_credit", over[1:]) is None


OFFER = "member_id, rule, used_at, purchase_id"


@pytest.mark.feature("offer.one_time")
async def test_a_one_time_offer_is_used_once_in_its_time(mall: Mall) -> None:
    (a, b), (one, other) = mall.shops, mall.members

    def row(shop: UUID, member: UUID, used: datetime | None, purchase: UUID | None = None) -> Any:
        return (purchase or new_id(), shop, "r", member, False, NOON, NOON + DAY, used)

    first = new_id()
    assert await mall.call("note_entitlements", [row(a, one, None), row(b, one, None)]) is None
    late = [row(b, other, NOON), row(a, one, NOON + DAY)]
    assert await mall.call("note_entitlements", late) == STALE
    assert await mall.call("note_entitlements", [row(a, one, NOON, first)]) is None
    for again in (NOON, NOON + DAY / 2, None):
        assert await mall.call("note_entitlements", [row(a, one, again)]) == STALE
    assert await mall.rows("merchants.entitlement", "merchant_id, used_at, purchase_id") == {
        (a, NOON, first), (b, None, None),
    }  # fmt: skip
    # Of two purchases that both begin it, the second finds it open and changes nothing.
    assert await mall.call("note_entitlements", [row(b, one, None)]) is None
    told = "(payload ->> 'merchant_id')::uuid"
    events = await mall.owner.fetch(
        f"SELECT {told} FROM kernel.outbox_event WHERE mall_id = $1", mall.id
    )
    assert sorted(event[0] for event in events) == sorted([a, b])


async def plant(mall: Mall, shop: UUID, member: UUID, **figures: Any) -> UUID:
    """A purchase of these figures, and nothing else."""
    id, row = new_id(), {"state": "authorized", **figures}
    names = "".join(f", {name}" for name in row)
    places = "".join(f", ${n}" for n in range(6, 6 + len(row)))
    await mall.owner.execute(
        "INSERT INTO merchants.purchase (mall_id, id, merchant_id, member_id, occurred_at,"
        f" created_at, total, discount, spent_value, to_pay, rules_version, reasons{names})"
        f" VALUES ($1, $2, $3, $4, $5, $5, 0, 0, 0, 0, 0, '[]'{places})",
        mall.id, id, shop, member, NOON, *row.values(),
    )  # fmt: skip
    return id


async def test_a_single_rial_is_paid_and_given_back_too(mall: Mall) -> None:
    (a, b), (one, other) = mall.shops, mall.members
    await mall.owner.executemany(
        "INSERT INTO merchants.customer (mall_id, merchant_id, member_id, number, mobile, debt,"
        " created_at) VALUES ($1, $2, $3, '', '', 10, $4)",
        [(mall.id, shop, member, NOON) for shop in mall.shops for member in mall.members],
    )
    used_before = [bought(a, one, 5, None), bought(b, one, 5, None), bought(a, other, 5, None)]
    assert await mall.call("count_credit", used_before) is None
    mine = [await plant(mall, a, one, debt_paid=1, credit_counted=1),
            await plant(mall, b, one, debt_paid=3), await plant(mall, b, one, debt_paid=2),
            await plant(mall, a, other)]  # fmt: skip
    await plant(mall, b, other, debt_paid=4, credit_counted=4)  # not of the batch
    assert await mall.call("pay_debts", mine, 1) is None
    debts = "merchant_id, member_id, debt"
    paid = {(a, one, 9), (b, one, 5), (a, other, 10), (b, other, 10)}
    assert await mall.rows("merchants.customer", debts) == paid
    assert await mall.call("pay_debts", mine, -1) is None
    assert {debt for *_, debt in await mall.rows("merchants.customer", debts)} == {10}
    assert await mall.call("uncount_credit", mine) is None
    used = await mall.rows("merchants.credit_use", "merchant_id, member_id, used")
    assert used == {(a, one, 4), (b, one, 5), (a, other, 5)}


@pytest.mark.feature("segment.behaviour")
async def test_one_customer_is_put_right_and_nobody_else(mall: Mall) -> None:
    """Whoever bought nothing is as they should be; null puts all of one shop right."""
    await mall.owner.executemany(
        "INSERT INTO merchants.customer (mall_id, merchant_id, member_id, number, mobile, visits,"
        " created_at) VALUES ($1, $2, $3, '', '', 7, $4)",
        [(mall.id, shop, member, NOON) for shop in mall.shops for member in mall.members],
    )
    (a, b), (one, other) = mall.shops, mall.members
    refresh = "SELECT merchants.refresh_customers($1, $2, $3)"
    for shop, members, changed in ((a, [one], 1), (a, [one], 0), (a, None, 1), (b, [other], 1)):
        async with mall.owner.transaction():
            await mall.owner.execute("SELECT kernel.enter_mall($1)", mall.id)
            assert await mall.owner.fetchval(refresh, mall.id, shop, members) == changed
    visits = await mall.rows("merchants.customer", "merchant_id, member_id, visits")
    assert visits == {(a, one, 0), (a, other, 0), (b, one, 7), (b, other, 0)}


@pytest.mark.feature("segment.behaviour")
async def test_every_days_jalali_month(mall: Mall) -> None:
    """Over more than a cycle of 33 years, with the ends of its leap years."""
    first = date(1990, 1, 1)
    rows = await mall.owner.fetch(
        "SELECT d::date AS day, merchants.jalali_month_bit(d::date) AS bit"
        " FROM generate_series($1::date, $1::date + 14000, interval '1 day') d",
        first,
    )
    wrong = [day for day, bit in rows if bit != 1 << Jalali.of(day).month - 1]
    assert wrong == []
