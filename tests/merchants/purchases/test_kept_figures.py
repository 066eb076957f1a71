"""What is counted beside purchases is what they tell, for everyone, also whom nobody touched.

Bounds of rules, caps of credit, discounts of the seller's, debts, holds, one-time offers and the
facts of customers, where several members buy at several shops in one batch, and after they confirm,
give up, run out of time or bring back.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.hypotheses import rounds
from tests.merchants.purchases.rush import rush_hour
from timcheh.db import Database

pytestmark = [
    pytest.mark.feature("offer.caps"), pytest.mark.feature("sale.caps"),
    pytest.mark.feature("offer.manual"), pytest.mark.feature("segment.behaviour"),
]  # fmt: skip

EVENTS = 30
SUMMERS_END = datetime(2025, 9, 20, 19, 30, tzinfo=UTC)  # 29 Shahrivar, an hour before midnight


@pytest.mark.parametrize("part", range(rounds(ci=1, nightly=20)))
async def test_what_is_counted_is_what_the_purchases_tell(
    database: Database, part: int, record_property: Callable[[str, object], None]
) -> None:
    total: Counter[str] = Counter()
    for seed in range(part * 3, part * 3 + 3):
        async with rush_hour(database, seed, SUMMERS_END) as rush:
            await rush.play(EVENTS)
        total.update(rush.done)
    record_property("counted", "\n".join(f"{n:>8} {name}" for name, n in total.most_common()))
    assert {
        "batches of several", "held", "debt paid", "conceded", "used once", "confirmed together",
        "given up together", "returned", "carried",
    } - set(+total) == set()  # fmt: skip
