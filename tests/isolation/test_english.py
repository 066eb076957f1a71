"""Every page in English: left to right, and what is Persian there was written by people."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar.routes import HTTPRoute

from members.profiles.provinces import PROVINCES
from tests.api.conftest import new_mobile
from tests.isolation.world import Town
from tests.web_support.portal import Web
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.module import Audience
from timcheh.web.cookies import SESSION_COOKIES

World = tuple[Town, Town]
_PERSIAN = re.compile(r"[\u0600-\u06ff]+(?:[\u200c ][\u0600-\u06ff]+)*")
_ASIDE = re.compile(r'<script.*?</script>|<span class="sign.*?</span>', re.DOTALL)
"""Scripts, and the first letters of shops."""
_WORDS = (
    "فروشگاه، تیمچه، امتیاز، چای، مینا، همکاران، همکار، مرکزی، صندوق، کالا، فارسی، تولد، کارمند، "
    "مشتریان، خیاط، سایز کفش، پوستر، موبایل، غایبان، طلایی، عیدی، خریدتان چطور بود؟، آسیب دیده"
)
_WRITTEN = (*PROVINCES, *_WORDS.split("، "))
"""What the people of the world have written (a new row's words are named here), and the names of
provinces, which stay as they are."""


def places(web: Web, town: Town) -> Iterator[tuple[str, str]]:
    """Audience's path and address of every page, with ids of what is there."""
    ids = _ids(town)
    app: Any = web.transport.app
    for route in app.app.routes:
        if not isinstance(route, HTTPRoute) or "GET" not in route.methods:
            continue
        names = re.findall(r"\{(\w+):uuid\}", route.path)
        inside = re.match(r"/\{mall_slug:str\}/(shop|mall|club)(/|$)", route.path)
        others = re.findall(r"\{\w+:(?!uuid)\w+\}", route.path.replace("{mall_slug:str}", ""))
        if inside and not others and all(name in ids for name in names):
            yield inside[1], route.path_format.format(mall_slug=town.api.slug, **ids)


def _ids(town: Town) -> dict[str, str]:
    shop = town.shops[0]
    return {
        **{f"{kind}_id": id for kind, id in town.ids.items()},
        **town.ids_of_goods,
        **{name: id for name, id in town.ids.items() if name.endswith("_id")},
        "purchase_id": shop.purchase["id"],
        "member_id": str(town.members[0]),
        "merchant_id": str(shop.id),
        "issuer_id": str(shop.id),
        "acceptor_id": str(town.shops[1].id),
        "batch_id": town.ids["import_batch"],
        "field_id": town.ids["custom_field"],
    }


@pytest.fixture
async def readers(
    web: Web, database: Database, world: World
) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """Who may see everything of the first mall, with a browser that has chosen English."""
    here, _ = world
    shop = here.shops[0].id
    async with database.unit_of_work(Scope.mall(here.mall_id)) as uow:
        staff = await create_staff(uow, new_mobile(), "x", None)
        await grant_role(uow, staff, "administrator")
        await grant_role(uow, staff, "owner", merchant_id=shop)
    who: dict[str, tuple[Audience, dict[str, UUID]]] = {
        "shop": ("merchant", {"staff_id": staff, "merchant_id": shop}),
        "mall": ("mall", {"staff_id": staff}),
        "club": ("member", {"member_id": here.members[0]}),
    }
    headers = {"accept": "text/html"}
    async with AsyncExitStack() as clients:
        found = {}
        for path, (audience, ids) in who.items():
            session = await web.services.sessions.start(here.mall_id, audience, "x", **ids)
            client = web.client(
                cookies={SESSION_COOKIES[audience]: session.token, "lang": "en"}, headers=headers
            )
            found[path] = await clients.enter_async_context(client)
        yield found


async def test_an_english_page_is_english(
    web: Web, world: World, readers: dict[str, httpx.AsyncClient]
) -> None:
    seen, faults = 0, {}
    for who, address in places(web, world[0]):
        answer = await readers[who].get(address)
        assert answer.status_code < 500, address
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        if "<html" in answer.text:  # else it is a part of a page
            assert '<html lang="en" dir="ltr"' in answer.text, address
        left = [
            words for words in _PERSIAN.findall(_ASIDE.sub("", answer.text)) if not _written(words)
        ]
        if left:
            faults[address] = left[:5]
        seen += 1
    assert not faults, "\n".join(f"{where}: {words}" for where, words in faults.items())
    assert seen > 60


def _written(words: str) -> bool:
    for known in sorted(_WRITTEN, key=len, reverse=True):
        words = words.replace(known, "")
    return not words.strip(" \u200c")
