"""What the till's script asks: customers by name, what became of a sale, what was wrong with it."""

import re

import pytest

from tests.merchants.pages.test_till import BANK_CARD, purchases, sale
from tests.web_support.portal import Floor, People, Person, text_of
from timcheh.ids import new_id
from timcheh.text.identifiers import luhn_digit

SCRIPT = {"hx-request": "true", "accept": "application/json"}


@pytest.fixture
async def cashier(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop, "cashier")


async def ask(person: Person, path: str) -> object:
    answer = await person.client.get(person.root + path, headers=SCRIPT)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.feature("sale.order")
async def test_an_own_customer_is_found_by_name_and_nobody_elses(
    shop_floor: Floor, cashier: Person, people: People, mobile: str
) -> None:
    bought = await shop_floor.shop.buy(mobile, 10_000)
    await shop_floor.shop.put(
        f"/customers/{bought['member']['id']}/profile", {"name": "نرگس احمدی‌نیا"}
    )
    found = {"name": "نرگس احمدی‌نیا", "card": bought["member"]["number"]}
    (row,) = await ask(cashier, "/till/customers?q=احمدي نيا".replace(" ", ""))  # type: ignore[misc]
    assert {"name": row["name"], "card": row["card"]} == found
    assert mobile not in str(row)
    assert await ask(cashier, "/till/customers?q=نر") == []  # too few letters to be a name
    assert await ask(cashier, f"/till/customers?q={mobile}") == []
    other = await shop_floor.mall.shop("لاله")
    assert await ask(await people(other, "cashier"), "/till/customers?q=نرگس") == []


async def test_what_became_of_a_sale_is_told_to_who_made_it(
    shop_floor: Floor, cashier: Person, people: People, mobile: str
) -> None:
    assert await ask(cashier, "/till/made?key=k-1") == {}
    await cashier.send("/till", **sale(mobile, ("چای", "1", "90000")))
    (bought,) = await purchases(shop_floor)
    made = await ask(cashier, "/till/made?key=k-1")
    assert made == {"href": f"{cashier.root}/till?done={bought['id']}"}
    assert await ask(await people(shop_floor.shop, "cashier"), "/till/made?key=k-1") == {}
    assert await ask(cashier, "/till/made?key=کلید") == {}
    back = {"quantity-0": "1", "request_key": "k-2"}
    await cashier.post(f"/purchases/{bought['id']}/return", **back)
    assert await ask(cashier, "/till/made?key=k-2") == {}  # a key, but of no sale


async def test_a_script_gets_only_what_is_wrong_and_a_way_to_go(
    shop_floor: Floor, cashier: Person, mobile: str
) -> None:
    form = {"_csrf_token": cashier.csrf, **sale("0912", ("چای", "1", ""), key=str(new_id()))}
    wrong = await cashier.client.post(f"{cashier.root}/till", data=form, headers=SCRIPT)
    assert wrong.status_code == 422
    assert 'data-faults="member lines-0-price"' in wrong.text
    assert f'data-key="{form["request_key"]}"' in wrong.text
    assert "<html" not in wrong.text
    assert "شماره موبایل باید با ۰۹" in text_of(wrong.text)
    card = {**form, "member": BANK_CARD[:15] + luhn_digit(BANK_CARD[:15])}
    bank = await cashier.client.post(f"{cashier.root}/till", data=card, headers=SCRIPT)
    assert 'data-blank="member"' in bank.text
    assert card["member"] not in bank.text
    right = form | {"member": mobile, "lines-0-price": "90000"}
    done = await cashier.client.post(f"{cashier.root}/till", data=right, headers=SCRIPT)
    (bought,) = await purchases(shop_floor)
    assert done.headers["hx-redirect"] == f"{cashier.root}/till?done={bought['id']}"


async def test_enter_sends_nothing_before_the_script_is_there(cashier: Person) -> None:
    """The form's first button is the one that Enter presses: it is disabled, so nothing is sent."""
    form = (await cashier.get("/till")).partition('id="till"')[2]
    button = re.search(r"<button\b[^>]*>", form)
    assert button
    assert "disabled" in button[0]
    assert form.index(button[0]) < form.index("<input")


async def test_whoever_is_signed_out_is_told_so_in_place(cashier: Person) -> None:
    cashier.client.cookies.clear()
    gone = await cashier.client.get(f"{cashier.root}/till/made?key=k", headers=SCRIPT)
    assert gone.status_code == 401
