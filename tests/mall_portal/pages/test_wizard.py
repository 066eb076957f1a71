"""Bringing a shop on board: step by step, left and gone on with, opened once, handed over."""

import re
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from sqlalchemy import select, text

from tests.api.conftest import MallApi
from tests.web_support.portal import Person, Web, text_of
from tests.web_support.visitors import Administrators
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.notify.models import Message

PASSWORD = "گذرواژه دراز ۱۴۰۴"
SHEBA = "IR820540102680020817909002"
SHOP = {
    "name": "کتاب پرستو",
    "slug": "parastoo",
    "trade": "books",
    "kind": "person",
    "branches": "طبقه همکف\nطبقه سوم",
}
OWNER = {"owner_name": "ژاله رستمی", "owner_mobile": "۰۹۱۲ ۳۴۵ ۶۷۸۹", "sheba": SHEBA}
TERMS = {
    "credit_limit": "۲٬۰۰۰٬۰۰۰",
    "deposit": "۵۰۰٬۰۰۰",
    "fee": "۱٫۵",
    "contract": "۱۴۰۵/۱۲",
    "ends_on": "1410/01/01",
}
RULES = {"rules": "template", "percent": "۵", "days": "۱۲۰", "extra-birthday": "yes"}
TEAM = {
    "staff-0-name": "سارا کریمی",
    "staff-0-mobile": "09121112233",
    "staff-0-role": "cashier",
    "staff-0-branch": "طبقه سوم",
}
STEPS = {"shop": SHOP, "owner": OWNER, "terms": TERMS, "rules": RULES, "team": TEAM}


def plain(html: str) -> str:
    return text_of(html).replace("٬", ",")


async def at_review(someone: Person, **changed: dict[str, str]) -> str:
    """Goes through all steps and answers the path of the draft."""
    steps = STEPS | changed
    first = await someone.send("/shops/new", **steps["shop"])
    assert first.status_code == 303, text_of(first.text)[:400]
    path = first.headers["location"].removeprefix(someone.root).removesuffix("/owner")
    for step in ("owner", "terms", "rules", "team"):
        done = await someone.send(f"{path}/{step}", **steps[step])
        assert done.status_code == 303, (step, text_of(done.text)[:400])
    assert done.headers["location"].endswith("/review")
    return path


async def opened(someone: Person, **changed: dict[str, str]) -> str:
    """The path of a shop that was just opened."""
    path = await at_review(someone, **changed)
    answer = await someone.send(f"{path}/review")
    assert answer.status_code == 303, text_of(answer.text)[:400]
    there: str = answer.headers["location"].removeprefix(someone.root).removesuffix("/handover")
    return there


async def invitations(uow: UnitOfWork) -> dict[str, str]:
    """The links that were sent, by mobile."""
    rows = await uow.session.scalars(
        select(Message).where(Message.mall_id == uow.scope.mall_id).order_by(Message.id)
    )
    found = {row.recipient: re.search(r"http://\S+", row.text) for row in rows}
    return {mobile: link[0] for mobile, link in found.items() if link}


@pytest.mark.feature("net.onboard", page="/{mall}/mall/shops/new")
async def test_from_the_first_step_to_the_first_sale(
    web: Web, administrators: Administrators, mall_api: MallApi, database: Database
) -> None:
    someone = await administrators("administrator")
    draft = await at_review(someone)
    told = plain(await someone.get(f"{draft}/review"))
    for expected in ("۵٪", "۲,۰۰۰,۰۰۰ تومان", "سارا کریمی", "طبقه سوم", "کتاب و لوازم تحریر"):
        assert expected in told, expected
    assert "تولد" in told
    answer = await someone.send(f"{draft}/review")
    shop = answer.headers["location"].removesuffix("/handover").removeprefix(someone.root)
    page = plain(await someone.get(shop))
    for expected in ("۲,۵۰۰,۰۰۰ تومان", "بانک پارسیان", "ورود مالک مانده است", "۱۴۰۵/۱۲"):
        assert expected in page, expected

    scope = Scope.mall(UUID(str(mall_api.id)))
    async with database.unit_of_work(scope) as uow:
        links = await invitations(uow)
    assert set(links) == {"09123456789", "09121112233"}
    async with web.client(headers={"accept": "text/html"}) as owner:
        link = urlsplit(links["09123456789"]).path
        assert "ژاله رستمی" in text_of((await owner.get(link)).text)
        chosen = {"password": PASSWORD, "again": PASSWORD}
        assert (await owner.post(link, data=chosen)).status_code == 303
        assert (await owner.get(link)).status_code == 404
        door = f"/{mall_api.slug}/shop/sign-in"
        signed = await owner.post(door, data={"mobile": "09123456789", "password": PASSWORD})
        assert signed.status_code == 303
    after = plain(await someone.get(shop))
    assert "ورود مالک انجام شد" in after
    assert "بازکردن صندوق انجام شد" in after
    assert "نخستین خرید مانده است" in after


async def test_opening_twice_opens_one_shop(
    administrators: Administrators, mall_api: MallApi, database: Database
) -> None:
    someone = await administrators("administrator")
    path = await at_review(someone)
    first, second = [await someone.send(f"{path}/review") for _ in range(2)]
    assert first.headers["location"] == second.headers["location"]
    assert (await someone.client.get(f"{someone.root}{path}/owner")).status_code == 303
    async with database.unit_of_work(Scope.mall(UUID(str(mall_api.id)))) as uow:
        counted = await uow.session.execute(
            text(
                "SELECT (SELECT count(*) FROM merchants.merchant WHERE mall_id = :mall),"
                " (SELECT count(*) FROM kernel.message WHERE mall_id = :mall)"
            ),
            {"mall": uow.scope.mall_id},
        )
        assert tuple(counted.one()) == (1, 2)
        left = await uow.session.scalar(text("SELECT fields FROM mall_portal.onboarding_draft"))
        assert left == {}  # nothing that was typed of people stays


async def test_a_draft_is_left_and_gone_on_with(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    begun = await someone.send("/shops/new", **SHOP)
    path = begun.headers["location"].removeprefix(someone.root).removesuffix("/owner")
    kept = await someone.send(f"{path}/owner", _act="keep", owner_name="ژاله", owner_mobile="0912")
    assert "نگه داشته شد" in kept.text
    listed = await someone.get("/shops")
    assert f'{path}/terms"' in listed  # where it was left
    again = await someone.get(f"{path}/owner")
    assert 'value="ژاله"' in again
    assert 'value="0912"' in again
    review = text_of(await someone.get(f"{path}/review"))
    assert "پیش از گشایش" in review
    unread = await someone.send(f"{path}/review")
    assert unread.status_code == 422
    assert "پیش‌نویس دور انداخته شد" in text_of(await someone.post(f"{path}/drop"))
    await someone.get(f"{path}/owner", expect=404)


async def test_mistakes_come_back_with_what_was_typed(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    wrong = SHOP | {"slug": "کتاب", "national_id": "1234567890"}
    page = await someone.post("/shops/new", expect=422, **wrong)
    for name in ("slug", "national_id"):
        assert f'id="f-{name}-error"' in page, name
    assert 'value="کتاب پرستو"' in page
    assert "طبقه سوم</textarea>" in page
    assert 'value="books" selected' in page
    action = re.search(r'action="[^"]*(/shops/new/[0-9a-f-]{36})/shop"', page)
    assert action
    await someone.post(f"{action[1]}/shop", **SHOP)
    for step, field, value in (
        ("owner", "sheba", SHEBA[:-1] + "3"),
        ("owner", "owner_mobile", "0912"),
        ("terms", "credit_limit", "دو"),
        ("terms", "ends_on", "۱۴۰۵/۱۳/۱"),
        ("rules", "percent", "۲۰۰"),
        ("team", "staff-0-branch", "پشت‌بام"),
    ):
        refused = await someone.post(
            f"{action[1]}/{step}", expect=422, **STEPS[step] | {field: value}
        )
        assert f'id="f-{field}-error"' in refused, field


async def test_a_short_name_that_was_taken_meanwhile(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    path = await at_review(someone)
    await opened(someone)
    refused = await someone.send(f"{path}/review")
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert "ژاله رستمی" in refused.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"checked": "sheba", "sheba": SHEBA}, "بانک پارسیان"),
        ({"checked": "sheba", "sheba": SHEBA[:-1] + "3"}, "اشتباه"),
        ({"checked": "sheba", "sheba": SHEBA[:9]}, ""),
        ({"checked": "sheba", "sheba": SHEBA[:9], "left": "yes"}, "۲۴ رقم"),
        ({"checked": "sheba", "sheba": "", "left": "yes"}, ""),
        ({"checked": "national_id", "kind": "person", "national_id": "۰۴۹۹۳۷۰۸۹۹"}, "درست است"),
        ({"checked": "national_id", "kind": "person", "national_id": "1234567890"}, "درست نیست"),
        ({"checked": "national_id", "kind": "company", "national_id": "1234567890"}, ""),
        ({"checked": "national_id", "kind": "company", "national_id": "10380284790"}, "درست است"),
        ({"checked": "owner_mobile", "owner_mobile": "0912345678"}, "۱۱ رقم"),
        ({"checked": "owner_mobile", "owner_mobile": "09123456780"}, "شماره درست است"),
        ({"checked": "slug", "slug": "gol-ara"}, "آزاد است"),
        ({"checked": "credit_limit", "credit_limit": "x"}, ""),
    ],
)
async def test_what_is_said_while_a_field_is_typed(
    administrators: Administrators, fields: dict[str, str], said: str
) -> None:
    someone = await administrators("administrator")
    answer = text_of((await someone.send("/shops/new/check", **fields)).text)
    assert said in answer
    assert bool(said) == bool(answer)


async def test_who_is_known_already_gets_one_more_role(
    administrators: Administrators, mall_api: MallApi, database: Database
) -> None:
    someone = await administrators("administrator")
    await opened(someone)
    known = await someone.send(
        "/shops/new/check", checked="owner_mobile", owner_mobile=OWNER["owner_mobile"]
    )
    assert "ژاله رستمی" in known.text
    second = await opened(
        someone,
        shop=SHOP | {"slug": "second", "name": "پرستو ۲"},
        owner=OWNER | {"owner_name": "ژ. رستمی"},
    )
    page = text_of(await someone.get(f"{second}/handover"))
    assert "ژاله رستمی" in page
    assert "ژ. رستمی" not in page


async def test_an_invitation_is_sent_again_but_not_all_day(
    administrators: Administrators, mall_api: MallApi, database: Database
) -> None:
    someone = await administrators("administrator")
    path = await opened(someone)
    page = await someone.get(f"{path}/handover")
    again = re.findall(rf"{path}/staff/[0-9a-f-]+/invite", page)
    assert len(set(again)) == 2
    assert "دوباره پیامک شد" in text_of(await someone.post(again[0]))
    answers = [(await someone.send(again[0])).status_code for _ in range(5)]
    assert answers[-1] == 429
    other = await opened(someone, shop=SHOP | {"slug": ""}, team={})
    assert "ktab-prsto" in await someone.get(other)  # of the name, where none was typed
    stranger = again[1].removeprefix(path)
    assert (await someone.send(f"{other}{stranger}")).status_code == 404  # not of that shop


async def test_rules_are_told_while_they_are_chosen_and_given_later(
    administrators: Administrators,
) -> None:
    someone = await administrators("administrator")
    form = {"trade": "jewellery", "rules": "template", "percent": "0.5", "days": "90"}
    told = text_of((await someone.send("/shops/new/rules", **form)).text)
    assert "۰٫۵" in told
    assert "درصد و روزها" in (await someone.send("/shops/new/rules", **form | {"days": ""})).text
    path = await opened(someone, rules={"rules": "later"})
    lacking = text_of(await someone.get("/shops"))
    assert "الگوی اعتباردهی مانده است" in lacking
    assert "ناتمام" in lacking
    assert 'value="5"' in await someone.get(f"{path}/first-rules")  # usual for books
    given = await someone.post(f"{path}/first-rules", percent="4", days="60", scope="partners")
    assert "الگوی اعتباردهی منتشر شد" in text_of(given)
    second = await someone.send(f"{path}/first-rules", percent="4", days="60")
    assert second.status_code == 409  # what the owner has made since is not overwritten


async def test_the_sheet_that_is_handed_over(administrators: Administrators) -> None:
    someone = await administrators("administrator")
    path = await opened(someone)
    page = await someone.get(f"{path}/handover")
    assert f'{someone.root.replace("/mall", "/shop/till")}"' in page
    sheet = await someone.client.get(f"{someone.root}{path}/sheet")
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")
