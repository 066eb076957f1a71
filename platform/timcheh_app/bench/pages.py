"""Pages of a mall as people see them: how long one takes, and how many statements it is made of."""

import http.client
import secrets
import time
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Final
from urllib.parse import urlsplit

from members.facade import find_member
from timcheh.access.permissions import Permissions
from timcheh.access.sessions import Sessions
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.module import Audience
from timcheh.web.cookies import SESSION_COOKIES
from timcheh_app.bench.course import mobile
from timcheh_app.bench.mall import Mall
from timcheh_app.bench.statements import Counts, counted

_COUNTED: Final = 10
_BOUNDS: Final = ("BEGIN", "COMMIT", "ROLLBACK")


@dataclass(frozen=True)
class _Page:
    name: str
    path: str
    cookie: str


def measure(mall: Mall, views: int) -> dict[str, float]:
    """Median milliseconds over one connection, and statements (BEGIN and COMMIT left out)."""
    figures = {}
    for page in mall.installation.run(lambda database: _pages(database, mall)):
        _view(mall, page, _COUNTED)  # templates are compiled, plans made
        counts = counted(mall.installation.settings, partial(_view, mall, page, _COUNTED))
        figures[f"{page.name}_page_ms"] = median(_view(mall, page, views)) * 1e3
        figures[f"{page.name}_page_queries"] = _queries(counts) / _COUNTED
    return figures


async def _pages(database: Database, mall: Mall) -> list[_Page]:
    """A shop's customers, a member's history, the fund's matrix, each for who may see it."""
    world = mall.world
    sessions = Sessions(database, Permissions(()))
    async with database.unit_of_work(Scope.mall(world.mall_id)) as uow:
        member = await find_member(uow, mobile=mobile(0))
        owner = await create_staff(uow, _new_mobile(), "صاحب فروشگاه", None)
        await grant_role(uow, owner, "owner", merchant_id=world.shops[0].id)
        chief = await create_staff(uow, _new_mobile(), "مدیر", None)
        await grant_role(uow, chief, "administrator")
    shop = await sessions.start(
        world.mall_id, "merchant", "", staff_id=owner, merchant_id=world.shops[0].id
    )
    club = await sessions.start(world.mall_id, "member", "", member_id=member.id)
    fund = await sessions.start(world.mall_id, "mall", "", staff_id=chief)
    return [
        _Page("customers", f"/{world.slug}/shop/customers", _cookie("merchant", shop.token)),
        _Page("history", f"/{world.slug}/club/history", _cookie("member", club.token)),
        _Page("fund", f"/{world.slug}/mall/fund", _cookie("mall", fund.token)),
    ]


def _new_mobile() -> str:
    """Whoever an earlier run employed keeps theirs (`--data-dir`)."""
    return f"0935{secrets.randbelow(10**7):07d}"


def _cookie(audience: Audience, token: str) -> str:
    return f"{SESSION_COOKIES[audience]}={token}"


def _view(mall: Mall, page: _Page, times: int) -> list[float]:
    """Seconds of each view. Raises RuntimeError when it isn't the page."""
    address = urlsplit(mall.installation.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    seconds = []
    try:
        for _ in range(times):
            began = time.perf_counter()
            connection.request("GET", page.path, headers={"Cookie": page.cookie})
            answer = connection.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - began)
            if answer.status != http.client.OK:
                raise RuntimeError(f"{page.path} answered {answer.status}")
    finally:
        connection.close()
    return seconds


def _queries(counts: Counts) -> int:
    bounds = sum(calls for query, calls in counts.items() if query.startswith(_BOUNDS))
    return sum(counts.values()) - bounds
