"""What a member is told of a purchase of theirs."""

import re

import pytest

from tests.api.conftest import new_mobile
from tests.web_support.portal import Floor, text_of
from tests.web_support.visitors import Members
from timcheh.rules import held_out


@pytest.mark.feature("offer.dry_run", "member.history")
async def test_a_member_reads_why_and_is_not_told_of_a_hold_out(
    shop_floor: Floor, members: Members
) -> None:
    credit = {"effect": "credit_percent", "bps": 1000, "scope": "own", "expires_in_days": 30}
    larger = {"fact": "basket.total", "op": ">=", "value": 6_000_000}
    rules = [
        {"name": "هر خرید", "then": [credit]},
        {"name": "سبد بزرگ", "when": larger, "then": [credit]},
        {"name": "آزمایشی", "then": [credit], "holdout_bps": 9999},
    ]
    await shop_floor.shop.put("/rules", {"rules": rules})
    mobile = new_mobile()
    made = await shop_floor.shop.buy(mobile, 4_800_000)
    assert held_out(f"{shop_floor.shop.id}{made['member']['id']}", "آزمایشی", 9999)
    member = await members(mobile)
    lot = re.search(r"/club(/lots/[0-9a-f-]{36})", await member.get("/history"))
    assert lot
    way = re.search(r"/club(/purchases/[0-9a-f-]{36})", await member.get(lot[1]))
    assert way
    said = text_of(await member.get(way[1]))
    assert "۴۸٬۰۰۰ تومان اعتبار اختصاصی، تا" in said
    assert "هزینه‌اش را گل‌آرا می‌پردازد و همان‌جا خرج می‌شود." in said
    assert "با ۱۲۰٬۰۰۰ تومان بیشتر در همین فاکتور، این پیشنهاد برقرار می‌شود." in said
    assert "آزمایشی" not in said
    other = await members(new_mobile())
    await other.get(way[1], 404)
