"""The public API as its contract says it, seen from outside: a shop's counter."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.conftest import Api, Json, MallApi, new_mobile
from tests.api.test_contract import is_problem, is_utc, pointers
from timcheh.ids import new_id

pytestmark = pytest.mark.feature("plat.api")
LINE = {"name": "کالا", "quantity": 1, "unit_price": 1_000_000}


@pytest.mark.feature("pos.terminals")
async def test_branches_and_terminals(mall_api: MallApi, mobile: str) -> None:
    shop = await mall_api.shop()
    branch = await shop.post("/branches", {"name": "مرکزی"})
    other = await shop.post("/branches", {"name": "شمال"})
    assert [each["id"] for each in (await shop.get("/branches"))["items"]] == [
        branch["id"],
        other["id"],
    ]
    made = await shop.post("/terminals", {"branch_id": branch["id"], "name": "صندوق ۱"})
    till = Api(shop.client, made["api_key"], made)
    bought = await till.buy(mobile, 1000)
    assert (bought["branch_id"], bought["terminal_id"]) == (branch["id"], made["id"])
    wrong = {"member": {"mobile": mobile}, "lines": [LINE], "branch_id": other["id"]}
    assert pointers(await till.call("POST", "/purchases", wrong)) == {"/branch_id": "wrong_branch"}
    at_branch = await shop.buy(mobile, 1000, branch_id=other["id"])
    assert (at_branch["branch_id"], at_branch["terminal_id"]) == (other["id"], None)


@pytest.mark.feature("sale.catalogue")
async def test_products(mall_api: MallApi, mobile: str) -> None:
    shop = await mall_api.shop()
    body = {"sku": "t-1", "name": "چای", "price": 90_000, "group": "tea"}
    made = await shop.post("/products", body)
    assert {name: made[name] for name in body} == body
    changed = await shop.post("/products", body | {"price": 95_000})
    assert (changed["id"], changed["price"]) == (made["id"], 95_000)
    assert (await shop.get("/products"))["items"] == [changed]
    line = {"sku": "t-1", "quantity": 2, "unit_price": 95_000}
    bought = await shop.buy(mobile, 0, lines=[line])
    assert (bought["lines"][0]["name"], bought["lines"][0]["group"]) == ("چای", "tea")
    assert bought["total"] == 190_000


FACTS: dict[str, tuple[str, Any]] = {
    "basket.total": (">=", 1),
    "basket.items": (">", 0),
    "basket.groups": ("contains", "tea"),
    "basket.skus": ("contains", "t-1"),
    "customer.purchases": ("<", 5),
    "customer.spend": ("<=", 10),
    "customer.average_basket": (">", 1),
    "customer.days_since_last": (">", 90),
    "customer.groups": ("contains", "vip"),
    "customer.tier": ("in", ["gold", "silver"]),
    "customer.is_new": ("==", True),
    "member.birthday_in_days": ("<=", 7),
    "time.weekday": ("in", ["friday", "saturday"]),
    "time.hour": ("!=", 3),
    "partner.is_customer_of": ("contains", str(new_id())),
}


@pytest.mark.feature("offer.conditions")
@pytest.mark.feature("offer.version")
async def test_rules_are_versions_and_know_every_fact(mall_api: MallApi, mobile: str) -> None:
    shop = await mall_api.shop()
    assert await shop.get("/rules") == {"version": 0, "rules": []}
    whens: list[Any] = [
        {"fact": fact, "op": op, "value": value} for fact, (op, value) in FACTS.items()
    ]
    whens += [{"all": whens[:2]}, {"any": whens[2:4]}, {"not": whens[0]}, None]
    effects: list[Json] = [
        {"effect": "discount_percent", "bps": 100, "group": "tea"},
        {"effect": "discount_amount", "amount": 1000},
        {"effect": "credit_percent", "bps": 100, "scope": "own", "expires_in_days": 30},
        {"effect": "credit_amount", "amount": 1000, "scope": "network"},
        {"effect": "points_per", "amount": 10_000, "points": 1, "scope": "own"},
    ]
    rules = [
        {"name": f"r{n}", "then": [effects[n % 5]], "priority": n}
        | ({"when": when} if when else {})
        for n, when in enumerate(whens)
    ]
    assert (await shop.put("/rules", {"rules": rules}))["version"] == 1
    assert (await shop.put("/rules", {"rules": rules[:-1]}))["version"] == 2
    found = await shop.get("/rules")
    assert (found["version"], len(found["rules"])) == (2, len(rules) - 1)
    bought = await shop.buy(mobile, 1_000_000)
    assert {each["rule"] for each in bought["reasons"]} == {rule["name"] for rule in rules[:-1]}
    for reason in bought["reasons"]:
        assert {"rule", "version", "outcome", "because"} <= set(reason)
        assert reason["version"] == 2
        assert reason["outcome"] in ("applied", "not_applied", "capped")
        assert reason["because"]


async def test_wrong_rules_are_pointed_at(mall_api: MallApi) -> None:
    shop = await mall_api.shop()
    credit = {"effect": "credit_percent", "bps": 100, "scope": "own"}
    cases: list[tuple[Any, str]] = [
        ({"then": [credit]}, "/rules/0/name"),
        ({"name": "a", "then": [credit | {"bps": 10_001}]}, "/rules/0/then/0/bps"),
        ({"name": "a", "then": [credit | {"scope": str(new_id())}]}, "/rules/0/then/0/scope"),
        ({"name": "a", "then": [{"effect": "joy"}]}, "/rules/0/then/0/effect"),
        (
            {"name": "a", "then": [credit], "when": {"fact": "x", "op": "==", "value": 1}},
            "/rules/0/when/fact",
        ),
        (
            {
                "name": "a",
                "then": [credit],
                "when": {"all": [{"fact": "basket.total", "op": "contains", "value": 1}]},
            },
            "/rules/0/when/all/0/op",
        ),
        ({"name": "a", "then": [credit], "colour": "red"}, "/rules/0/colour"),
        ("rule", "/rules/0"),
    ]
    for rule, pointer in cases:
        assert pointer in pointers(await shop.call("PUT", "/rules", {"rules": [rule]})), rule
    assert (await shop.get("/rules"))["version"] == 0


@pytest.mark.feature("net.choose_partners")
async def test_agreements(mall_api: MallApi, percent_rule: Any, mobile: str) -> None:
    issuer, acceptor = await mall_api.shop(), await mall_api.shop()
    terms = {"acceptor_id": acceptor.id, "fee_bps": 200, "max_share_bps": 5000}
    proposed = await issuer.post("/agreements", terms)
    assert proposed["state"] == "proposed"
    path = f"/agreements/{proposed['id']}"
    is_problem(await issuer.call("POST", "/agreements", terms), 409, "agreement_exists")
    is_problem(await issuer.call("POST", f"{path}/accept"), 404, "not_found")
    assert (await acceptor.post(f"{path}/decline", expect=200))["state"] == "declined"
    is_problem(await acceptor.call("POST", f"{path}/accept"), 409, "agreement_not_open")
    second = await issuer.post("/agreements", terms)
    path = f"/agreements/{second['id']}"
    assert (await acceptor.post(f"{path}/accept", expect=200))["state"] == "accepted"
    for shop in (issuer, acceptor):
        listed = (await shop.get("/agreements"))["items"]
        assert [each["id"] for each in listed] == [second["id"], proposed["id"]]
    await issuer.put("/rules", {"rules": [percent_rule(1000, "partners")]})
    await issuer.buy(mobile, 2_000_000)
    half = await acceptor.buy(mobile, 100_000, spend={"credit": "max"})
    assert [(s["value"], s["issuer_id"]) for s in half["spent"]] == [(50_000, issuer.id)]
    assert (await acceptor.post(f"{path}/terminate", expect=200))["state"] == "terminated"
    after = await acceptor.buy(mobile, 100_000, spend={"credit": "max"})
    assert after["spent"] == []
    wrong = [
        (terms | {"acceptor_id": issuer.id}, "/acceptor_id"),
        (terms | {"acceptor_id": str(new_id())}, "/acceptor_id"),
        (terms | {"fee_bps": 10_001}, "/fee_bps"),
        (terms | {"max_share_bps": 0}, "/max_share_bps"),
        (terms | {"ends_at": "2020-01-01T00:00:00Z"}, "/ends_at"),
        (terms | {"ends_at": "2099-01-01T00:00:00"}, "/ends_at"),
    ]
    for body, pointer in wrong:
        assert list(pointers(await issuer.call("POST", "/agreements", body))) == [pointer]


@pytest.mark.feature("enrol.at_sale")
@pytest.mark.feature("card.number")
async def test_who_buys(mall_api: MallApi, mobile: str) -> None:
    shop = await mall_api.shop()
    nobody = {"member": {"mobile": mobile}, "lines": [LINE]}
    is_problem(await shop.call("POST", "/purchases", nobody), 404, "member_not_found")
    first = await shop.post("/purchases", nobody | {"enrol": True})
    number, member = first["member"]["number"], first["member"]["id"]
    assert len(number) == 16
    assert number.isdigit()
    persian = mobile.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    for named in ({"mobile": mobile}, {"mobile": persian}, {"card": number}, {"id": member}):
        again = await shop.post("/purchases", {"member": named, "lines": [LINE]})
        assert again["member"] == {"id": member, "number": number}
    for named, pointer in (
        ({}, "/member"),
        ({"mobile": mobile, "card": number}, "/member"),
        ({"mobile": "0912"}, "/member/mobile"),
        ({"card": "6037991234567890"}, "/member/card"),
        ({"id": "x"}, "/member/id"),
    ):
        answer = await shop.call("POST", "/purchases", nobody | {"member": named})
        assert list(pointers(answer)) == [pointer], named
    unknown = {"member": {"id": str(new_id())}, "lines": [LINE], "enrol": True}
    is_problem(await shop.call("POST", "/purchases", unknown), 404, "member_not_found")


async def test_what_is_bought(mall_api: MallApi, mobile: str) -> None:
    shop = await mall_api.shop()
    weighed = {"name": "زعفران", "quantity": 0.125, "unit_price": 80_000}
    bought = await shop.buy(mobile, 0, lines=[LINE | {"quantity": 3}, weighed])
    assert bought["total"] == bought["to_pay"] == 3_010_000
    assert [line["quantity"] for line in bought["lines"]] == [3, 0.125]
    assert is_utc(bought["occurred_at"])
    then = datetime.now(UTC) - timedelta(days=3)
    earlier = await shop.buy(mobile, 1000, occurred_at=then.isoformat())
    assert datetime.fromisoformat(earlier["occurred_at"]) == then
    soon = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    wrong: list[tuple[Json, str]] = [
        ({"lines": []}, "/lines"),
        ({"lines": [LINE | {"quantity": 0}]}, "/lines/0/quantity"),
        ({"lines": [LINE, LINE | {"quantity": -1}]}, "/lines/1/quantity"),
        ({"lines": [LINE | {"quantity": 1.2345}]}, "/lines/0/quantity"),
        ({"lines": [LINE | {"unit_price": -1}]}, "/lines/0/unit_price"),
        ({"lines": [LINE | {"unit_price": 1.5}]}, "/lines/0/unit_price"),
        ({"lines": [{"name": "x", "quantity": 1}]}, "/lines/0/unit_price"),
        ({"capture": "later"}, "/capture"),
        ({"occurred_at": soon}, "/occurred_at"),
        ({"spend": {"credit": "all"}}, "/spend/credit"),
        ({"spend": {"credit": -1}}, "/spend/credit"),
        ({"tip": 1}, "/tip"),
    ]
    for change, pointer in wrong:
        body = {"member": {"mobile": mobile}, "lines": [LINE]} | change
        assert list(pointers(await shop.call("POST", "/purchases", body))) == [pointer], change


@pytest.mark.feature("offer.dry_run")
async def test_a_dry_run_changes_nothing(mall_api: MallApi, percent_rule: Any, mobile: str) -> None:
    shop = await mall_api.shop()
    await shop.put("/rules", {"rules": [percent_rule(1000)]})
    would = await shop.buy(mobile, 1_000_000, dry_run=True)
    assert [each["amount"] for each in would["earned"]] == [100_000]
    assert (await shop.get("/purchases"))["items"] == []
    assert (await mall_api.get("/members"))["items"] == []


@pytest.mark.feature("sale.two_phase")
async def test_two_phases(mall_api: MallApi, percent_rule: Any, mobile: str) -> None:
    shop = await mall_api.shop()
    await shop.put("/rules", {"rules": [percent_rule(1000)]})
    await shop.buy(mobile, 1_000_000)
    opened = await shop.buy(mobile, 500_000, capture="manual", spend={"credit": 60_000})
    assert opened["state"] == "authorized"
    left = datetime.fromisoformat(opened["expires_at"]) - datetime.now(UTC)
    assert timedelta(seconds=90) < left <= timedelta(minutes=2)
    path = f"/purchases/{opened['id']}"
    (lot,) = await mall_api.lots(opened["member"]["id"])
    assert (lot["available"], lot["held"]) == (40_000, 60_000)
    refused = await shop.buy(mobile, 500_000, spend={"credit": 50_000}, expect=422)
    assert refused["code"] == "insufficient_value"
    first = await shop.post(f"{path}/confirm", expect=200)
    assert first["state"] == "confirmed"
    assert await shop.post(f"{path}/confirm", expect=200) == first
    assert await shop.get(path) == first
    is_problem(await shop.call("POST", f"{path}/cancel"), 409, "purchase_not_open")
    other = await shop.buy(mobile, 500_000, capture="manual")
    path = f"/purchases/{other['id']}"
    for _ in range(2):
        assert (await shop.post(f"{path}/cancel", expect=200))["state"] == "cancelled"
    is_problem(await shop.call("POST", f"{path}/confirm"), 409, "purchase_not_open")
    await mall_api.prove()


@pytest.mark.feature("sale.refund")
async def test_returns(mall_api: MallApi, percent_rule: Any, mobile: str) -> None:
    shop = await mall_api.shop()
    await shop.put("/rules", {"rules": [percent_rule(1000)]})
    earlier = await shop.buy(mobile, 1_000_000)
    lot = earlier["earned"][0]["lot_id"]
    bought = await shop.buy(mobile, 0, lines=[LINE | {"quantity": 2}], spend={"credit": 100_000})
    path = f"/purchases/{bought['id']}/returns"
    done = await shop.post(path, {"lines": [{"line": 0, "quantity": 1}]})
    assert done["refund"] == 950_000
    assert done["restored"] == [{"lot_id": lot, "amount": 50_000}]
    assert done["taken_back"] == [{"unit": "rial", "amount": 95_000}]
    assert done["deducted"] == 0
    too_much = await shop.call("POST", path, {"lines": [{"line": 0, "quantity": 2}]})
    is_problem(too_much, 422, "nothing_to_return")
    unknown = await shop.call("POST", path, {"lines": [{"line": 1, "quantity": 1}]})
    assert pointers(unknown) == {"/lines/0/line": "unknown_line"}
    await mall_api.prove()


@pytest.mark.feature("enrol.auto_customer")
@pytest.mark.feature("net.own_customers")
async def test_own_customers_only(mall_api: MallApi, percent_rule: Any) -> None:
    a, b = await mall_api.shop(), await mall_api.shop()
    await mall_api.partners(a, b, 100, 10_000)
    await a.put("/rules", {"rules": [percent_rule(1000, "partners")]})
    mobiles = [new_mobile(), new_mobile()]
    bought = await asyncio.gather(*(a.buy(mobile, 1_000_000) for mobile in mobiles))
    members = [each["member"]["id"] for each in bought]
    assert {each["member_id"] for each in (await a.get("/customers"))["items"]} == set(members)
    assert (await b.get("/customers"))["items"] == []
    for path in (f"/customers/{members[0]}", f"/customers/{members[0]}/balances"):
        is_problem(await b.call("GET", path), 404, "not_found")
    open_at_b = await b.buy(mobiles[0], 10_000, capture="manual")
    assert not open_at_b["member"]["number"].isdigit()
    is_problem(await b.call("GET", f"/customers/{members[0]}"), 404, "not_found")
    await b.post(f"/purchases/{open_at_b['id']}/confirm", expect=200)
    known = await b.get(f"/customers/{members[0]}")
    assert (known["purchases"], known["spend"], known["mobile"]) == (1, 10_000, mobiles[0])
    here = await b.get(f"/customers/{members[0]}/balances")
    (lot,) = here["lots"]
    assert (lot["issuer_id"], lot["available"], lot["fee_bps"]) == (a.id, 100_000, 100)
    listed = await a.get(f"/purchases?member_id={members[1]}")
    assert [each["id"] for each in listed["items"]] == [bought[1]["id"]]


@pytest.mark.feature("earn.group_gift")
async def test_gifts(mall_api: MallApi, mobile: str) -> None:
    shop = await mall_api.shop()
    member = (await mall_api.post("/members", {"mobile": mobile}))["id"]
    later = datetime.now(UTC) + timedelta(days=1)
    end = later + timedelta(days=1)
    body: Json = {"member": {"mobile": mobile}, "amount": 7000, "scope": "own", "reason": "تولد"}
    window = {"available_from": later.isoformat(), "expires_at": end.isoformat()}
    await shop.post("/credits", body | window)
    made = await shop.post("/credits", body)
    assert (made["member_id"], made["amount"], made["issuer_id"]) == (member, 7000, shop.id)
    bought = await shop.buy(mobile, 100_000, spend={"credit": "max"})
    assert bought["spent_value"] == 7000
    points = await shop.post("/credits", body | {"unit": "point"})
    assert points["unit"] == "point"
    wrong: list[tuple[Json, str]] = [
        ({"amount": 0}, "/amount"),
        ({"scope": "nowhere"}, "/scope"),
        ({"scope": "partners", "unit": "point"}, "/scope"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        (window | {"expires_at": later.isoformat()}, "/expires_at"),
        ({"member": {}}, "/member"),
        ({"reason": ""}, "/reason"),
    ]
    for change, pointer in wrong:
        assert list(pointers(await shop.call("POST", "/credits", body | change))) == [pointer]
    await mall_api.prove()


@pytest.mark.feature("gift.card")
async def test_gift_cards_pay_first(mall_api: MallApi, percent_rule: Any, mobile: str) -> None:
    shop = await mall_api.shop()
    await shop.put("/rules", {"rules": [percent_rule(1000)]})
    await shop.buy(mobile, 1_000_000)
    card = await shop.post("/gift-cards", {"amount": 70_000})
    assert len(card["number"]) == 16
    spend = {"gift_card": card["number"], "credit": "max"}
    bought = await shop.buy(mobile, 100_000, spend=spend)
    assert [each["value"] for each in bought["spent"]] == [70_000, 30_000]
    assert bought["spent"][0]["lot_id"] == card["lot_id"]
    another = await shop.post("/gift-cards", {"amount": 5000})
    as_number = await shop.buy(mobile, 10_000, spend={"gift_card": int(another["number"])})
    assert as_number["spent_value"] == 5000
    wrong = {"member": {"mobile": mobile}, "lines": [LINE], "spend": {"gift_card": "12"}}
    assert list(pointers(await shop.call("POST", "/purchases", wrong))) == ["/spend/gift_card"]
    await mall_api.prove()
