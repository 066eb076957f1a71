"""How much of what ends soon will expire unspent, from what has ended so far."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mall_portal.dashboard.breakage import FEWEST, Breakage, breakage_of
from mall_portal.days.models import LotDay
from mall_portal.days.queries import Ended, ended_of
from tests.web_support.portal import Floor, text_of
from tests.web_support.visitors import Administrators
from timcheh.calendar import local_date
from timcheh.db import Database, Scope

PAST = [Ended(1_000, 100), Ended(), Ended(2_000, 500), Ended(1_000, 300)]


def test_the_past_s_shares_are_taken_of_what_ends_next() -> None:
    ahead = Ended(granted=10_000, expired=0, remaining=2_900)
    assert breakage_of(PAST, ahead) == Breakage(
        likely=2_250, low=1_000, high=2_900, usual=2_250, least=1_000, most=3_000, months=3,
        remaining=2_900,
    )  # fmt: skip


def test_too_short_a_past_foretells_nothing() -> None:
    assert breakage_of(PAST[: FEWEST - 1], Ended(10_000, 0, 2_900)) is None
    assert breakage_of(PAST, Ended(10_000, 10_000, 0)) is None


_ENDED = st.builds(
    lambda granted, expired, left: Ended(granted, expired, left),
    *[st.integers(0, 10**15)] * 3,
)


@given(st.lists(_ENDED, max_size=12), _ENDED)
def test_it_lies_between_its_bounds_and_within_what_is_left(
    past: list[Ended], ahead: Ended
) -> None:
    found = breakage_of(past, ahead)
    if found is not None:
        assert 0 <= found.low <= found.likely <= found.high <= ahead.remaining


@pytest.mark.feature("plat.dashboard")
async def test_the_board_tells_it_with_its_method(
    shop_floor: Floor, administrators: Administrators, database: Database
) -> None:
    mall, today = UUID(str(shop_floor.mall.id)), local_date(datetime.now(UTC))
    kept = [(-1, 10, 4), (-29, 10, 2), (-31, 40, 6), (-61, 50, 10), (0, 30, 0), (30, 70, 0)]
    kept += [(31, 900, 0), (-360, 900, 900)]  # beyond either end
    async with database.unit_of_work(Scope.mall(mall)) as uow:
        for day, granted, expired in kept:
            row = LotDay(
                mall_id=mall,
                expires_on=today + timedelta(days=day),
                granted_on=today - timedelta(days=400),
                issuer_id=UUID(shop_floor.shop.id),
                granted=granted * 10_000,
                expired=expired * 10_000,
                remaining=0 if day < 0 else granted * 5_000,
            )
            uow.session.add(row)
    async with database.unit_of_work(Scope.mall(mall)) as uow:
        past, ahead = await ended_of(uow, today)
    assert [each.granted // 10_000 for each in past[:4]] == [20, 40, 50, 0]
    assert ahead == Ended(1_000_000, 0, 500_000)
    someone = await administrators("accountant")
    said = text_of(await someone.get()).replace("٬", ",")
    assert "پیش‌بینی اعتبار سوخته تا ۳۰ روز دیگر ۲۰,۰۰۰ تومان" in said
    assert "کمترین ۱۵,۰۰۰ تومان، بیشترین ۳۰,۰۰۰ تومان" in said
    assert "در ۳ ماه گذشته" in said
