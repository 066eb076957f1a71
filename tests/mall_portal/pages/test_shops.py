"""The shops of a mall, and what the mall may change of one."""

from tests.web_support.portal import Floor, text_of
from tests.web_support.visitors import Administrators, Members
from timcheh.ids import new_id

SHEBA = "IR820540102680020817909002"


def plain(html: str) -> str:
    return text_of(html).replace("٬", ",")


async def test_a_mall_without_shops_says_what_comes_next(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    assert "هنوز فروشگاهی نیست" in text_of(await someone.get("/shops"))
    answer = await someone.client.get(someone.root)
    assert answer.headers["location"] == f"{someone.root}/shops"


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
    assert "تعلیق یا بستن" not in page
    await someone.get("/shops/new", expect=403)
    acts = (
        "suspend",
        "activate",
        "limits",
        "account",
        "first-rules",
        "close",
        f"staff/{new_id()}/invite",
    )
    invites = f"{path}/staff/{new_id()}/invite"
    opening = f"/shops/new/{new_id()}"
    for address in (
        *(f"{path}/{act}" for act in acts),
        invites,
        *("/shops/new", "/shops/new/check", "/shops/new/rules"),
        *(f"{opening}/owner", f"{opening}/review", f"{opening}/drop"),
    ):
        assert (await someone.send(address)).status_code == 403, address
    for address in ("account", "first-rules", "close"):
        await someone.get(f"{path}/{address}", expect=403)
    assert "shop/join" not in await someone.get(f"{path}/handover")


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
    bare = await someone.client.post(f"{someone.root}/shops/new", data={"name": "x"})
    assert bare.status_code == 403


async def test_where_a_shop_is_paid_is_put_right(
    shop_floor: Floor, administrators: Administrators
) -> None:
    someone = await administrators("administrator")
    path = f"/shops/{shop_floor.shop.id}"
    wrong = await someone.post(f"{path}/account", expect=422, sheba=SHEBA[:-1] + "3")
    assert 'id="f-sheba-error"' in wrong
    saved = text_of(await someone.post(f"{path}/account", sheba=SHEBA, national_id="0499370899"))
    assert "بانک پارسیان" in saved
    assert "شبا مانده است" not in text_of(await someone.get("/shops"))
