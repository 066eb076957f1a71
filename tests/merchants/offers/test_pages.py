"""Offers in the portal: begun, written, tried, published, scheduled, changed by two, taken back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from merchants.facade import current_rules
from merchants.offers.jobs import publish_due
from merchants.offers.models import OfferDraft
from tests.web_support.portal import Floor, People, Person, Web, text_of
from timcheh.calendar import format_jalali
from timcheh.calendar.format import DateStyle
from timcheh.db import Scope
from timcheh.module import JobContext

pytestmark = pytest.mark.feature("offer.version")


async def begun(person: Person, **fields: str) -> str:
    """The id of the draft that was begun."""
    answer = await person.send("/offers", **fields)
    assert answer.status_code == 303, text_of(answer.text)[:400]
    return str(re.search(r"/offers/([0-9a-f-]{36})", answer.headers["location"])[1])  # type: ignore[index]


async def form_of(person: Person, draft: str) -> dict[str, str]:
    """The fields of the form as a browser would send them."""
    html = await person.get(f"/offers/{draft}/edit")
    form = html[html.index('<form class="split"') :]
    fields = dict(
        re.findall(r'<input[^>]*name="([^"]+)"[^>]*type="text"[^>]*value="([^"]*)"', form)
    )
    fields |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    for box in re.findall(r'<input type="checkbox"[^>]*>', form):
        if " checked" in box:
            name, value = re.search(r'name="([^"]+)"', box), re.search(r'value="([^"]+)"', box)
            assert name
            assert value
            fields[name[1]] = value[1]
    return {name: value for name, value in fields.items() if name != "_csrf_token"}


async def in_force(web: Web, floor: Floor) -> tuple[int, list[Any]]:
    async with web.services.database.unit_of_work(floor.scope) as uow:
        return await current_rules(uow, floor.scope.merchant_id)  # type: ignore[arg-type]


@pytest.mark.feature("offer.win_back", "offer.one_time", "offer.dry_run")
async def test_a_win_back_from_one_click_to_force(
    shop_floor: Floor, people: People, web: Web
) -> None:
    owner = await people(shop_floor.shop)
    draft = await begun(owner, starter="win_back")
    said = text_of(await owner.get(f"/offers/{draft}"))
    assert "۳۵٪ اعتبار اختصاصی" in said
    assert "تا ۷ روز پس از آنکه تعداد خریدهای پیشین مشتری بیش از ۴ باشد" in said
    assert "۱۰٪ از مشتریان به‌تصادف گروه شاهدند" in said
    fields = await form_of(owner, draft) | {"once_days": "۱۰", "effect-0-percent": "۴۰"}
    said = text_of(await owner.post(f"/offers/{draft}/edit", **fields))
    assert "۴۰٪ اعتبار اختصاصی" in said
    assert (await in_force(web, shop_floor))[0] == 1
    tried = {"lines-0-name": "رز", "lines-0-price": "۵۰۰٬۰۰۰"}
    said = text_of(await owner.post(f"/offers/{draft}/try", 200, **tried))
    assert "همین پیشنهاد" in said
    assert "مشتری پیش از این ۰ خرید داشته است؛ پس از بیش از ۴ خرید برقرار می‌شود" in said
    assert "۲۵٬۰۰۰ تومان اعتبار نزد همکاران" in said  # the rule in force gives its five per cent
    assert "نسخه ۲" in text_of(await owner.post(f"/offers/{draft}/publish", revision="2"))
    version, rules = await in_force(web, shop_floor)
    assert version == 2
    assert rules[1]["once"]["within_days"] == 10
    assert rules[1]["then"][0]["bps"] == 4000
    await owner.get(f"/offers/{draft}", 404)


async def test_what_is_wrong_comes_back_as_it_was_typed(shop_floor: Floor, people: People) -> None:
    owner = await people(shop_floor.shop)
    draft = await begun(owner, starter="basket")
    fields = await form_of(owner, draft) | {"effect-0-percent": "صد", "name": "سبد یلدا"}
    html = await owner.post(f"/offers/{draft}/edit", 422, **fields)
    assert "یک عدد وارد کنید" in text_of(html)
    assert 'value="صد"' in html
    assert 'value="سبد یلدا"' in html
    preview = text_of(await owner.post("/offers/preview", 200, **fields))
    assert "یک عدد وارد کنید" in preview
    fine = fields | {"effect-0-percent": "۱۲٫۵"}
    assert "۱۲٫۵٪ اعتبار" in text_of(await owner.post("/offers/preview", 200, **fine))


async def test_two_people_never_overwrite_each_other_silently(
    shop_floor: Floor, people: People, web: Web
) -> None:
    first, second = await people(shop_floor.shop), await people(shop_floor.shop, "manager")
    draft = await begun(first, edit="۵٪ هر خرید")
    assert await begun(second, edit="۵٪ هر خرید") == draft  # one draft for one offer
    mine, yours = await form_of(first, draft), await form_of(second, draft)
    await first.post(f"/offers/{draft}/edit", **mine | {"effect-0-percent": "۶"})
    html = await second.post(f"/offers/{draft}/edit", 409, **yours | {"effect-0-percent": "۷"})
    assert "سامان کریمی این پیش‌نویس را در این میان تغییر داده است" in text_of(html)
    assert 'value="۷"' in html
    assert 'name="revision" value="2"' in html  # knowing that, the next press replaces it
    await first.post(f"/offers/{draft}/publish", 409, revision="1")

    # Meanwhile the rule in force changes over the API: a draft of the old one is not published.
    changed = [{"name": "۵٪ هر خرید", "then": [{"effect": "discount_amount", "amount": 10}]}]
    await shop_floor.shop.put("/rules", {"rules": changed})
    said = text_of(await first.post(f"/offers/{draft}/publish", 409, revision="2"))
    assert "پیشنهاد برقرار در این میان تغییر کرده است" in said
    assert "۱ تومان تخفیف" in said
    await first.post(f"/offers/{draft}/publish", revision="2", take_over="yes")
    await first.post(f"/offers/{draft}/publish", revision="3")
    version, rules = await in_force(web, shop_floor)
    assert (version, rules[0]["then"][0]["bps"]) == (3, 600)


async def test_a_scheduled_draft_is_published_when_its_moment_comes(
    shop_floor: Floor, people: People, web: Web
) -> None:
    owner = await people(shop_floor.shop)
    draft = await begun(owner, starter="coupon")
    soon = datetime.now(UTC) + timedelta(days=2)
    past = {"publish_on": "۱۴۰۰/۰۱/۰۱", "publish_hour": "0", "revision": "1"}
    assert "این زمان گذشته است" in text_of(
        await owner.post(f"/offers/{draft}/publish", 422, **past)
    )
    at = {"publish_on": format_jalali(soon, DateStyle.SHORT), "publish_hour": "9", "revision": "1"}
    said = text_of(await owner.post(f"/offers/{draft}/publish", **at))
    assert "زمان‌بندی‌شده" in said
    await _run(web, shop_floor, datetime.now(UTC))
    assert (await in_force(web, shop_floor))[0] == 1
    async with web.services.database.unit_of_work(_mall(shop_floor)) as uow:
        earlier = uow.now - timedelta(seconds=1)
        await uow.session.execute(update(OfferDraft).values(publish_at=earlier))
    await _run(web, shop_floor, soon)
    version, rules = await in_force(web, shop_floor)
    assert version == 2
    assert rules[-1]["coupon"] == "TIMCHEH"


@pytest.mark.feature("offer.permanent")
async def test_versions_tell_what_changed_and_can_be_restored(
    shop_floor: Floor, people: People, web: Web
) -> None:
    owner = await people(shop_floor.shop)
    draft = await begun(owner, starter="tenth")
    await owner.post(f"/offers/{draft}/publish", revision="1")
    said = text_of(await owner.post("/offers/end", name="۵٪ هر خرید"))
    assert "پایان‌یافته" in said
    said = text_of(await owner.get("/offers/versions"))
    assert "افزوده شد: «خرید دهم»" in said
    assert "تغییر کرد: «۵٪ هر خرید»" in said
    said = text_of(await owner.post("/offers/versions/1/restore", 409, seen="2"))
    assert "نسخه دیگری از الگوها برقرار شده است" in said
    await owner.post("/offers/versions/1/restore", seen="3")
    version, rules = await in_force(web, shop_floor)
    assert (version, [rule["name"] for rule in rules]) == (4, ["۵٪ هر خرید"])
    assert "ends_at" not in rules[0]
    assert "خرید دهم" in text_of(await owner.get("/offers/versions/2"))
    await owner.get("/offers/versions/9", 404)
    await shop_floor.shop.put("/rules", {"rules": rules, "base_version": 3}, expect=409)
    await shop_floor.shop.put("/rules", {"rules": rules, "base_version": 4})


async def test_a_cashier_reads_offers_and_changes_nothing(
    shop_floor: Floor, people: People
) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    html = await cashier.get("/offers")
    assert "۵٪ هر خرید" in text_of(html)
    assert "پیشنهاد تازه" not in text_of(html)
    await cashier.post("/offers", 403, starter="tenth")
    await cashier.post("/offers/end", 403, name="۵٪ هر خرید")


async def test_a_foreign_draft_looks_like_none(shop_floor: Floor, people: People) -> None:
    owner = await people(shop_floor.shop)
    draft = await begun(owner, starter="tenth")
    other = await people(await shop_floor.mall.shop("لاله"))
    for path in ("", "/edit"):
        await other.get(f"/offers/{draft}{path}", 404)
    for path in ("/publish", "/drop", "/try", "/edit"):
        await other.post(f"/offers/{draft}{path}", 404, revision="1", name="x")


def _mall(floor: Floor) -> Scope:
    return Scope.mall(floor.scope.mall_id)


async def _run(web: Web, floor: Floor, now: datetime) -> None:
    services = web.services
    mall_id = floor.scope.mall_id
    await publish_due(JobContext(services.database, services.settings, mall_id, now))
