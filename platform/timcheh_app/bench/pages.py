"""Pages of a mall as people see them: how long one takes, and how many statements it is made of."""

import http.client
import secrets
import time
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Final, NamedTuple
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
    """Milliseconds over one connection (median, 95th percentile), KB of a page without its files,
    and statements (BEGIN and COMMIT left out)."""
    figures = {}
    for page in mall.installation.run(lambda database: _pages(database, mall)):
        _view(mall, page, _COUNTED)  # templates are compiled, plans made
        counts = counted(mall.installation.settings, partial(_view, mall, page, _COUNTED))
        seen = _view(mall, page, views)
        seconds = sorted(each.seconds for each in seen)
        figures[f"{page.name}_page_ms"] = median(seconds) * 1e3
        figures[f"{page.name}_page_p95_ms"] = seconds[len(seconds) * 95 // 100] * 1e3
        figures[f"{page.name}_page_kb"] = seen[-1].length / 1024
        figures[f"{page.name}_page_queries"] = _queries(counts) / _COUNTED
    return figures


async def _pages(database: Database, mall: Mall) -> list[_Page]:
    """Each audience's main page and a long list, for who may see it."""
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
        _Page("today", f"/{world.slug}/shop", _cookie("merchant", shop.token)),
        _Page("till", f"/{world.slug}/shop/till", _cookie("merchant", shop.token)),
        _Page("home", f"/{world.slug}/club", _cookie("member", club.token)),
        _Page("shops", f"/{world.slug}/mall/shops", _cookie("mall", fund.token)),
        _Page("customers", f"/{world.slug}/shop/customers", _cookie("merchant", shop.token)),
        _Page("history", f"/{world.slug}/club/history", _cookie("member", club.token)),
        _Page("fund", f"/{world.slug}/mall/fund", _cookie("mall", fund.token)),
    ]


def _new_mobile() -> str:
    """Whoever an earlier run employed keeps theirs (`--data-dir`)."""
    return f"0935{secrets.randbelow(10**7):07d}"


def _cookie(audience: Audience, token: str) -> str:
    return f"{SESSION_COOKIES[audience]}={token}"


class _Seen(NamedTuple):
    """One view: how long it took, and bytes of the answer's body."""

    seconds: float
    length: int


def _view(mall: Mall, page: _Page, times: int) -> list[_Seen]:
    """Each view. Raises RuntimeError when it isn't the page."""
    address = urlsplit(mall.installation.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    seen = []
    try:
        for _ in range(times):
            began = time.perf_counter()
            connection.request("GET", page.path, headers={"Cookie": page.cookie})
            answer = connection.getresponse()
            length = len(answer.read())
            seen.append(_Seen(time.perf_counter() - began, length))
            if answer.status != http.client.OK:
                raise RuntimeError(f"{page.path} answered {answer.status}")
    finally:
        connection.close()
    return seen


def _queries(counts: Counts) -> int:
    bounds = sum(calls for query, calls in counts.items() if query.startswith(_BOUNDS))
    return sum(counts.values()) - bounds
