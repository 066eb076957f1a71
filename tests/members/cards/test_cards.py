"""Cards: ordered, printed, handed out, lost, expired, renewed; value stays with the member."""

import base64
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from members.cards.jobs import JOBS, layout
from members.cards.models import Card
from members.cards.service import Design, numbers_of, order_cards
from tests.web_support.portal import Floor, People, Person, text_of
from tests.web_support.visitors import Administrators, Members
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import JobContext
from timcheh.printing import parts_of, pdf
from timcheh.settings import Settings
from timcheh.text.cards import member_number

PRINT, EXPIRE = JOBS
ORDER = {
    "name": "کارت بهار",
    "kind": "credit",
    "count": "12",
    "title": "باشگاه گل‌آرا",
    "words": "هر خرید، یک هدیه",
    "colour": "#7a1f3d",
    "months": "12",
}
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
BANK_CARD = "6037997512345670"


@pytest.fixture
async def owner(shop_floor: Floor, people: People) -> Person:
    return await people(shop_floor.shop)


def mall_of(floor: Floor) -> Scope:
    return Scope.mall(UUID(str(floor.mall.id)))


async def order(owner: Person, **more: str) -> str:
    answer = await owner.send("/cards", **{**ORDER, **more})
    assert answer.status_code == 303, text_of(answer.text)
    return answer.headers["location"].removeprefix(owner.root)


async def blanks(floor: Floor, database: Database, path: str) -> list[str]:
    async with database.unit_of_work(mall_of(floor)) as uow:
        return await numbers_of(uow, UUID(path.rpartition("/")[2]), 1, 100)


async def hand_out(owner: Person, number: str, mobile: str) -> None:
    await owner.post("/cards/assign", mobile=mobile, number=number)


async def run(job: Any, floor: Floor, database: Database, settings: Settings, at: datetime) -> None:
    await job.run(JobContext(database, settings, UUID(str(floor.mall.id)), at))


async def who(floor: Floor, card: str, expect: int = 201) -> Any:
    """What a purchase with that card's number answers."""
    lines = [{"name": "کالا", "quantity": 1, "unit_price": 10_000}]
    body = {"member": {"card": card}, "lines": lines}
    return await floor.shop.post("/purchases", body, expect=expect)


@pytest.mark.feature("card.number", page="/{mall}/shop/cards")
async def test_numbers_are_ours_unique_and_checked(
    shop_floor: Floor, owner: Person, database: Database
) -> None:
    numbers = await blanks(shop_floor, database, await order(owner, count="100"))
    assert len(set(numbers)) == 100
    assert [member_number(number) for number in numbers] == numbers
    # The last digit is a check digit: no other one will do.
    wrong = numbers[0][:-1] + str((int(numbers[0][-1]) + 1) % 10)
    refusal = await who(shop_floor, wrong, expect=422)
    assert refusal["errors"][0]["code"] == "member_number_invalid"


@pytest.mark.feature("card.print", page="/{mall}/shop/cards")
@pytest.mark.parametrize("sheet", ["", "yes"])
async def test_cards_are_printed_by_the_job(
    shop_floor: Floor, owner: Person, database: Database, settings: Settings, sheet: str
) -> None:
    fields = {"_csrf_token": owner.csrf, **ORDER, "sheet": sheet}
    answer = await owner.client.post(
        f"{owner.root}/cards", data=fields, files={"logo": ("logo.png", DOT, "image/png")}
    )
    path = answer.headers["location"].removeprefix(owner.root)
    assert "در حال آماده‌سازی" in await owner.get(path)
    await run(PRINT, shop_floor, database, settings, datetime.now().astimezone())
    made = await owner.client.get(f"{owner.root}{path}/print?part=1")
    assert made.headers["content-type"] == "application/pdf"
    assert made.content.startswith(b"%PDF-")
    async with database.unit_of_work(mall_of(shop_floor)) as uow:
        (part,) = await parts_of(uow, UUID(path.rpartition("/")[2]))
        html = await layout(uow, part)
    numbers = await blanks(shop_floor, database, path)
    for number in numbers:
        assert " ".join(number[n : n + 4] for n in range(0, 16, 4)) in html
    assert html.count("data:image/png") == 24  # each card's code and its logo


@pytest.mark.feature("card.print")
async def test_a_page_is_a_card_with_its_bleed() -> None:
    import weasyprint

    made: list[Any] = []
    inner = weasyprint.HTML.write_pdf

    def keep(self: Any, **more: Any) -> bytes:
        made.extend(self.render(**more).pages)
        return bytes(inner(self, **more))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(weasyprint.HTML, "write_pdf", keep)
        await pdf('<section class="single">x</section>', "cards")
    (page,) = made
    millimetre = 96 / 25.4
    assert page.width / millimetre == pytest.approx(85.60, abs=0.05)
    assert page.height / millimetre == pytest.approx(53.98, abs=0.05)
    assert {round(side / millimetre) for side in page.bleed.values()} == {3}


@pytest.mark.feature("card.number")
async def test_a_card_is_handed_out_once_and_takes_the_numbers_place(
    shop_floor: Floor, owner: Person, people: People, database: Database, mobile: str
) -> None:
    first, second, *_ = await blanks(shop_floor, database, await order(owner))
    before = await shop_floor.shop.buy(mobile, 1_000_000)
    other = await people(await shop_floor.mall.shop("لاله"), "cashier")
    foreign = await other.post("/cards/assign", expect=404, mobile=mobile, number=first)
    assert "از سفارش‌های همین فروشگاه یا مجتمع" in text_of(foreign)
    await hand_out(owner, first, mobile)
    taken = await owner.post("/cards/assign", expect=409, mobile="09129999999", number=first)
    assert "یک کارت خام دیگر بردارید" in text_of(taken)

    sale = await who(shop_floor, first)
    assert sale["member"] == {"id": before["member"]["id"], "number": first}
    old = await who(shop_floor, before["member"]["number"], expect=409)
    assert old["code"] == "card_replaced"
    lots = await shop_floor.mall.lots(before["member"]["id"])
    assert sum(lot["available"] for lot in lots) == 50_000 + 500

    await hand_out(owner, second, mobile)
    assert (await who(shop_floor, first, expect=409))["code"] == "card_replaced"
    assert (await who(shop_floor, second))["member"]["id"] == before["member"]["id"]
    await shop_floor.mall.prove()


@pytest.mark.feature("card.reissue", page="/{mall}/club/cards")
async def test_a_lost_card_is_blocked_and_value_follows(
    shop_floor: Floor, owner: Person, members: Members, database: Database, mobile: str
) -> None:
    number, *_ = await blanks(shop_floor, database, await order(owner))
    bought = await shop_floor.shop.buy(mobile, 1_000_000)
    await hand_out(owner, number, mobile)
    member = await members(mobile)
    page = await member.post("/cards/lost")
    assert "گم‌شده" in text_of(page)
    assert (await who(shop_floor, number, expect=409))["code"] == "card_lost"
    told = await owner.post("/till/preview", expect=200, member=number, **{"lines-0-price": "1"})
    assert "موبایل مشتری را وارد کنید" in text_of(told)
    found = re.search(r'class="cardnumber">([\d ۰-۹]+)<', page)
    assert found
    live = found[1].replace(" ", "").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    assert (await who(shop_floor, live))["member"]["id"] == bought["member"]["id"]
    lots = await shop_floor.mall.lots(bought["member"]["id"])
    assert sum(lot["available"] for lot in lots) == 50_000 + 500


@pytest.mark.feature("card.expiry", page="/{mall}/mall/cards")
async def test_a_card_warns_ends_and_is_renewed(
    shop_floor: Floor,
    owner: Person,
    administrators: Administrators,
    database: Database,
    settings: Settings,
    mobile: str,
) -> None:
    number, *_ = await blanks(shop_floor, database, await order(owner))
    await hand_out(owner, number, mobile)
    async with database.unit_of_work(mall_of(shop_floor)) as uow:
        last = (await uow.session.get_one(Card, (uow.scope.mall_id, number))).expires_on
    assert last is not None
    last_day = datetime.combine(last, datetime.min.time()).astimezone() + timedelta(hours=12)

    async def messages() -> list[str]:
        async with database.unit_of_work(mall_of(shop_floor)) as uow:
            driver = await uow.driver()
            rows = await driver.fetch(
                "SELECT template FROM kernel.message WHERE mall_id = $1 AND recipient = $2"
                " AND template LIKE 'card-%' ORDER BY created_at",
                uow.scope.mall_id,
                mobile,
            )
        return [row["template"] for row in rows]

    context = (shop_floor, database, settings)
    await run(EXPIRE, *context, last_day - timedelta(days=30))
    assert await messages() == []
    for days in (13, 2):
        await run(EXPIRE, *context, last_day - timedelta(days=days))
    assert await messages() == ["card-expires"]  # told once
    bought = await who(shop_floor, number)
    assert bought["state"] == "confirmed"

    await run(EXPIRE, *context, last_day + timedelta(days=1))
    assert await messages() == ["card-expires", "card-expired"]
    assert (await who(shop_floor, number, expect=409))["code"] == "card_expired"
    await shop_floor.shop.buy(mobile, 1000)  # the membership goes on

    manager = await administrators("administrator")
    await manager.post(f"/members/{bought['member']['id']}/cards/renew")
    assert (await who(shop_floor, number))["member"]["number"] == number


@pytest.mark.feature("card.kinds", page="/{mall}/shop/cards")
async def test_a_printed_gift_card_gets_its_value_when_it_is_sold(
    shop_floor: Floor, owner: Person, database: Database, mobile: str
) -> None:
    gift, *_ = await blanks(shop_floor, database, await order(owner, kind="gift"))
    plain, *_ = await blanks(shop_floor, database, await order(owner, kind="points"))
    await owner.post("/cards/assign", expect=404, mobile=mobile, number=gift)
    sold = {"amount": "100000", "scope": "own"}
    await owner.post("/gift-cards", expect=404, request_key="a", printed=plain, **sold)
    await owner.post("/gift-cards", request_key="b", printed=gift, **sold)
    await owner.post("/gift-cards", expect=409, request_key="c", printed=gift, **sold)
    bought = await shop_floor.shop.buy(mobile, 300_000, spend={"gift_card": gift})
    assert bought["spent_value"] == 300_000
    await shop_floor.mall.prove()


@pytest.mark.feature("card.kinds")
@pytest.mark.parametrize("kind", ["credit", "points", "discount", "gift"])
async def test_each_kind_says_so_in_print(shop_floor: Floor, database: Database, kind: str) -> None:
    async with database.unit_of_work(mall_of(shop_floor)) as uow:
        design = Design("x", kind, 1, "x", "", "#ffffff", None)
        made = await order_cards(uow, None, design, new_id())
        await uow.session.flush()
        (part,) = await parts_of(uow, made.id)
        html = await layout(uow, part)
    words = {"credit": "اعتبار", "points": "امتیاز", "discount": "تخفیف", "gift": "هدیه"}
    assert f"کارت {words[kind]}" in html
    assert "color: #1d222a" in html  # ink on white


async def test_faulty_orders_are_told_at_their_fields(owner: Person) -> None:
    fields = {"_csrf_token": owner.csrf, **ORDER, "colour": "سرخ", "count": "0"}
    answer = await owner.client.post(
        f"{owner.root}/cards",
        data=fields,
        files={"logo": ("x.png", b"<svg onload=alert(1)>", "image/png")},
    )
    assert answer.status_code == 422
    said = text_of(answer.text)
    assert "PNG یا JPEG سالمی نیست" in said
    assert "رنگ را مانند" in said
    assert "کارت بهار" in answer.text


@pytest.mark.feature("card.swipe", page="/{mall}/shop/till")
async def test_a_swiped_bank_card_is_never_shown_again(owner: Person, mobile: str) -> None:
    for track in (BANK_CARD, f";{BANK_CARD}=99121010000?", f"%B{BANK_CARD}^ALI^9912?"):
        page = await owner.post("/cards/assign", expect=422, mobile=mobile, number=track)
        assert BANK_CARD not in page
        assert "این کارت بانکی است" in text_of(page)
