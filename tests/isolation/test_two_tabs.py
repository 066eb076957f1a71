"""Every form there is: what one tab has written, another one doesn't overwrite unseen."""

import re
from asyncio import gather
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx
import pytest
from litestar.routes import HTTPRoute

from tests.isolation.insiders import Insiders, ids_of
from tests.isolation.world import Town
from tests.web_support.forms import form_of
from tests.web_support.portal import Person, Web, text_of
from timcheh.web.reception import TAKES_FILES
from timcheh.web.seen import SEEN

Words = dict[str, str]


class Edit(NamedTuple):
    """What the first tab writes and the second, at the same field; `beside` is written by a third
    at another field. `page` is where the form stands, if not where it goes to.
    """

    first: Words
    second: Words
    beside: Words | None = None
    page: str = ""


def one(field: str, first: str, second: str, beside: Words | None = None, page: str = "") -> Edit:
    return Edit({field: first}, {field: second}, beside, page)


def asks(first: int, second: int, beside: Words | None = None) -> Edit:
    """Of a condition."""
    row = {"when-0-0-fact": "customer.purchases", "when-0-0-op": ">=", "when-kept": ""}
    return Edit(
        {**row, "when-0-0-value": str(first)}, {**row, "when-0-0-value": str(second)}, beside
    )


EDITS = {
    "club/profile": one("name", "Mina", "Sara", {"job": "tailor"}),
    "mall/fund/account": one("holder", "One", "Two", {"most_amount": "500"}),
    "mall/settings": one("return_grace_days", "11", "12", {"network_fee": "3"}),
    "mall/shops/{merchant_id}/account": one(
        "sheba", "IR062960000000100324200001", "IR580540105180021273113007"
    ),
    "mall/shops/{merchant_id}/limits": one(
        "credit_limit", "7000000", "8000000", None, "mall/shops/{merchant_id}"
    ),
    "shop/branches/{branch_id}": one("name", "North", "South"),
    "shop/colleagues/{colleague_id}/edit": one("name", "Ali", "Reza", {"mobile": "09121112233"}),
    "shop/concessions/limits": Edit(
        {"may-cashier": "yes", "line-cashier": "5"},
        {"may-cashier": "yes", "line-cashier": "6"},
        {"may-manager": "yes", "line-manager": "7"},
    ),
    "shop/customers/{member_id}/profile": one("name", "Leila", "Nora", {"note": "likes tea"}),
    "shop/customers/{member_id}/tags": one(
        "tags", "new", "old", None, "shop/customers/{member_id}"
    ),
    "shop/goods/{product_id}": one("price", "1500", "1600", {"barcode": "626"}),
    "shop/groups/{group_id}/edit": asks(2, 3),
    "shop/margins": one("default", "20", "40"),
    "shop/places/{branch_id}": Edit(
        {"latitude": "35.7", "longitude": "51.4", "radius": "210"},
        {"latitude": "35.7", "longitude": "51.4", "radius": "220"},
    ),
    "shop/price-lists/{list_id}": one("percent", "3", "4", {"name": "Regulars"}),
    "shop/referral": one("first_reward", "9000", "9500", {"lot_days": "40"}),
    "shop/rewards/{reward_id}/edit": Edit(
        {"scope": "own:point", "points": "70"},
        {"scope": "own:point", "points": "80"},
        {"scope": "own:point", "words": "Warm"},
    ),
    "shop/segments/{segment_id}/edit": asks(4, 5, {"name": "Regular"}),
    "shop/selling": one("vat", "9", "8", {"footer": "Come again"}),
    "shop/surveys/{survey_id}/edit": one("title", "How was it", "Were you well", {"intro": "x"}),
    "shop/surveys/{survey_id}/questions/{question}": one(
        "text", "How?", "Why?", {"required": "yes"}
    ),
    "shop/terminals/{terminal_id}": one("name", "Till 1", "Till 2", None, "shop/terminals"),
    "shop/tiers": one("threshold-0", "100", "200", {"period": "90"}),
}
"""Forms that change what is there, by their addresses."""

NEW = """
    mall/pools mall/pools/{pool_id}/shops mall/shops/new mall/shops/{merchant_id}/first-rules
    shop/activities shop/backtests shop/branches shop/cards/assign shop/codes shop/colleagues
    shop/colleagues/{colleague_id} shop/customers/doors shop/customers/doors/{door_id}/gift
    shop/customers/fields shop/gift-cards shop/goods shop/groups/new shop/groups/{group_id}/gift
    shop/offers shop/partners shop/price-lists shop/referral/paid shop/rewards
    shop/rewards/till/take shop/segments/new shop/staff shop/surveys
    shop/surveys/{survey_id}/questions shop/terminals shop/thresholds shop/till
    shop/purchases/{purchase_id}/return shop/offers/{draft_id}/try club/activities/{activity_id}
    club/gifts club/codes club/rewards/{reward_id} club/surveys/{survey_id} club/near
    club/passkeys shop/account/passkeys mall/account/passkeys shop/account/app mall/account/app
"""
"""They add something: nothing is there to be overwritten, or the service refuses a second one."""
STEPS = """
    mall/settlements/{settlement_id}/bank/answers/apply mall/settlements/{settlement_id}/results
    shop/activities/{activity_id}/state shop/activity-reports/{report_id}
    shop/alerts/{alert_id}/close shop/codes/redeem shop/codes/{code_batch_id}/state
    shop/customers/import/{batch_id} shop/gift-cards/{card_id}/state shop/offers/end
    shop/offers/versions/{number}/restore shop/offers/{draft_id}/publish
    shop/reward-claims/{claim_id}/cancel shop/reward-claims/{claim_id}/hand-out
    shop/rewards/{reward_id}/state shop/surveys/{survey_id}/state
    shop/thresholds/{threshold_id}/state shop/rewards/till club/approvals/{approval_id}
"""
"""A step from one state to another, one press of a button: the service judges what is there."""
SINGLE = """
    club/consents shop/till/activation shop/customers/{member_id}/consents
    shop/groups/{group_id}/add shop/groups/{group_id}/remove shop/segments/{segment_id}/tag
    shop/staff/{staff_id}/roles
"""
"""One thing is put in or taken out, and nothing beside it is touched."""
LOOKS = """
    mall/shops/new/check mall/shops/new/rules shop/conditions shop/offers/preview
    shop/purchases/{purchase_id}/return/preview shop/segments/count shop/till/preview
"""
"""Nothing is written."""
OWN_WAY = "shop/offers/{draft_id}/edit"
"""A draft knows who changed it meanwhile (`merchants.offers`, tests/merchants/offers)."""
KEPT_AS_TYPED = "mall/shops/new/{opening_id}/{step}"
"""A draft that is kept while it is typed: whoever types sees the last of it."""
FILES = """
    mall/shops/sheets shop/customers/import shop/goods/import shop/rewards/{reward_id}/picture
    mall/settlements/{settlement_id}/bank/answers
"""
"""A whole file or sheet, on purpose in place of what there was."""
DOORS = """
    club/sign-in club/sign-in/passkey club/sign-in/code mall/sign-in shop/sign-in
    shop/join/{token} club/erase/code shop/sign-in/second mall/sign-in/second
    shop/account/app/remove shop/account/codes shop/account/passkeys/{passkey_id}/remove
    mall/account/app/remove mall/account/codes mall/account/passkeys/{passkey_id}/remove
"""
"""Codes and passwords."""
EXEMPT = " ".join([NEW, STEPS, SINGLE, LOOKS, OWN_WAY, KEPT_AS_TYPED, FILES, DOORS]).split()


def forms(web: Web) -> Iterator[str]:
    """The address of every form in which somebody who is signed in types."""
    app: Any = web.transport.app
    for route in app.app.routes:
        inside = re.match(r"/\{mall_slug:str\}/((?:shop|mall|club)/.*)", route.path)
        if not isinstance(route, HTTPRoute) or not inside:
            continue
        for handler in route.route_handlers:
            takes = "data" in handler.parsed_fn_signature.parameters or handler.opt.get(TAKES_FILES)
            if "POST" in handler.http_methods and takes:
                yield re.sub(r":\w+}", "}", inside[1])


def test_every_form_says_whether_it_overwrites(web: Web) -> None:
    found, said = set(forms(web)), {*EDITS, *EXEMPT}
    assert not found - said, "new: in EDITS, or exempt for a reason"
    assert not said - found, "gone"


class Tab:
    """A form as one person sees it."""

    def __init__(self, person: Person, address: str, page: str, token: str) -> None:
        self.person, self.address, self.page, self.token = person, address, page, token
        self.fields: Words = {}

    async def open(self) -> Words:
        return self._read(await self.person.client.get(self.page))

    async def send(self, words: Words) -> httpx.Response:
        data = {**self.fields, **words, "_csrf_token": self.token}
        if self.address.endswith("/settings"):
            files = {name: (None, value) for name, value in data.items()}
            return await self.person.client.post(self.address, files=files)
        return await self.person.client.post(self.address, data=data)

    async def send_again(self, answer: httpx.Response) -> httpx.Response:
        self._read(answer)
        return await self.send({})

    def _read(self, answer: httpx.Response) -> Words:
        found = form_of(answer.text, self.address)
        assert found is not None, (self.address, answer.status_code, text_of(answer.text)[:300])
        self.fields = found
        return found


@pytest.mark.parametrize("address", EDITS)
async def test_what_another_tab_has_written_is_not_lost(
    web: Web, world: tuple[Town, Town], insiders: Insiders, address: str
) -> None:
    edit = EDITS[address]
    person = insiders[address.split("/")[0]]
    ids = ids_of(world[0]) | (await _draft(person) if "survey" in address else {})
    root = f"/{world[0].api.slug}/"
    where, page = root + address.format(**ids), root + (edit.page or address).format(**ids)
    one, two, three = (Tab(person, where, page, person.csrf) for _ in range(3))
    shown = await one.open()
    assert shown.get(SEEN)
    assert await two.open()
    assert await three.open()

    assert (await one.send(edit.first)).status_code == 303
    late = await two.send(edit.second)
    assert late.status_code == 409, text_of(late.text)[:600]
    assert "You changed this yourself elsewhere" in late.text or address.startswith("club/")
    assert 'class="field__met"' in late.text
    assert (await two.send_again(late)).status_code == 303
    now = await one.open()
    assert _has(now, edit.second)

    if edit.beside:
        answer = await three.send(edit.beside)
        assert answer.status_code == 303, text_of(answer.text)[:600]
        now = await one.open()
        assert _has(now, edit.second | edit.beside)


async def test_of_two_at_the_same_moment_one_is_told(
    world: tuple[Town, Town], insiders: Insiders
) -> None:
    person = insiders["shop"]
    where = f"{person.root}/branches/{ids_of(world[0])['branch_id']}"
    tabs = [Tab(person, where, where, person.csrf) for _ in range(2)]
    for tab in tabs:
        await tab.open()
    answers = await gather(*(tab.send({"name": f"At once {n}"}) for n, tab in enumerate(tabs)))
    assert sorted(answer.status_code for answer in answers) == [303, 409]


async def _draft(person: Person) -> Words:
    """A survey that may still be changed, with a question."""
    terms = {"title": "Survey", "way": "purchase", "open_days": "7", "reward": "none"}
    made = await person.send("/surveys", **terms)
    where = made.headers["location"].removeprefix(person.root)
    await person.post(f"{where}/questions", kind="text", text="What?")
    return {"survey_id": where.rpartition("/")[2], "question": "1"}


def _has(fields: Words, words: Words) -> bool:
    there = {name: fields.get(name, "").replace("۰", "0") for name in words}
    assert {name: value for name, value in words.items() if value} == {
        name: value for name, value in there.items() if words[name]
    }
    return True
