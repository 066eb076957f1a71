"""What each partnership brought, from either shop's side."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from tests.api.conftest import Api, new_mobile
from tests.web_support.portal import Floor, People, Person, text_of

LONG_AGO = (datetime.now(UTC) - timedelta(days=60)).isoformat()


async def sheet_of(person: Person, query: str = "") -> dict[str, tuple[object, ...]]:
    """Rows by partner: customers, new, purchases, sales, accepted, fee, sent, spent, net."""
    answer = await person.client.get(f"{person.root}/partners/worth.xlsx{query}")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return {str(row[0]): row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)}


@pytest.fixture
async def laleh(shop_floor: Floor) -> Api:
    """A partner in both directions, at fees of two per cent."""
    other = await shop_floor.mall.shop("لاله")
    rule = {
        "name": "۵٪ هر خرید",
        "then": [{"effect": "credit_percent", "bps": 500, "scope": "partners"}],
    }
    await other.put("/rules", {"rules": [rule]})
    await shop_floor.mall.partners(shop_floor.shop, other, 200, 10_000)
    await shop_floor.mall.partners(other, shop_floor.shop, 200, 10_000)
    return other


@pytest.mark.feature("net.credit_at", page="/{mall}/shop/partners")
async def test_each_side_reads_what_the_other_brought(
    shop_floor: Floor, laleh: Api, people: People, mobile: str
) -> None:
    regular, both, third = mobile, new_mobile(), new_mobile()
    await shop_floor.shop.buy(regular, 1_000_000)
    for member in (regular, both):
        await laleh.buy(member, 10_000_000)
        bought = await shop_floor.shop.buy(member, 2_000_000, spend={"credit": 400_000})
    await shop_floor.shop.buy(third, 1_000_000)
    await laleh.buy(third, 600_000, spend={"credit": 50_000})
    lines = {"lines": [{"line": 0, "quantity": 1}]}
    owner, neighbour = await people(shop_floor.shop), await people(laleh)
    # One of the two had bought here before, and spent 50,000 of what that gave first.
    assert await sheet_of(owner) == {
        "لاله": (2, 1, 2, 4_000_000, 750_000, 15_000, 1, 50_000, 4_000_000 - 15_000 - 50_000)
    }
    assert (await sheet_of(neighbour))["گل‌آرا"][6:8] == (2, 750_000)
    said = text_of(await owner.get("/partners")).replace("٬", ",")
    assert "مشتریان همکار نزد شما ۲ ۱ نفر برای نخستین بار" in said
    assert "فروش به آن‌ها ۴۰۰,۰۰۰ تومان" in said
    await shop_floor.shop.post(f"/purchases/{bought['id']}/returns", lines)
    assert (await sheet_of(owner))["لاله"][4:6] == (350_000, 7_000)
    assert "در این بازه اعتباری" in text_of(await owner.get("/partners?period=last"))
    assert await sheet_of(owner, "?period=last") == {}


async def test_a_sale_counts_in_its_own_days(
    shop_floor: Floor, laleh: Api, people: People, mobile: str
) -> None:
    await laleh.buy(mobile, 10_000_000, occurred_at=LONG_AGO)
    await shop_floor.shop.buy(mobile, 2_000_000, spend={"credit": 400_000}, occurred_at=LONG_AGO)
    owner = await people(shop_floor.shop)
    assert await sheet_of(owner) == {}
    assert (await sheet_of(owner, "?period=quarter"))["لاله"][:4] == (1, 1, 1, 2_000_000)


async def test_credit_that_every_shop_takes_is_no_partners(
    shop_floor: Floor, laleh: Api, people: People, mobile: str
) -> None:
    third = await shop_floor.mall.shop("نان سحر")
    network = {"effect": "credit_percent", "bps": 500, "scope": "network"}
    await third.put("/rules", {"rules": [{"name": "همه‌جا", "then": [network]}]})
    await third.buy(mobile, 10_000_000)
    await shop_floor.shop.buy(mobile, 2_000_000, spend={"credit": 400_000})
    assert await sheet_of(await people(shop_floor.shop)) == {}


async def test_a_cashier_reads_none_of_it(shop_floor: Floor, people: People) -> None:
    cashier = await people(shop_floor.shop, "cashier")
    await cashier.get("/partners/worth.xlsx", expect=403)
