"""What a shop's own software reads and writes of its customers: profile, consent, cards, codes."""

import pytest

from tests.api.conftest import Api, Json, MallApi, new_mobile
from timcheh.ids import new_id
from timcheh.text.cards import member_number, random_member_number


@pytest.fixture
async def shop(mall_api: MallApi) -> Api:
    return await mall_api.shop("گل‌آرا")


async def customer_of(shop: Api, mobile: str) -> str:
    """Somebody who has bought there."""
    return str((await shop.buy(mobile, 100_000))["member"]["id"])


def faults(answer: Json) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in answer["errors"]]


@pytest.mark.feature("profile.fields", "profile.address", "profile.family", "profile.guild")
async def test_a_profile_is_replaced_and_read(shop: Api, mobile: str) -> None:
    path = f"/customers/{await customer_of(shop, mobile)}/profile"
    size = await shop.post("/customer-fields", {"label": "سایز کفش", "kind": "number"})
    empty = await shop.get(path)
    assert (empty["job"], empty["custom"], empty["shared"]) == (None, {}, [])
    told = {
        "name": "نرگس احمدی",
        "birthday": "1990-04-12",
        "gender": "female",
        "national_id": "۰۰۱۲۳۴۵۶۷۹",
        "job": "خیاط",
        "guild": "پوشاک",
        "weight_grams": 62_500,
        "marital_status": "married",
        "wedding_date": "2015-08-01",
        "children": ["2020-01-05", "2017-03-02"],
        "province": "فارس",
        "postal_code": "۷۱۳۴۵-۶۷۸۹۰",
        "note": "رز دوست دارد",
        "custom": {size["id"]: 38},
    }
    kept = await shop.put(path, told)
    assert kept == await shop.get(path)
    wanted = told | {
        "national_id": "0012345679",
        "postal_code": "7134567890",
        "children": ["2017-03-02", "2020-01-05"],
    }
    assert {name: kept[name] for name in wanted} == wanted
    replaced = await shop.put(path, {"job": "معلم"})
    assert (replaced["job"], replaced["name"], replaced["custom"]) == ("معلم", None, {})


async def test_every_fault_of_a_profile_is_named(shop: Api, mobile: str) -> None:
    path = f"/customers/{await customer_of(shop, mobile)}/profile"
    wrong = {
        "birthday": "2190-04-12",
        "national_id": "0012345670",
        "email": "x",
        "home_phone": "x",
        "children": ["1700-01-01"],
        "custom": {str(new_id()): 1},
    }
    refused = await shop.put(path, wrong, expect=422)
    assert {place.split("/")[1] for place, _ in faults(refused)} == set(wrong)
    assert (await shop.get(path))["birthday"] is None


async def test_a_profile_written_anew_keeps_by_whom_somebody_came(shop: Api, mobile: str) -> None:
    path = f"/customers/{await customer_of(shop, mobile)}"
    friend = new_mobile()
    friend_id = await customer_of(shop, friend)
    assert await shop.get(f"{path}/referrer") == {"referrer_id": None}
    assert await shop.put(f"{path}/referrer", {"referrer": friend}) == {"referrer_id": friend_id}
    await shop.put(f"{path}/profile", {"job": "معلم"})
    assert await shop.get(f"{path}/referrer") == {"referrer_id": friend_id}
    assert (await shop.put(f"{path}/referrer", {"referrer": None}))["referrer_id"] is None


@pytest.mark.feature("profile.referrer")
async def test_a_referrer_is_another_customer_of_the_shop(
    shop: Api, mall_api: MallApi, mobile: str
) -> None:
    path = f"/customers/{await customer_of(shop, mobile)}/referrer"
    stranger = new_mobile()
    await customer_of(await mall_api.shop("لاله"), stranger)
    for typed, code in ((stranger, "referrer_unknown"), (mobile, "referrer_self")):
        refused = await shop.put(path, {"referrer": typed}, expect=422)
        assert faults(refused) == [("/referrer", code)]


@pytest.mark.feature("enrol.consent")
async def test_consent_is_noted_dated_and_withdrawn(shop: Api, mobile: str) -> None:
    path = f"/customers/{await customer_of(shop, mobile)}/consents"
    assert await shop.get(path) == {"data": False, "promotion": False, "history": []}
    given = await shop.put(path, {"promotion": True})
    assert (given["data"], given["promotion"]) == (False, True)
    await shop.put(path, {"promotion": True})
    withdrawn = await shop.put(path, {"promotion": False, "data": True})
    assert (withdrawn["data"], withdrawn["promotion"]) == (True, False)
    told = [(each["purpose"], each["given"], each["by"]) for each in withdrawn["history"]]
    assert sorted(told[:2]) == [("data", True, "staff"), ("promotion", False, "staff")]
    assert told[2:] == [("promotion", True, "staff")]
    assert {each["place"] for each in withdrawn["history"]} == {"api"}


@pytest.mark.feature("card.reissue", "card.number")
async def test_a_lost_number_is_blocked_and_value_follows(
    shop: Api, mall_api: MallApi, mobile: str, percent_rule
) -> None:
    await shop.put("/rules", {"rules": [percent_rule(1000)]})
    bought = await shop.buy(mobile, 1_000_000)
    member = bought["member"]
    made = await mall_api.call("POST", f"/members/{member['id']}/cards/lost", expect=200)
    number = made.json()["number"]
    assert number == member_number(number) != member["number"]
    (old,) = (await mall_api.get(f"/members/{member['id']}/cards"))["items"]
    assert (old["number"], old["state"], old["successor"]) == (member["number"], "lost", number)
    sale = {"lines": [{"name": "x", "quantity": 1, "unit_price": 50_000}]}
    refused = await shop.post(
        "/purchases", sale | {"member": {"card": member["number"]}}, expect=409
    )
    assert refused["code"] == "card_lost"
    spent = await shop.post(
        "/purchases", sale | {"member": {"card": number}, "spend": {"credit": 50_000}}
    )
    assert spent["to_pay"] == 0
    none = await mall_api.post(
        f"/members/{member['id']}/cards/renewals", {"months": 12}, expect=409
    )
    assert none["code"] == "card_not_printed"


async def test_only_blank_cards_of_its_own_are_handed_out(
    shop: Api, mall_api: MallApi, mobile: str
) -> None:
    customer = await customer_of(shop, mobile)
    blank = {"number": random_member_number()}
    for asker, path in ((shop, f"/customers/{customer}"), (mall_api, f"/members/{customer}")):
        refused = await asker.post(f"{path}/cards", blank, expect=404)
        assert refused["code"] == "card_unknown"
        bank = await asker.post(f"{path}/cards", {"number": "6037997512345670"}, expect=422)
        assert faults(bank) == [("/number", "bank_card_refused")]


@pytest.mark.feature("earn.codes")
async def test_codes_are_ordered_taken_and_redeemed_once(
    shop: Api, mall_api: MallApi, mobile: str
) -> None:
    batch = await shop.post("/code-batches", {"name": "چای بهاره", "count": 5, "points": 25})
    path = f"/code-batches/{batch['id']}"
    first = await shop.get(f"{path}/codes?limit=3")
    rest = await shop.get(f"{path}/codes?limit=3&cursor={first['next_cursor']}")
    codes = [each["code"] for each in (*first["items"], *rest["items"])]
    assert (len(set(codes)), rest["next_cursor"]) == (5, None)

    given = await shop.post("/codes/redemptions", {"member": {"mobile": mobile}, "code": codes[0]})
    assert given["points"] == 25
    lots = await mall_api.lots(given["member_id"])
    assert [(lot["unit"], lot["available"]) for lot in lots] == [("point", 25)]
    seen = await shop.get(path)
    assert (seen["count"], seen["redeemed"], seen["members"]) == (5, 1, 1)

    again = {"member": {"mobile": new_mobile()}, "code": codes[0]}
    assert (await shop.post("/codes/redemptions", again, expect=409))["code"] == "product_code_used"
    unread = await shop.post("/codes/redemptions", again | {"code": "12"}, expect=422)
    assert faults(unread) == [("/code", "product_code_invalid")]

    stopped = await shop.patch(path, {"state": "stopped"})
    assert stopped["state"] == "stopped"
    late = {"member": {"mobile": mobile}, "code": codes[1]}
    refused = await shop.post("/codes/redemptions", late, expect=409)
    assert refused["code"] == "product_code_not_in_force"
    await mall_api.prove()


async def test_codes_of_another_shop_are_unknown_and_guesses_are_counted(
    shop: Api, mall_api: MallApi, mobile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from merchants.codes import guessing
    from timcheh.access.limits import Limit

    monkeypatch.setattr(guessing, "OF_SHOP", Limit(f"test-{new_id()}", count=2, window=600))
    other = await mall_api.shop("لاله")
    batch = await other.post("/code-batches", {"name": "x", "count": 1, "points": 1})
    (code,) = (await other.get(f"/code-batches/{batch['id']}/codes"))["items"]
    asked = {"member": {"mobile": mobile}, "code": code["code"]}
    for status, word in ((404, "product_code_unknown"),) * 2 + ((429, "rate_limited"),):
        assert (await shop.post("/codes/redemptions", asked, expect=status))["code"] == word
    assert (await other.post("/codes/redemptions", asked))["points"] == 1
