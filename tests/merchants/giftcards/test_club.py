"""Gift cards on the member's phone: kept by their number, put away; and those that they gave."""

import re

import pytest

from merchants.giftcards import club
from tests.merchants.giftcards.test_gift_card_pages import BANK_CARD, issue, owner
from tests.web_support.portal import Floor, Person, text_of
from tests.web_support.visitors import Members
from timcheh.access.limits import Limit
from timcheh.text.cards import random_member_number

__all__ = ["owner"]

pytestmark = pytest.mark.feature("gift.card", page="/{mall}/club/gifts")


async def test_a_member_keeps_a_card_sees_what_is_left_and_puts_it_away(
    shop_floor: Floor, owner: Person, members: Members, mobile: str
) -> None:
    _, number = await issue(owner)
    member = await members(mobile)
    assert "کارت هدیه‌ای اینجا نیست" in text_of(await member.get("/gifts"))
    scanned = f"https://club.example/m/gift-card?card={number}"
    kept = await member.post("/gifts", number=scanned)
    assert "هدیه گل‌آرا" in text_of(kept)
    assert "۵۰۰٬۰۰۰ تومان" in text_of(kept)
    await member.post("/gifts", number=number)
    await shop_floor.shop.buy(mobile, 200_000, spend={"gift_card": number})
    left = await member.get("/gifts")
    assert "۴۸۰٬۰۰۰ تومان" in text_of(left)
    ways = set(re.findall(r'action="[^"]*/club(/gifts/[^"]+/away)"', left))
    assert len(ways) == 1, "kept once, however often it was typed"
    stranger = await members(f"{mobile[:-1]}{(int(mobile[-1]) + 1) % 10}")
    await stranger.post(ways.pop(), expect=404)
    assert "هدیه گل‌آرا" in text_of(await member.get("/gifts")), "not theirs to put away"
    (way,) = set(re.findall(r'action="[^"]*/club(/gifts/[^"]+/away)"', left))
    assert "کارت هدیه‌ای اینجا نیست" in text_of(await member.post(way))


@pytest.mark.feature("gift.ambassador", page="/{mall}/club/gifts")
async def test_who_gave_a_card_sees_what_became_of_it(
    owner: Person, members: Members, mobile: str
) -> None:
    await issue(owner, to_name="مریم", giver=mobile, giver_percent="5")
    member = await members(mobile)
    told = text_of(await member.get("/gifts"))
    assert "هدیه به مریم" in told
    assert "۵۰۰٬۰۰۰ تومان مانده از ۵۰۰٬۰۰۰ تومان" in told
    other = await members("09129990001")
    assert "مریم" not in text_of(await other.get("/gifts"))


async def test_numbers_are_not_to_be_guessed(
    members: Members, mobile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(club, "MISSES", Limit("gift-card-member-test", count=1, window=60))
    member = await members(mobile)
    refused = await member.post("/gifts", expect=422, number=BANK_CARD)
    assert BANK_CARD not in refused
    absent = await member.post("/gifts", expect=422, number=random_member_number())
    assert "چنین کارت هدیه‌ای نیست" in text_of(absent)
    await member.post("/gifts", expect=429, number=random_member_number())
