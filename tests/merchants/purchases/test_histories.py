"""Random histories of purchases and returns, equal to the rial to what a naive oracle tells.

Several issuers and pools, partial returns, value that was spent or has expired meanwhile, debts.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.hypotheses import rounds
from tests.merchants.purchases.across import Across
from tests.merchants.purchases.history import NO_LIMIT, History
from tests.merchants.purchases.memory import Memory
from timcheh.db import Database

pytestmark = [pytest.mark.feature("sale.refund"), pytest.mark.feature("sale.credit_expiry")]

EVENTS = 25
EXPECTED = {
    "bought", "authorised", "cancelled", "returned", "gift", "expired", "deducted", "carried",
    "written_off", "restored", "taken_back", "had expired", "several lots paid",
    "several issuers paid", "insufficient_value", "merchant_suspended",
}  # fmt: skip


async def play(history: History, seed: int, total: Counter[str]) -> None:
    """Adds what was done to the total; a failure names its seed."""
    try:
        await history.play(EVENTS)
    except BaseException as error:
        error.add_note(f"history {seed}, at {history.at}: {dict(history.done)}")
        raise
    total.update(history.done)


def told(histories: int, total: Counter[str]) -> str:
    lines = [f"{histories} histories of {EVENTS} events"]
    return "\n".join(lines + [f"{n:>8} {name}" for name, n in total.most_common()])


def seeds(ci: int, nightly: int) -> list[range]:
    """So many histories, in parts that several processes can share."""
    parts, each = rounds(ci=1, nightly=4), rounds(ci=ci, nightly=nightly // 4)
    return [range(part * each, (part + 1) * each) for part in range(parts)]


@pytest.mark.parametrize("part", seeds(ci=120, nightly=10_000))
async def test_pure_decisions_agree_with_the_oracle(
    part: range, record_property: Callable[[str, object], None]
) -> None:
    total = Counter[str]()
    for seed in part:
        await play(History(Memory(), seed), seed, total)
    record_property("counted", told(len(part), total))
    assert EXPECTED - set(+total) == set()


@pytest.mark.feature("fund.proof")
@pytest.mark.feature("fund.limits")
@pytest.mark.parametrize("part", seeds(ci=10, nightly=500))
async def test_the_desk_and_the_ledger_agree_with_the_oracle(
    part: range, database: Database, record_property: Callable[[str, object], None]
) -> None:
    total = Counter[str]()
    for seed in part:
        limits = (NO_LIMIT, 30_000, 0)
        await play(History(Across(database), seed, limits), seed, total)
    record_property("counted", told(len(part), total))
    # The few of every day need not meet with everything.
    assert {"bought", "returned", "restored", "expired", "limit_exceeded"} - set(+total) == set()
