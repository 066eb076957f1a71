"""What a phone needs to install the club of a mall, and what of it is anybody's."""

import io
import json
import re

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from timcheh.access.otp import OneTimePasswords
from timcheh.db import Database, Scope
from timcheh.malls import MallInfo
from timcheh.notify.models import Message
from timcheh.text.locale import Locale
from timcheh.web.colour import contrast, from_hex
from timcheh.web.installing.mark import ground, icon
from timcheh.web.services import Services

pytestmark = pytest.mark.feature("member.app", page="/{mall}/club")


async def test_a_manifest_names_the_mall_and_leads_to_its_own_club(
    client: httpx.AsyncClient, mall: MallInfo
) -> None:
    root = f"/{mall.slug}/club"
    answer = await client.get(f"{root}/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    said = answer.json()
    assert (said["name"], said["dir"], said["display"]) == (mall.name, "rtl", "standalone")
    assert said["id"] == said["start_url"] == said["scope"] == root
    assert {each["purpose"] for each in said["icons"]} == {"any", "maskable"}
    for each in said["icons"]:
        drawn = await client.get(each["src"])
        assert drawn.headers["content-type"] == "image/png"
        picture = Image.open(io.BytesIO(drawn.content))
        assert "x".join(map(str, picture.size)) == each["sizes"]
        # A launcher cuts a maskable icon to its own shape, so that it is filled to its corners.
        assert (picture.getpixel((0, 0))[3] == 255) == (each["purpose"] == "maskable")


async def test_each_mall_has_its_own_and_no_mall_has_none(
    client: httpx.AsyncClient, mall: MallInfo
) -> None:
    for path in ("manifest.webmanifest", "worker.js", "offline", "icons/192.png"):
        assert (await client.get(f"/no-such-mall/club/{path}")).status_code == 404, path
    assert (await client.get(f"/{mall.slug}/club/icons/193.png")).status_code == 404


async def test_the_worker_may_fetch_and_is_bound_to_the_malls_club(
    client: httpx.AsyncClient, mall: MallInfo
) -> None:
    answer = await client.get(f"/{mall.slug}/club/worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["service-worker-allowed"] == f"/{mall.slug}/club"
    policy = answer.headers.get_list("content-security-policy")
    assert policy == ["default-src 'none'; connect-src 'self'; frame-ancestors 'none'"]
    settings = json.loads(answer.text.partition("\n")[0][len("const SETTINGS = ") : -1])
    for address in settings["assets"]:
        assert (await client.get(address)).status_code == 200, address
    page = await client.get(f"/{mall.slug}/club/offline", headers={"accept": "text/html"})
    wanted = set(re.findall(r'(?:src|href)="(/static/[^"#]+)"', page.text))
    assert wanted <= set(settings["assets"])


@pytest.mark.parametrize("colour", [None, "#ffffff", "#ffee00", "#000000", "#10777c", "#e11d48"])
def test_the_mark_stands_out_on_any_malls_colour(colour: str | None) -> None:
    own = ground(colour)
    assert contrast(from_hex(own), from_hex("#fbfaf8")) >= 4.5
    picture = Image.open(io.BytesIO(icon(192, own, maskable=True))).convert("RGB")
    middle = picture.getpixel((96, 110))
    assert isinstance(middle, tuple)
    red, green, blue = middle
    assert red > green > blue, "the light in the arch is saffron"


@pytest.mark.parametrize("locale", Locale)
async def test_a_code_can_be_read_by_the_phone_itself(
    services: Services, database: Database, mall: MallInfo, locale: Locale
) -> None:
    club = OneTimePasswords(
        database, services.limiter, secret_key="x" * 32, public_url="https://club.example.ir:8443"
    )
    await club.send(mall.mall_id, "09121234567", "192.0.2.7", locale)
    async with database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        said = await uow.session.scalar(select(Message.text).where(Message.mall_id == mall.mall_id))
    assert said is not None
    # The form that phones look for: no port, no mark of direction, nothing after it.
    code = re.search(r"@club\.example\.ir #([0-9]{6})$", said)
    assert code
    assert f"{code[1]}\n" in said
