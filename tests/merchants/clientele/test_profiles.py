"""What a member says, what a shop writes, and what of each the other sees."""

from typing import Any
from uuid import UUID

import pytest

from merchants.profiles.sharing import share
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Members
from timcheh.db import Database, Scope

FACTS = {
    "name": "نرگس کریمی",
    "birthday": "۱۳۶۲/۳/۵",
    "gender": "female",
    "father_name": "حسین",
    "national_id": "۰۰۸۴۵۷۵۹۴۸",
    "email": "narges@example.ir",
    "job": "خیاط",
    "guild": "پوشاک",
    "weight_grams": "۶۲٫۵",
    "favourite_colour": "فیروزه‌ای",
    "marital_status": "married",
    "wedding_date": "12 اردیبهشت 1390",
    "children": "1392/7/1، 1390/2/10",
    "province": "فارس",
    "city": "شیراز",
    "district": "۳",
    "neighbourhood": "قصردشت",
    "address": "خیابان نخست، پلاک ۲",
    "postal_code": "7134567890",
    "home_phone": "071-36234567",
    "work_phone": "۰۷۱۳۶۲۳۴۵۶۸",
}


async def sold(floor: Floor, mobile: str) -> UUID:
    """The member that bought once."""
    purchase = await floor.shop.buy(mobile, 500_000)
    return UUID(purchase["member"]["id"])


@pytest.mark.feature("profile.fields", "profile.address", "profile.family", "profile.guild")
async def test_a_shop_writes_all_it_knows(shop_floor: Floor, people: People, mobile: str) -> None:
    owner, member = await people(shop_floor.shop), await sold(shop_floor, mobile)
    page = f"/customers/{member}/profile"
    kept = text_of(await owner.post(page, **FACTS, note="مشتری خوب"))
    for shown in (
        "نرگس کریمی",
        "۵ خرداد ۱۳۶۲",
        "زن",
        "حسین",
        "۰۰۸۴۵۷۵۹۴۸",
        "خیاط",
        "پوشاک",
        "۶۲٫۵",
        "متأهل",
        "۱۳۹۰/۰۲/۱۲",
        "۱۳۹۰/۰۲/۱۰، ۱۳۹۲/۰۷/۰۱",
        "فارس",
        "قصردشت",
        "خیابان نخست، پلاک ۲",
        "۷۱۳۴۵۶۷۸۹۰",
        "۰۷۱۳۶۲۳۴۵۶۷",
        "مشتری خوب",
    ):
        assert shown in kept, shown
    again = await owner.get(page)
    assert 'value="۱۳۶۲/۰۳/۰۵"' in again
    assert 'value="۶۲٫۵"' in again


@pytest.mark.feature("profile.fields")
async def test_faults_are_named_and_nothing_typed_is_lost(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    owner, member = await people(shop_floor.shop), await sold(shop_floor, mobile)
    wrong = FACTS | {"national_id": "1234567890", "birthday": "1362/13/40", "weight_grams": "صد"}
    page = await owner.post(f"/customers/{member}/profile", expect=422, **wrong)
    shown = text_of(page)
    assert "کد ملی درست نیست" in shown
    assert "تاریخ را مانند" in shown
    assert "وزن را به کیلوگرم" in shown
    assert 'value="1234567890"' in page
    assert 'value="خیاط"' in page


@pytest.mark.feature("profile.fields")
async def test_a_shop_makes_fields_of_its_own(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    owner, member = await people(shop_floor.shop), await sold(shop_floor, mobile)
    await owner.post("/customers/fields", label="سایز کفش", kind="number", choices="")
    await owner.post("/customers/fields", label="سلیقه", kind="choice", choices="ساده\nشاد")
    taken = await owner.post("/customers/fields", expect=422, label="سایزکفش", kind="text")
    assert "فیلد دیگری همین نام را دارد" in text_of(taken)
    form = await owner.get(f"/customers/{member}/profile")
    names = [part.split('"')[0] for part in form.split('name="')[1:] if part.startswith("field-")]
    values = dict(zip(names, ("۴۲", "شاد"), strict=True))
    kept = text_of(await owner.post(f"/customers/{member}/profile", **values))
    assert "سایز کفش ۴۲" in kept
    assert "سلیقه شاد" in kept
    bad = dict(zip(names, ("چهل", "ساده"), strict=True))
    refused = await owner.post(f"/customers/{member}/profile", expect=422, **bad)
    assert "یک عدد وارد کنید" in text_of(refused)


@pytest.mark.feature("profile.referrer")
async def test_the_referrer_is_a_customer_of_the_shop(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    owner, member = await people(shop_floor.shop), await sold(shop_floor, mobile)
    friend = "09" + mobile[2:-1] + str((int(mobile[-1]) + 1) % 10)
    other = await shop_floor.mall.shop("لاله")
    await other.buy(friend, 100_000)
    page = f"/customers/{member}/profile"
    unknown = await owner.post(page, expect=422, referrer=friend)  # a member, but not ours
    assert "معرف باید مشتری خودتان باشد" in text_of(unknown)
    itself = await owner.post(page, expect=422, referrer=mobile)
    assert "کسی معرف خودش نمی‌شود" in text_of(itself)
    await sold(shop_floor, friend)
    await owner.post(page, referrer="+98" + friend[1:])
    assert f'value="{friend}"' in await owner.get(page)


@pytest.mark.feature("profile.fields")
async def test_what_one_shop_typed_is_not_anothers(
    shop_floor: Floor, people: People, members: Members, mobile: str
) -> None:
    owner, member = await people(shop_floor.shop), await sold(shop_floor, mobile)
    await owner.post(f"/customers/{member}/profile", **FACTS, note="رازدار")
    other = await shop_floor.mall.shop("لاله")
    stranger = await people(other)
    await stranger.get(f"/customers/{member}/profile", expect=404)
    await stranger.post(f"/customers/{member}/profile", expect=404, **FACTS)
    await stranger.get(f"/customers/{member}/consents", expect=404)
    await other.buy(mobile, 100_000)
    seen = await stranger.get(f"/customers/{member}") + await stranger.get(
        f"/customers/{member}/profile"
    )
    assert "خیاط" not in seen
    assert "رازدار" not in seen
    herself = await (await members(mobile)).get("/profile")
    assert "خیاط" not in herself
    assert "رازدار" not in herself


async def relayed(database: Database, floor: Floor, member: UUID) -> None:
    """What the outbox's handlers do after a profile or a consent has changed."""
    mall, shop = UUID(str(floor.mall.id)), UUID(floor.shop.id)
    async with database.unit_of_work(Scope.mall(mall)) as uow:
        await share(uow, shop, member)


@pytest.mark.feature("enrol.consent", "profile.fields")
async def test_a_shop_sees_what_the_member_shares_while_they_allow_it(
    shop_floor: Floor, people: People, members: Members, database: Database, mobile: str
) -> None:
    member = await sold(shop_floor, mobile)
    herself, owner = await members(mobile), await people(shop_floor.shop)
    await herself.post("/profile", **FACTS)
    await relayed(database, shop_floor, member)
    assert "خیاط" not in await owner.get(f"/customers/{member}")
    await herself.post("/consents", party=shop_floor.shop.id, data="yes")
    await relayed(database, shop_floor, member)
    shared = await owner.get(f"/customers/{member}/profile")
    assert "خیاط" in shared
    assert "خود مشتری با شما در میان گذاشته است" in shared
    # What the shop writes over it is the shop's, and stays.
    await owner.post(f"/customers/{member}/profile", **FACTS | {"city": "تهران"})
    await herself.post("/consents", party=shop_floor.shop.id)
    await relayed(database, shop_floor, member)
    left = await owner.get(f"/customers/{member}")
    assert "خیاط" not in left
    assert "تهران" in left


@pytest.mark.feature("enrol.consent")
async def test_every_decision_is_kept_with_its_hand_and_place(
    shop_floor: Floor, people: People, members: Members, mobile: str
) -> None:
    member = await sold(shop_floor, mobile)
    owner, herself = await people(shop_floor.shop), await members(mobile)
    page = f"/customers/{member}/consents"
    assert "هنوز تصمیمی ثبت نشده است" in text_of(await owner.get(page))
    noted = text_of(await owner.post(page, promotion="yes"))
    assert "اجازه پیام تبلیغاتی داده شد کارکنان فروشگاه، در پنل فروشگاه" in noted
    await herself.post("/consents", party=shop_floor.shop.id)
    told = text_of(await owner.get(page))
    assert "اجازه پیام تبلیغاتی پس گرفته شد خود عضو، در برنامه باشگاه" in told
    assert "داده شد" in told
    other = await shop_floor.mall.shop("لاله")
    stranger = await herself.send("/consents", party=other.id, data="yes")
    assert stranger.status_code == 404  # she isn't that shop's customer
    club = "00000000-0000-0000-0000-000000000000"
    assert "تصمیم ثبت شد" in text_of(await herself.post("/consents", party=club, data="yes"))


@pytest.mark.feature("enrol.provenance", "enrol.auto_customer", "enrol.at_sale")
async def test_a_purchase_makes_a_customer_and_tells_where(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    branch = await shop_floor.shop.post("/branches", {"name": "شعبه ونک"})
    cashier = await people(shop_floor.shop, "cashier", branch=branch["id"])
    sale: dict[str, Any] = {
        "member": mobile,
        "lines-0-name": "کالا",
        "lines-0-quantity": "1",
        "lines-0-price": "50000",
        "branch": branch["id"],
        "request_key": mobile,
    }
    await cashier.post("/till", expect=303, **sale)
    owner: Person = await people(shop_floor.shop)
    found = await owner.get(f"/customers?q={mobile}")
    address = found.split('data-href="')[1].split('"')[0].removeprefix(owner.root)
    one = text_of(await owner.get(address))
    assert "با خرید، شعبه ونک، سامان کریمی" in one


@pytest.mark.feature("card.lookup")
async def test_own_customers_are_found_without_a_card(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    owner, member = await people(shop_floor.shop), await sold(shop_floor, mobile)
    await owner.post(f"/customers/{member}/profile", name="می‌نا کريمي")
    number = (await shop_floor.shop.get(f"/customers/{member}"))["number"]
    other = await people(await shop_floor.mall.shop("لاله"))
    for typed in ("مینا", "كریمی", mobile, mobile[4:], number, number[:8]):
        assert str(member) in await owner.get(f"/customers?q={typed}"), typed
        assert str(member) not in await other.get(f"/customers?q={typed}"), typed
