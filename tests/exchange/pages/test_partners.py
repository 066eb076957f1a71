"""A shop's partners: proposing, answering, ending, and who may."""

import re

import pytest

from tests.web_support.portal import Floor, People, text_of
from timcheh.ids import new_id


def terms(acceptor: str, **more: str) -> dict[str, str]:
    return {
        "acceptor_id": acceptor,
        "max_share_percent": "۳۰",
        "fee_percent": "۲٫۵",
        "ends_at": "",
        "notice_days": "",
        **more,
    }


async def test_a_proposal_is_sent_accepted_used_and_ended(
    shop_floor: Floor, people: People, mobile: str
) -> None:
    laleh = await shop_floor.mall.shop("لاله")
    owner, neighbour = await people(shop_floor.shop), await people(laleh)
    assert "هنوز همکاری ندارید" in text_of(await owner.get("/partners"))
    sent = text_of(await owner.post("/partners", **terms(laleh.id, notice_days="۱۰")))
    assert "پیشنهاد برای لاله فرستاده شد" in sent
    assert "در انتظار پاسخ" in sent
    page = await neighbour.get("/partners")
    said = text_of(page)
    assert "مشتریان گل‌آرا می‌توانند تا ۳۰٪ هر خرید نزد شما" in said
    assert "۹۷٫۵٪ آن از صندوق به شما می‌رسد" in said
    agreement = re.findall(r"/partners/([0-9a-f-]{36})/accept", page)[0]
    await owner.post(f"/partners/{agreement}/accept", expect=404)
    assert "برقرار" in text_of(await neighbour.post(f"/partners/{agreement}/accept"))
    await shop_floor.shop.buy(mobile, 10_000_000)
    await laleh.buy(mobile, 1_000_000, spend={"credit": "max"})
    for person in (owner, neighbour):
        said = text_of(await person.get("/partners")).replace("٬", ",")
        assert "۳۰,۰۰۰ تومان" in said
    assert "تا ۱۰ روز دیگر خرج می‌شود" in text_of(await owner.get("/partners"))
    ended = text_of(await owner.post(f"/partners/{agreement}/terminate"))
    assert "خاتمه‌یافته" in ended
    await neighbour.post(f"/partners/{agreement}/accept", expect=409)


async def test_a_proposal_is_declined_or_taken_back(shop_floor: Floor, people: People) -> None:
    laleh = await shop_floor.mall.shop("لاله")
    owner, neighbour = await people(shop_floor.shop), await people(laleh)
    for act, who in (("decline", neighbour), ("terminate", owner)):
        page = await owner.post("/partners", **terms(laleh.id))
        agreement = re.findall(r"/partners/([0-9a-f-]{36})/terminate", page)[0]
        assert "پیشنهاد به لاله پس گرفته شود؟" in text_of(page)
        await who.post(f"/partners/{agreement}/{act}")
        assert "/accept" not in await neighbour.get("/partners")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("acceptor_id", "", "این مقدار را وارد کنید"),
        ("acceptor_id", "01a20097-ca82-780f-b0a2-dcef31bdca10", "چنین فروشگاهی در مجتمع نیست"),
        ("max_share_percent", "", "این مقدار را وارد کنید"),
        ("max_share_percent", "سی", "یک عدد وارد کنید"),
        ("max_share_percent", "0", "درصدی از بیش از صفر تا ۱۰۰"),
        ("max_share_percent", "101", "درصدی از بیش از صفر تا ۱۰۰"),
        ("fee_percent", "2.555", "یک عدد وارد کنید"),
        ("ends_at", "1405/13/01", "تاریخ را مانند"),
        ("ends_at", "1300/01/01", "این زمان گذشته است"),
        ("notice_days", "-1", "یک عدد وارد کنید"),
        ("notice_days", "366", "مقداری برابر یا کمتر از"),
    ],
)
async def test_a_faulty_proposal_comes_back_as_it_was_typed(
    shop_floor: Floor, people: People, field: str, typed: str, words: str
) -> None:
    laleh = await shop_floor.mall.shop("لاله")
    owner = await people(shop_floor.shop)
    page = await owner.post("/partners", expect=422, **terms(laleh.id, **{field: typed}))
    assert words in text_of(page)
    name = "ends_at" if field == "ends_at" else field
    assert re.search(rf'id="f-{name}"[^>]*aria-invalid="true"', page)
    if field != "acceptor_id":
        assert f'value="{typed}"' in page
    assert (await shop_floor.shop.get("/agreements"))["items"] == []


async def test_two_proposals_in_one_direction_are_refused(
    shop_floor: Floor, people: People
) -> None:
    laleh = await shop_floor.mall.shop("لاله")
    owner = await people(shop_floor.shop)
    await owner.post("/partners", **terms(laleh.id))
    again = text_of(await owner.post("/partners", expect=409, **terms(laleh.id)))
    assert "با این فروشگاه در همین جهت قرارداد یا پیشنهادی دارید" in again


async def test_only_the_owner_binds_the_shop(shop_floor: Floor, people: People) -> None:
    laleh = await shop_floor.mall.shop("لاله")
    owner = await people(shop_floor.shop)
    await owner.post("/partners", **terms(laleh.id))
    manager = await people(laleh, "manager")
    page = await manager.get("/partners")
    assert "پیشنهاد گل‌آرا" in text_of(page)
    assert "/accept" not in page
    agreement = (await laleh.get("/agreements"))["items"][0]["id"]
    for act in ("accept", "decline", "terminate"):
        await manager.post(f"/partners/{agreement}/{act}", expect=403)
    await manager.post("/partners", expect=403, **terms(shop_floor.shop.id))
    cashier = await people(laleh, "cashier")
    await cashier.get("/partners", expect=403)


async def test_others_agreements_are_not_there(shop_floor: Floor, people: People) -> None:
    laleh, third = await shop_floor.mall.shop("لاله"), await shop_floor.mall.shop("نان سحر")
    await shop_floor.mall.partners(shop_floor.shop, laleh, 200, 3000)
    agreement = (await laleh.get("/agreements"))["items"][0]["id"]
    stranger = await people(third)
    assert agreement not in await stranger.get("/partners")
    for act in ("accept", "decline", "terminate"):
        await stranger.post(f"/partners/{agreement}/{act}", expect=404)
        await stranger.post(f"/partners/{new_id()}/{act}", expect=404)
