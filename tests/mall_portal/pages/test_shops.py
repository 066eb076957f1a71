"""Bringing a shop on board, its owner's invitation, and what the mall may change of it."""

import re

from tests.web_support.portal import Floor, Web, text_of
from tests.web_support.visitors import Administrators, Members
from timcheh.ids import new_id

PASSWORD = "گذرواژهٔ دراز ۱۴۰۴"
SHEBA = "IR820540102680020817909002"
FORM = {
    "name": "کتاب پرستو",
    "slug": "parastoo",
    "category": "کتاب و لوازم تحریر",
    "kind": "person",
    "national_id": "",
    "owner_name": "ژاله رستمی",
    "owner_mobile": "۰۹۱۲ ۳۴۵ ۶۷۸۹",
    "sheba": SHEBA,
    "credit_limit": "۲٬۰۰۰٬۰۰۰",
    "deposit": "۵۰۰٬۰۰۰",
}


def plain(html: str) -> str:
    return text_of(html).replace("٬", ",")


def invitation_in(html: str) -> str:
    found = re.search(r'value="http://test(/[^"]*/shop/join/[^"]+)"', html)
    assert found
    return found[1]


async def test_a_mall_without_shops_says_what_comes_next(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    assert "هنوز فروشگاهی نیست" in text_of(await someone.get("/shops"))
    answer = await someone.client.get(someone.root)
    assert answer.headers["location"] == f"{someone.root}/shops"


async def test_from_the_form_to_the_owners_first_sign_in(
    web: Web, administrators: Administrators
) -> None:
    someone = await administrators("administrator")
    made = await someone.post("/shops", **FORM)
    said = plain(made)
    for expected in ("کتاب پرستو آماده است", "۵۰۰,۰۰۰ تومان", "۲,۵۰۰,۰۰۰ تومان", "پارسیان"):
        assert expected in said, expected
    link = invitation_in(made)
    async with web.client(headers={"accept": "text/html"}) as owner:
        door = await owner.get(link)
        assert "ژاله رستمی" in text_of(door.text)
        short = await owner.post(link, data={"password": "کوتاه", "again": "کوتاه"})
        assert short.status_code == 422
        chosen = {"password": PASSWORD, "again": PASSWORD}
        assert (await owner.post(link, data=chosen)).status_code == 303
        assert (await owner.get(link)).status_code == 404
        sign_in = f"{link.split('/join')[0]}/sign-in"
        answer = await owner.post(sign_in, data={"mobile": "09123456789", "password": PASSWORD})
        assert answer.status_code == 303
    listed = plain(await someone.get("/shops"))
    assert "الگوی اعتباردهی مانده است" in listed
    assert "ناتمام" in listed


async def test_mistakes_come_back_with_what_was_typed(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    wrong = FORM | {
        "slug": "کتاب",
        "national_id": "1234567890",
        "sheba": "IR820540102680020817909003",
        "owner_mobile": "0912",
        "credit_limit": "دو",
    }
    page = await someone.post("/shops", expect=422, **wrong)
    for name in ("slug", "national_id", "sheba", "owner_mobile", "credit_limit"):
        assert f'id="f-{name}-error"' in page, name
    for typed in ("کتاب پرستو", "1234567890", "دو", "ژاله رستمی"):
        assert f'value="{typed}"' in page, typed
    assert 'value="کتاب و لوازم تحریر" selected' in page
    await someone.post("/shops", **FORM)
    again = await someone.post("/shops", expect=409, **FORM | {"name": "پرستوی دوم"})
    assert 'value="پرستوی دوم"' in again
    assert 'role="alert"' in again


async def test_an_owner_of_two_shops_has_one_account(
    web: Web, administrators: Administrators
) -> None:
    someone = await administrators("administrator")
    link = invitation_in(await someone.post("/shops", **FORM))
    async with web.client(headers={"accept": "text/html"}) as owner:
        await owner.post(link, data={"password": PASSWORD, "again": PASSWORD})
    second = await someone.post("/shops", **FORM | {"slug": "parastoo-2", "name": "پرستو ۲"})
    assert "/shop/join/" not in second
    assert "ژاله رستمی" in second


async def test_a_suspended_shop_sells_nothing_until_it_is_back(
    shop_floor: Floor, administrators: Administrators, mobile: str
) -> None:
    someone = await administrators("administrator")
    path = f"/shops/{shop_floor.shop.id}"
    assert "معلق" in text_of(await someone.post(f"{path}/suspend"))
    await shop_floor.shop.buy(mobile, 1_000_000, expect=409)
    assert "معلق ۱" in text_of(await someone.get("/shops"))
    assert "دوباره فعال است" in text_of(await someone.post(f"{path}/activate"))
    await shop_floor.shop.buy(mobile, 1_000_000)


async def test_limits_change_and_a_mistake_keeps_what_was_typed(
    shop_floor: Floor, administrators: Administrators
) -> None:
    someone = await administrators("administrator")
    path = f"/shops/{shop_floor.shop.id}"
    changed = plain(
        await someone.post(f"{path}/limits", credit_limit="۳٬۰۰۰٬۰۰۰", deposit="1000000")
    )
    assert "سقف و سپرده ثبت شد" in changed
    assert "۴,۰۰۰,۰۰۰ تومان" in changed
    wrong = await someone.post(f"{path}/limits", expect=422, credit_limit="", deposit="۱۲الف")
    assert 'id="f-credit_limit-error"' in wrong
    assert 'value="۱۲الف"' in wrong


async def test_search_and_filters(shop_floor: Floor, administrators: Administrators) -> None:
    await shop_floor.mall.shop("كتاب يكتا")
    someone = await administrators("administrator")
    found = text_of(await someone.get("/shops?q=کتاب یک"))
    assert "يكتا" in found
    assert "گل‌آرا" not in found
    assert "چیزی" in text_of(await someone.get("/shops?q=نیست‌درجهان"))
    incomplete = text_of(await someone.get("/shops?state=incomplete"))
    assert "شبا مانده است" in incomplete


async def test_what_an_accountant_may_not(
    shop_floor: Floor, administrators: Administrators
) -> None:
    someone = await administrators("accountant")
    path = f"/shops/{shop_floor.shop.id}"
    page = text_of(await someone.get(path))
    assert "تعلیق فروشگاه" not in page
    await someone.get("/shops/new", expect=403)
    for address in ("/shops", f"{path}/suspend", f"{path}/activate", f"{path}/limits"):
        assert (await someone.send(address, **FORM)).status_code == 403, address


async def test_foreign_and_absent_shops_and_other_doors(
    administrators: Administrators, members: Members, mobile: str
) -> None:
    someone = await administrators("administrator")
    await someone.get(f"/shops/{new_id()}", expect=404)
    for step in ("suspend", "activate"):
        assert (await someone.send(f"/shops/{new_id()}/{step}")).status_code == 404
    limits = {"credit_limit": "1", "deposit": ""}
    assert (await someone.send(f"/shops/{new_id()}/limits", **limits)).status_code == 404
    member = await members(mobile)
    answer = await member.client.get(f"{someone.root}/shops")
    assert (answer.status_code, "sign-in" in answer.headers["location"]) == (303, True)
    bare = await someone.client.post(f"{someone.root}/shops", data=FORM)
    assert bare.status_code == 403
