"""Rewards in the shop's portal, at its till, on the member's phone, and in their history."""

import io
import re

import pytest
from PIL import Image

from tests.merchants.rewards.support import Counter
from tests.web_support.forms import form_of
from tests.web_support.portal import People, Person, text_of
from tests.web_support.visitors import Members

pytestmark = pytest.mark.feature("offer.reward", page="/{mall}/shop/rewards")
TERMS = {
    "kind": "service",
    "name": "قهوه مهمان",
    "points": "۱۰",
    "scope": "own:point",
    "claim_days": "7",
}


@pytest.fixture
async def owner(counter: Counter, people: People) -> Person:
    return await people(counter.floor.shop)


async def publish(owner: Person, **more: str) -> str:
    """The path of a new reward that is published."""
    answer = await owner.send("/rewards", **{**TERMS, **more})
    assert answer.status_code == 303, text_of(answer.text)
    path = answer.headers["location"].removeprefix(owner.root)
    assert "منتشر شد" in text_of(await owner.post(f"{path}/state", state="published"))
    return str(path)


def key_of(page: str) -> str:
    found = re.search(r'name="request_key" value="([^"]+)"', page)
    assert found
    return found[1]


async def test_from_the_catalogue_to_the_phone_to_the_till(
    counter: Counter, owner: Person, people: People, members: Members, mobile: str
) -> None:
    path = await publish(owner, stock="2")
    await counter.customer(mobile, 25)
    member = await members(mobile)
    listed = await member.get("/rewards")
    assert "می‌توانید بگیرید" in text_of(listed)
    page = await member.get(path)
    fields = {"request_key": key_of(page)}
    claim = await member.post(path, **fields)
    code = re.search(r'class="cardnumber">([^<]+)<', claim)
    assert code
    # The same form again: the same claim, not another one.
    assert code[1] in await member.post(path, **fields)

    cashier = await people(counter.floor.shop, "cashier")
    found = await cashier.post("/rewards/till", expect=200, who=code[1])
    hand_out = re.search(r'action="[^"]*/shop(/reward-claims/[^"]+/hand-out)"', found)
    assert hand_out
    said = await cashier.post(hand_out[1], **{"from": "till"})
    assert "«قهوه مهمان» تحویل شد" in text_of(said)
    assert "پیش‌تر تحویل داده شده است" in text_of(await cashier.post(hand_out[1]))
    report = text_of(await owner.get(path))
    assert "تحویل‌شده ۱" in report
    history = text_of(await member.get("/history"))
    assert "۱۰ امتیاز دادید و «قهوه مهمان» گرفتید" in history
    assert sum(1 for each in await counter.claims()) == 1
    await counter.floor.mall.prove()


async def test_the_cashier_gives_what_the_customer_can_afford(
    counter: Counter, owner: Person, people: People, mobile: str
) -> None:
    await publish(owner)
    await publish(owner, name="بلیت", points="500")
    member = await counter.customer(mobile, 12)
    cashier = await people(counter.floor.shop, "cashier")
    page = await cashier.post("/rewards/till", expect=200, who=mobile)
    assert "این پاداش ۵۰۰ امتیاز می‌خواهد و ۱۲ امتیاز موجود است" in text_of(page)
    fields = dict(re.findall(r'name="(reward|member|request_key)" value="([^"]+)"', page))
    assert "«قهوه مهمان» داده شد" in text_of(await cashier.post("/rewards/till/take", **fields))
    await cashier.post("/rewards/till/take", **fields)
    assert await counter.lots(member) == [2]
    fields["request_key"] = "another"
    refused = await cashier.post("/rewards/till/take", expect=422, **fields)
    assert "این پاداش ۱۰ امتیاز می‌خواهد" in text_of(refused)
    assert "چنین کدی در این فروشگاه نیست" in text_of(
        await cashier.post("/rewards/till", expect=422, who="00000000")
    )
    assert "عضوی با این شماره نیست" in text_of(
        await cashier.post("/rewards/till", expect=422, who="09120000000")
    )


async def test_the_member_changes_their_mind(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    path = await publish(owner)
    await counter.customer(mobile, 10)
    member = await members(mobile)
    answer = await member.send(path, request_key=key_of(await member.get(path)))
    claim = answer.headers["location"].removeprefix(member.root)
    said = text_of(await member.post(f"{claim}/cancel"))
    assert "۱۰ امتیاز به شما برگشت" in said
    assert "لغو شده است" not in said
    history = text_of(await member.get("/history?kind=returned"))
    assert "«قهوه مهمان» لغو شد یا مهلتش گذشت؛ ۱۰ امتیاز به شما برگشت" in history
    assert "می‌توانید بگیرید" in text_of(await member.get("/rewards"))


async def test_what_is_short_or_withdrawn_is_told(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    path = await publish(owner, points="40")
    await counter.customer(mobile, 15)
    member = await members(mobile)
    assert "۲۵ امتیاز دیگر لازم دارید" in text_of(await member.get("/rewards"))
    refused = await member.post(path, expect=422, request_key="x")
    assert "۴۰ امتیاز می‌خواهد" in text_of(refused)
    await owner.post(f"{path}/state", state="draft")
    await member.get(path, expect=404)
    await member.post(path, expect=404, request_key="x")


async def test_a_faulty_form_names_each_field_and_keeps_what_was_typed(owner: Person) -> None:
    bad = {"kind": "event", "points": "۰", "event_on": "1390/01/01", "event_time": "شش"}
    page = await owner.post("/rewards", expect=422, **{**TERMS, **bad, "ends_at": "1390/01/01"})
    said = text_of(page)
    assert "ساعت را مانند ۱۸:۳۰ بنویسید" in said
    assert "برابر یا بیشتر از ۱" in said
    assert 'value="قهوه مهمان"' in page
    product = await owner.post(
        "/rewards", expect=422, **{**TERMS, "kind": "product", "sku": "nothing"}
    )
    assert "در فهرست کالاها نیست" in text_of(product)


async def test_of_a_reward_each_keeps_what_they_changed(
    counter: Counter, owner: Person, people: People
) -> None:
    path = await publish(owner)
    colleague = await people(counter.floor.shop)
    where = f"{path}/edit"
    mine, theirs = [form_of(await who.get(where), who.root + where) for who in (owner, colleague)]
    assert mine
    assert theirs
    await owner.post(where, **{**mine, "name": "چای"})
    await colleague.post(where, **{**theirs, "points": "12"})
    (reward,) = (await counter.floor.shop.get("/rewards"))["items"]
    assert (reward["name"], reward["points"]) == ("چای", 12)
    late = await colleague.post(where, expect=409, **{**theirs, "name": "آب"})
    assert 'value="آب"' in late
    assert "سامان کریمی امروز ساعت" in text_of(late)
    assert "اکنون: چای" in text_of(late)


async def test_a_picture_is_shrunk_and_anything_else_refused(
    counter: Counter, owner: Person, members: Members, mobile: str
) -> None:
    path = await publish(owner)
    made = io.BytesIO()
    Image.new("RGB", (2400, 1800), "teal").save(made, "JPEG")
    token = {"_csrf_token": owner.csrf}
    where = owner.root + path + "/picture"
    sent = {"picture": ("قهوه.jpg", made.getvalue(), "image/jpeg")}
    assert (await owner.client.post(where, data=token, files=sent)).status_code == 303
    await counter.customer(mobile, 1)
    member = await members(mobile)
    seen = await member.client.get(f"{member.root}{path}/picture")
    assert seen.headers["content-type"] == "image/webp"
    with Image.open(io.BytesIO(seen.content)) as picture:
        assert picture.size == (960, 720)
    wrong = {"picture": ("x.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")}
    refused = await owner.client.post(where, data=token, files=wrong)
    assert refused.status_code == 422
    assert "تصویر دیگری انتخاب کنید" in text_of(refused.text)


async def test_a_cashier_hands_out_but_makes_no_rewards(counter: Counter, people: People) -> None:
    cashier = await people(counter.floor.shop, "cashier")
    await cashier.get("/rewards/till")
    await cashier.get("/rewards", expect=403)
    await cashier.post("/rewards", expect=403, **TERMS)
