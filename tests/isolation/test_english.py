"""Every page in English: left to right, and what is Persian there was written by people."""

import re
from collections.abc import Iterator
from typing import Any

from litestar.routes import HTTPRoute

from members.profiles.provinces import PROVINCES
from tests.isolation.insiders import Insiders, ids_of
from tests.isolation.world import Town
from tests.web_support.portal import Web

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
    ids = ids_of(town)
    app: Any = web.transport.app
    for route in app.app.routes:
        if not isinstance(route, HTTPRoute) or "GET" not in route.methods:
            continue
        names = re.findall(r"\{(\w+):uuid\}", route.path)
        inside = re.match(r"/\{mall_slug:str\}/(shop|mall|club)(/|$)", route.path)
        others = re.findall(r"\{\w+:(?!uuid)\w+\}", route.path.replace("{mall_slug:str}", ""))
        if inside and not others and all(name in ids for name in names):
            yield inside[1], route.path_format.format(mall_slug=town.api.slug, **ids)


async def test_an_english_page_is_english(web: Web, world: World, insiders: Insiders) -> None:
    seen, faults = 0, {}
    for who, address in places(web, world[0]):
        answer = await insiders[who].client.get(address)
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
