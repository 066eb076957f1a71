"""Gift cards: issued once for each form, printed, spent at the till, and asked about."""

import re

import pytest

from merchants.giftcards import pages
from tests.web_support.portal import Floor, People, Person, Web, text_of
from timcheh.access.limits import Limit
from timcheh.ids import new_id
from timcheh.text.cards import random_member_number

pytestmark = pytest.mark.feature("gift.card", page="/{mall}/shop/gift-cards")
CARD = {"amount": "500000", "scope": "own", "request_key": "k", "to_name": "نرگس"}
BANK_CARD = "6037997512345670"


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop)


async def issue(owner: Person, **more: str) -> tuple[str, str]:
    """A new card's path and number."""
    answer = await owner.send("/gift-cards", **{**CARD, "request_key": str(new_id()), **more})
    assert answer.status_code == 303, text_of(answer.text)
    path = answer.headers["location"].removeprefix(owner.root)
    found = re.search(r'class="cardnumber">([\d ۰-۹]+)<', await owner.get(path))
    assert found
    digits = found[1].replace(" ", "").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    return path, digits


async def test_a_card_is_issued_once_for_each_form(shop_floor: Floor, owner: Person) -> None:
    first = await owner.send("/gift-cards", **CARD)
    again = await owner.send("/gift-cards", **CARD)
    assert first.headers["location"] == again.headers["location"]
    assert text_of(await owner.get("/gift-cards")).count("نرگس") == 1
    await owner.post("/gift-cards", expect=422, **{**CARD, "amount": "600000"})
    await shop_floor.mall.prove()


async def test_a_card_pays_at_the_till_and_says_what_is_left(
    shop_floor: Floor, owner: Person, mobile: str
) -> None:
    path, number = await issue(owner)
    sale = {
        "member": mobile,
        "request_key": "sale",
        "lines-0-price": "200000",
        "gift_card": number,
    }
    preview = text_of(await owner.post("/till/preview", expect=200, **sale))
    assert "۲۰۰٬۰۰۰" in preview
    await owner.post("/till", **sale)
    card = text_of(await owner.get(path))
    assert "۳۰۰٬۰۰۰ تومان" in card
    assert "خرید از گل‌آرا" in card
    await shop_floor.mall.prove()


async def test_a_blocked_or_early_card_pays_nothing(owner: Person, mobile: str) -> None:
    path, number = await issue(owner)
    sale = {"member": mobile, "lines-0-price": "1000", "gift_card": number}
    await owner.post(f"{path}/state", state="blocked")
    await owner.post("/till", expect=422, request_key="a", **sale)
    await owner.post(f"{path}/state", state="active")
    await owner.post("/till", request_key="b", **sale)
    _, early = await issue(owner, starts_at="1490/01/01")
    await owner.post("/till", expect=422, request_key="c", **{**sale, "gift_card": early})


async def test_a_bank_cards_number_is_never_shown_again(owner: Person, mobile: str) -> None:
    sale = {"member": mobile, "lines-0-price": "1000", "gift_card": BANK_CARD}
    page = await owner.post("/till", expect=422, request_key="a", **sale)
    assert "این کارت بانکی است" in text_of(page)
    assert BANK_CARD not in page


async def test_the_voucher_is_a_pdf(owner: Person) -> None:
    path, _ = await issue(owner, words="تولدت مبارک")
    answer = await owner.client.get(f"{owner.root}{path}/voucher")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


async def test_another_shop_sees_no_card(shop_floor: Floor, owner: Person, people: People) -> None:
    path, number = await issue(owner)
    other = await people(await shop_floor.mall.shop("لاله"))
    await other.get(path, expect=404)
    assert "نرگس" not in await other.get(f"/gift-cards?q={number}")
    assert "نرگس" in await owner.get(f"/gift-cards?q={number[-4:]}")


async def test_whoever_has_the_number_may_ask_what_is_left(
    web: Web, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, number = await issue(owner)
    monkeypatch.setattr(pages, "ASKS", Limit(f"test-{new_id()}", count=2, window=600))
    async with web.client(headers={"accept": "text/html"}) as bearer:
        address = owner.root.removesuffix("/shop") + "/gift-card"
        assert number in (await bearer.get(f"{address}?card={number}")).text
        told = text_of((await bearer.post(address, data={"number": number})).text)
        assert "۵۰۰٬۰۰۰ تومان" in told
        assert "نرگس" not in told  # whoever finds a card learns no name
        mistyped = await bearer.post(address, data={"number": "123"})
        assert mistyped.status_code == 422
        for _ in range(2):
            unknown = await bearer.post(address, data={"number": random_member_number()})
            assert unknown.status_code == 422
            assert "چنین کارت هدیه‌ای نیست" in text_of(unknown.text)
        full = await bearer.post(address, data={"number": number})
        assert full.status_code == 429


async def test_a_faulty_form_names_each_fault(owner: Person) -> None:
    page = await owner.post(
        "/gift-cards",
        expect=422,
        request_key="x",
        amount="",
        ends_at="۱۴۰۰/۱۳/۰۱",
        giver_percent="5",
    )
    said = text_of(page)
    assert "این مقدار را وارد کنید" in said
    assert "تاریخ را مانند" in said
    assert 'id="f-giver-error"' in page
