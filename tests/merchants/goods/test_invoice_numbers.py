"""Numbers of invoices when many ask at once: each document one, no number twice, none left out."""

import asyncio
import random
from uuid import UUID

import pytest

from merchants.invoices.service import issue
from tests.merchants.goods.support import sell
from tests.web_support.portal import Floor
from timcheh.db import Database
from timcheh.ids import new_id

DOCUMENTS, TIMES = 8, 4


class GaveUp(Exception):
    """The connection broke, or the person closed the page, before anything was committed."""


@pytest.mark.feature("sale.invoice")
async def test_numbers_follow_each_other_however_many_ask_at_once(
    shop_floor: Floor, database: Database, mobile: str
) -> None:
    shop, actor = UUID(shop_floor.shop.id), new_id()
    line = {"quantity": 1, "unit_price": 10_000}
    ids = [UUID((await sell(shop_floor.shop, mobile, line))["id"]) for _ in range(DOCUMENTS)]

    async def hand_out(document: UUID, gives_up: bool) -> tuple[UUID, int] | None:
        try:
            async with database.unit_of_work(shop_floor.scope) as uow:
                number = (await issue(uow, shop, "invoice", document, actor)).number
                await asyncio.sleep(0.002)  # the others come to wait for the counter
                if gives_up:
                    raise GaveUp
        except GaveUp:
            return None
        return document, number

    asked = [(document, time % 2 == 1) for document in ids for time in range(TIMES)]
    random.Random(1404).shuffle(asked)
    answers = await asyncio.gather(*(hand_out(*each) for each in asked))
    handed = {answer for answer in answers if answer is not None}
    assert {document for document, _ in handed} == set(ids)
    assert sorted(number for _, number in handed) == list(range(1, DOCUMENTS + 1))
