"""Who buys where next, and what is made of the figures."""

from uuid import UUID

import pytest

from timcheh_app.bench.course import PATTERNS, SHOPS, Shop, World, purchases_before
from timcheh_app.bench.figures import Figures

_ID = UUID(int=1)


def _world(members: int) -> World:
    return World(_ID, "slug", tuple(Shop(_ID, f"key-{n}") for n in range(SHOPS)), members)


@pytest.mark.parametrize("members", [PATTERNS, 1_000, 12_345])
def test_every_member_buys_once_before_any_buys_again(members: int) -> None:
    world = _world(members)
    for again in range(2):
        turn = range(again * members, (again + 1) * members)
        assert sorted(world.visit(number).position for number in turn) == list(range(members))


def test_a_member_goes_on_to_the_next_shop() -> None:
    world = _world(1_000)
    last = {p: (p + purchases_before(p) - 1) % SHOPS for p in range(world.members)}
    for number in range(3 * world.members):
        visit = world.visit(number)
        assert visit.shop == (last[visit.position] + 1) % SHOPS
        last[visit.position] = visit.shop


def test_the_history_counts_every_purchase_before() -> None:
    for members in (PATTERNS, 1_000, 12_345):
        assert _world(members).history == sum(purchases_before(p) for p in range(members))


def test_a_ratio_is_the_median_of_the_rounds_own_ratios() -> None:
    figures = Figures()
    for ours, theirs in ((50.0, 100.0), (90.0, 100.0), (6.0, 10.0)):  # the last round was slow
        figures.keep({"ours": ours, "theirs": theirs})
    figures.ratio("ratio", "ours", "theirs")
    assert figures.medians() == {"ours": 50.0, "theirs": 100.0, "ratio": 0.6}


def test_prefixes_keep_two_malls_apart() -> None:
    figures = Figures()
    figures.keep({"http_16": 3.0})
    figures.keep({"http_16": 2.0}, "grown_")
    assert figures.medians(without="grown_") == {"http_16": 3.0}
    assert figures.medians("grown_") == {"http_16": 2.0}
