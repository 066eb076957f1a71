"""Every route there is: its headers, its cookies, and who may post to it."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from litestar.routes import HTTPRoute

from tests.api.conftest import new_mobile
from tests.web_support.portal import Web
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.ids import new_id
from timcheh.module import Audience
from timcheh.settings import Settings
from timcheh.web.app import build_app
from timcheh.web.cookies import SESSION_COOKIES
from timcheh.web.services import build_services
from timcheh_app.modules import modules

HTML = {"accept": "text/html"}
AUDIENCES: dict[str, Audience] = {"mall": "mall", "shop": "merchant", "club": "member"}
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def routes(web: Web) -> Iterator[tuple[str, str]]:
    """Method and address of every route, with ids that nothing has."""
    app: Any = web.transport.app
    for route in app.app.routes:
        if isinstance(route, HTTPRoute):
            path = re.sub(r"\{mall_slug:str\}", "SLUG", route.path)
            path = re.sub(r"\{\w+:uuid\}", lambda _: str(new_id()), path)
            path = re.sub(r"\{\w+:int\}", "1", path)
            path = re.sub(r"\{\w+:\w+\}", "x", path)
            for method in sorted(route.methods - {"HEAD"}):
                yield method, path


@pytest.fixture
async def visitors(web: Web, database: Database) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """A mall's slug, and a browser for each audience with everything allowed."""
    from mall_portal.facade import create_mall

    slug = f"m-{new_id().hex}"
    mall_id = (await create_mall(database, "تیمچه", slug)).mall_id
    shop = new_id()
    async with database.unit_of_work(Scope.mall(mall_id)) as uow:
        staff = await create_staff(uow, new_mobile(), "x", None)
        await grant_role(uow, staff, "administrator")
        await grant_role(uow, staff, "owner", merchant_id=shop)
    who: dict[str, dict[str, Any]] = {
        "mall": {"staff_id": staff},
        "shop": {"staff_id": staff, "merchant_id": shop},
        "club": {"member_id": new_id()},
    }
    async with AsyncExitStack() as clients:
        found = {}
        for path, audience in AUDIENCES.items():
            session = await web.services.sessions.start(mall_id, audience, "x", **who[path])
            client = web.client(cookies={SESSION_COOKIES[audience]: session.token}, headers=HTML)
            found[path] = await clients.enter_async_context(client)
        yield slug, found


async def test_every_answer_has_its_headers(web: Web) -> None:
    async with web.client(headers=HTML) as stranger:
        seen = 0
        for method, path in routes(web):
            answer = await stranger.request(method, path.replace("SLUG", "no-such-mall"))
            headers = answer.headers
            assert {name: headers.get(name) for name in ALWAYS} == ALWAYS, path
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy, path
            assert "frame-ancestors 'none'" in policy, path
            assert "unsafe" not in policy, path
            if "<script" in answer.text and "html" in headers["content-type"]:
                nonce = re.search(r"'nonce-([^']+)'", policy)
                assert nonce, path
                scripts = re.findall(r"<script[^>]*>", answer.text)
                assert all(f'nonce="{nonce[1]}"' in tag for tag in scripts), path
            assert answer.status_code < 500 or path == "/health", (method, path)
            seen += 1
    assert seen > 80


@pytest.mark.feature("plat.security")
async def test_no_form_is_taken_without_the_sessions_token(
    web: Web, visitors: tuple[str, dict[str, httpx.AsyncClient]]
) -> None:
    slug, browsers = visitors
    tried = 0
    for method, path in routes(web):
        audience = path.split("/")[2] if path.startswith("/SLUG/") else ""
        door = "/sign-in" in path or "/join/" in path
        if method != "POST" or audience not in browsers or door:
            continue
        for form in ({}, {"_csrf_token": ""}, {"_csrf_token": "x" * 43}):
            answer = await browsers[audience].post(path.replace("SLUG", slug), data=form)
            assert answer.status_code == 403, (path, answer.status_code)
        tried += 1
    assert tried > 12


async def test_a_door_is_opened_from_our_own_pages_only(web: Web) -> None:
    """The doors have no session yet, so the browser's word on where the form was counts."""
    async with web.client(headers=HTML) as stranger:
        for method, path in routes(web):
            if method == "GET" or path.startswith("/api/"):
                continue
            for word in ({"origin": "https://evil.test"}, {"sec-fetch-site": "cross-site"}):
                if method in ("POST", "PUT", "PATCH", "DELETE"):
                    answer = await stranger.request(method, path, headers=word)
                    assert answer.status_code == 403, path


async def test_over_tls_cookies_stay_there(settings: Settings) -> None:
    secured = settings.model_copy(update={"public_url": "https://club.test"})
    services = build_services(secured, modules())
    app: Any = build_app(secured, modules(), services=services)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://club.test") as client:
        answer = await client.get("/health")
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    await services.close()
