"""The till: what it shows before, what it does once, and what it gives back when refused."""

import re
from typing import Any

import pytest

from tests.web_support.portal import Floor, People, Person, text_of
from timcheh.text.cards import make_member_number
from timcheh.text.identifiers import luhn_digit

BANK_CARD = "6037997512345670"


def sale(
    member: str, *lines: tuple[str, str, str], key: str = "k-1", **more: str
) -> dict[str, str]:
    """The form's fields: lines of (name, quantity, price in toman as typed)."""
    fields = {"member": member, "request_key": key, **more}
    for n, (name, quantity, price) in enumerate(lines):
        fields |= {
            f"lines-{n}-name": name,
            f"lines-{n}-quantity": quantity,
            f"lines-{n}-price": price,
        }
    return fields


async def purchases(floor: Floor) -> list[Any]:
    return list((await floor.shop.get("/purchases"))["items"])


@pytest.fixture
async def cashier(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop, "cashier")


@pytest.mark.feature("enrol.at_sale")
async def test_a_sale_enrols_and_shows_its_receipt(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    page = await cashier.post("/till", **sale(mobile, ("دسته رز", "۲", "۲۵۰٬۰۰۰")))
    said = text_of(page)
    assert "خرید ثبت شد" in said
    assert "۵۰۰٬۰۰۰ تومان دریافت کنید" in said
    assert "مشتری تازه" in said
    assert "۵۰۰,۰۰۰" in said.replace("٬", ",")
    assert "۲۵,۰۰۰ تومان اعتبار" in said.replace("٬", ",")
    (bought,) = await purchases(shop_floor)
    assert (bought["total"], bought["to_pay"]) == (5_000_000, 5_000_000)
    assert bought["lines"][0]["name"] == "دسته رز"
    assert bought["lines"][0]["quantity"] == 2


@pytest.mark.feature("offer.dry_run")
async def test_the_preview_says_who_it_is_and_what_comes_of_it(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    fields = sale(mobile, ("", "1", "100000"))
    new = text_of(await cashier.post("/till/preview", expect=200, **fields))
    assert "عضو تازه" in new
    assert "۱۰۰٬۰۰۰" in new.replace(",", "٬")
    assert "۵٬۰۰۰" in new.replace(",", "٬")
    assert await purchases(shop_floor) == []
    await cashier.post("/till", **fields)
    known = text_of(await cashier.post("/till/preview", expect=200, **fields))
    assert "مشتری شما" in known
    assert "تا ۵٬۰۰۰ تومان می‌تواند" in known.replace(",", "٬")
    spending = await cashier.post("/till/preview", expect=200, spend_credit="max", **fields)
    assert "اعتبار گل‌آرا" in text_of(spending)
    assert "۹۵٬۰۰۰" in text_of(spending).replace(",", "٬")


async def test_another_shops_member_is_only_a_tail(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    other = await shop_floor.mall.shop("لاله")
    bought = await other.buy(mobile, 1_000_000)
    page = await cashier.post("/till/preview", expect=200, **sale(mobile))
    number = bought["member"]["number"]
    assert number not in page
    assert mobile not in page
    assert "نخستین خرید نزد شما" in text_of(page)


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("", "شماره مشتری را وارد کنید"),
        ("0912", "شماره مشتری را وارد کنید"),
        ("09991", "شماره مشتری را وارد کنید"),
        ("123456789012", "شماره موبایل باید با ۰۹ شروع شود"),
        ("9364000000000002", "شماره عضویت درست نیست"),
    ],
)
async def test_the_preview_waits_until_enough_is_typed(
    cashier: Person, member: str, words: str
) -> None:
    page = await cashier.post("/till/preview", expect=200, **sale(member, ("", "1", "5000")))
    assert words in text_of(page)


async def test_one_form_is_one_sale_however_often_it_comes(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    fields = sale(mobile, ("چای", "1", "90000"), key="same")
    first = await cashier.send("/till", **fields)
    again = await cashier.send("/till", **fields)
    assert first.headers["location"] == again.headers["location"]
    assert len(await purchases(shop_floor)) == 1
    changed = await cashier.post("/till", expect=422, **{**fields, "lines-0-price": "95000"})
    assert "این فرم پیش‌تر ثبت شده بود" in text_of(changed)
    key = re.search(r'name="request_key" value="([^"]+)"', changed)
    assert key
    assert key[1] != "same"
    assert "95000" in changed
    assert len(await purchases(shop_floor)) == 1


async def test_each_page_has_a_key_of_its_own(cashier: Person) -> None:
    keys = {re.findall(r'name="request_key" value="([^"]+)"', await cashier.get("/till"))[0]}
    keys |= {re.findall(r'name="request_key" value="([^"]+)"', await cashier.get("/till"))[0]}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (sale("", ("چای", "1", "1000")), "شماره موبایل یا عضویت مشتری را وارد کنید"),
        (sale("0912", ("چای", "1", "1000")), "شماره موبایل باید با ۰۹"),
        (sale("09121234567"), "بهای ردیف را وارد کنید"),
        (sale("09121234567", ("چای", "1", "")), "بهای ردیف را وارد کنید"),
        (sale("09121234567", ("چای", "1", "ده")), "یک عدد وارد کنید"),
        (sale("09121234567", ("چای", "0", "1000")), "مقداری بیشتر از صفر"),
        (sale("09121234567", ("چای", "1.2345", "1000")), "حداکثر"),
        (sale("9364000000000002", ("چای", "1", "1000")), "شماره عضویت درست نیست"),
    ],
)
async def test_what_is_wrong_comes_back_as_it_was_typed(
    shop_floor: Floor, cashier: Person, fields: dict[str, str], words: str
) -> None:
    page = await cashier.post("/till", expect=422, **fields)
    assert words in text_of(page)
    assert "data-mistakes" in page
    for name in ("member", "lines-0-name", "lines-0-price"):
        if fields.get(name):
            assert f'value="{fields[name]}"' in page
    assert f'name="request_key" value="{fields["request_key"]}"' in page
    assert await purchases(shop_floor) == []


async def test_a_card_that_nobody_has_is_not_enrolled(cashier: Person) -> None:
    number = make_member_number(77)
    page = await cashier.post("/till", expect=404, **sale(number, ("چای", "1", "1000")))
    assert "عضوی با این موبایل، کارت یا شناسه در باشگاه نیست" in text_of(page)
    assert f'value="{number}"' in page


@pytest.mark.feature("card.swipe")
async def test_a_bank_card_is_refused_and_never_shown_again(cashier: Person) -> None:
    card = BANK_CARD[:15] + luhn_digit(BANK_CARD[:15])
    for typed in (card, f";{card}=2512101?"):
        page = await cashier.post("/till", expect=422, **sale(typed, ("چای", "1", "1000")))
        assert "این کارت بانکی است" in text_of(page)
        assert card not in page
        seen = await cashier.post("/till/preview", expect=200, **sale(typed))
        assert "این کارت بانکی است" in text_of(seen)
        assert card not in seen


@pytest.mark.feature("card.swipe")
async def test_a_swiped_card_finds_the_customer(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    number = (await shop_floor.shop.buy(mobile, 10_000))["member"]["number"]
    await cashier.post("/till", **sale(f"%B{number}^AHMADI/N^2512?", ("چای", "1", "1000")))
    assert len(await purchases(shop_floor)) == 2


@pytest.mark.feature("sale.order")
async def test_rows_that_were_left_blank_or_removed_do_not_count(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    fields = sale(mobile, ("", "1", ""), ("چای", "1", "1000"))
    fields |= {"lines-7-name": "قند", "lines-7-quantity": "۱٫۵", "lines-7-price": "2000"}
    await cashier.post("/till", **fields)
    (bought,) = await purchases(shop_floor)
    assert [(line["name"], line["quantity"]) for line in bought["lines"]] == [
        ("چای", 1),
        ("قند", 1.5),
    ]
    wrong = await cashier.post("/till", expect=422, **{**fields, "lines-7-price": "x"})
    assert 'href="#f-lines-1-price"' in wrong


@pytest.mark.feature("sale.catalogue")
async def test_goods_are_found_by_sku_name_and_barcode(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    cashier = await people(shop_floor.shop, "manager")
    await shop_floor.shop.post(
        "/products",
        {
            "sku": "100",
            "name": "رز هلندی",
            "price": 2_400_000,
            "group": "گل",
            "terms": {"barcode": "6260000000017"},
        },
    )
    answer = await cashier.client.get(f"{cashier.root}/till/goods?q=رز")
    rose = {"sku": "100", "barcode": "6260000000017", "name": "رز هلندی", "price": "240000"}
    assert answer.json() == [rose]
    scanned = await cashier.client.get(f"{cashier.root}/till/goods?q=6260000000017")
    assert scanned.json() == [rose]
    await cashier.post("/till", **sale(mobile, ("6260000000017", "1", ""), key="k-0"))
    assert (await cashier.client.get(f"{cashier.root}/till/goods?q=")).json() == []
    assert (await cashier.client.get(f"{cashier.root}/till/goods?q=%25")).json() == []
    await cashier.post("/till", **sale(mobile, ("۱۰۰", "1", ""), ("رز هلندی", "1", "1000")))
    await cashier.post("/till", **sale(mobile, ("گل", "1", "5000"), key="k-2"))
    newest, first, by_code = await purchases(shop_floor)
    assert by_code["lines"][0]["sku"] == "100"
    assert [(line["sku"], line["group"], line["unit_price"]) for line in first["lines"]] == [
        ("100", "گل", 2_400_000),
        ("100", "گل", 10_000),
    ]
    assert newest["lines"][0]["group"] == "گل"


@pytest.mark.feature("sale.order")
async def test_only_a_manager_sells_a_good_for_another_price(
    shop_floor: Floor, cashier: Person, people: People, mobile: str
) -> None:
    await shop_floor.shop.post("/products", {"sku": "100", "name": "رز", "price": 2_400_000})
    cheaper = sale(mobile, ("رز", "1", "1000"))
    refused = await cashier.post("/till", expect=422, **cheaper)
    assert "فقط مدیر" in refused
    assert 'href="#f-lines-0-price"' in refused
    await cashier.post("/till", **sale(mobile, ("رز", "1", "240000"), key="k-1"))
    manager = await people(shop_floor.shop, "manager")
    await manager.post("/till", **{**cheaper, "request_key": "k-2"})
    assert [each["total"] for each in await purchases(shop_floor)] == [10_000, 2_400_000]


async def test_a_suspended_shop_is_told_so(shop_floor: Floor, cashier: Person, mobile: str) -> None:
    await shop_floor.mall.patch(f"/merchants/{shop_floor.shop.id}", {"state": "suspended"})
    page = await cashier.post("/till", expect=409, **sale(mobile, ("چای", "1", "1000")))
    assert "این فروشگاه فعلاً نمی‌تواند" in text_of(page)


async def test_who_works_in_one_branch_sells_there_only(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    shop = shop_floor.shop
    here = await shop.post("/branches", {"name": "همکف"})
    there = await shop.post("/branches", {"name": "طبقه اول"})
    cashier = await people(shop, "cashier", branch=here["id"])
    page = await cashier.get("/till")
    assert there["id"] not in page
    await cashier.post("/till", **sale(mobile, ("چای", "1", "1000")))
    (bought,) = await purchases(shop_floor)
    assert bought["branch_id"] == here["id"]
    fields = sale(mobile, ("چای", "1", "1000"), key="k-2", branch=there["id"])
    await cashier.post("/till", expect=404, **fields)
    owner = await people(shop)
    chosen = await owner.post("/till", **{**fields, "key": "k-3"})
    assert re.search(rf'value="{there["id"]}" checked', chosen)
    await cashier.get(f"/purchases/{(await purchases(shop_floor))[0]['id']}", expect=404)


async def test_an_accountant_does_not_sell(shop_floor: Floor, people: People, mobile: str) -> None:
    accountant = await people(shop_floor.shop, "accountant")
    await accountant.get("/till", expect=403)
    await accountant.get("/till/goods?q=1", expect=403)
    await accountant.post("/till/preview", expect=403, **sale(mobile))
    await accountant.post("/till", expect=403, **sale(mobile, ("چای", "1", "1000")))


async def test_without_the_sessions_token_nothing_is_sold(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    cashier.csrf = "x"
    await cashier.post("/till", expect=403, **sale(mobile, ("چای", "1", "1000")))
    assert await purchases(shop_floor) == []
