"""Pages of a mall as people see them, each against its budget: how long one takes, how many
statements it is made of, and what it weighs on the way.
"""

import gzip
import http.client
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Final, NamedTuple
from urllib.parse import urlencode, urlsplit

from mall_portal.days import keeping
from members.facade import find_member
from timcheh.access.permissions import Permissions
from timcheh.access.sessions import NewSession, Sessions
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope
from timcheh.module import Audience, JobContext
from timcheh.web.cookies import SESSION_COOKIES
from timcheh.web.frame import AUDIENCE_PATH
from timcheh_app.bench.course import World, mobile
from timcheh_app.bench.mall import Mall
from timcheh_app.bench.say import say
from timcheh_app.bench.statements import Counts, counted
from timcheh_app.bench.weight import first_visit

_COUNTED: Final = 10
_BOUNDS: Final = ("BEGIN", "COMMIT", "ROLLBACK")
_MOST_FIRST_KB: Final = 150
_MOST_KB: Final = 30


@dataclass(frozen=True)
class _Page:
    """A page, or the till's answer to what is typed (then with a `form`), and its budget.

    `path` continues the audience's address; `queries` and `p95_ms` are the most it may take.
    """

    name: str
    audience: Audience
    path: str
    queries: int
    p95_ms: int = 200
    form: tuple[tuple[str, str], ...] = ()


PAGES: Final = (
    _Page("today", "merchant", "", 18),
    _Page("till", "merchant", "/till", 10),
    _Page(
        "till_answer",
        "merchant",
        "/till/preview",
        16,
        100,
        (("member", mobile(0)), ("lines-0-price", "480000"), ("spend_credit", "max")),
    ),
    _Page("customers", "merchant", "/customers", 8),
    _Page("purchases", "merchant", "/purchases", 6),
    _Page("offers", "merchant", "/offers", 12),
    _Page("partners", "merchant", "/partners", 11),
    _Page("home", "member", "", 16),
    _Page("history", "member", "/history", 6),
    _Page("member_offers", "member", "/offers", 11),
    _Page("board", "mall", "", 16),
    _Page("shops", "mall", "/shops", 9),
    _Page("members", "mall", "/members", 6),
    _Page("members_found", "mall", f"/members?q={mobile(0)[3:]}", 6),
    _Page("fund", "mall", "/fund", 10),
    _Page("settlements", "mall", "/settlements", 7),
)
"""Each audience's main page, its long lists, and the till's answer before Enter."""


@dataclass(frozen=True)
class _Visitor:
    """Somebody who is signed in: where their pages begin, and what their browser sends."""

    root: str
    session: NewSession
    cookie: str

    def request(self, page: _Page) -> tuple[str, str, str | None, dict[str, str]]:
        """Method, path, body and headers."""
        headers = {"Cookie": self.cookie, "Accept": "text/html", "Accept-Encoding": "gzip"}
        if not page.form:
            return "GET", self.root + page.path, None, headers
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.session.csrf_token,
            "HX-Request": "true",
        }
        return "POST", self.root + page.path, urlencode(page.form), headers


class Cost(NamedTuple):
    """What a page takes: milliseconds (median, 95th percentile), statements (BEGIN and COMMIT left
    out), and KB with headers for a browser that has its files, and for one that has none."""

    ms: float
    p95_ms: float
    queries: float
    kb: float
    first_kb: float


def measure(mall: Mall, views: int) -> tuple[dict[str, float], list[str]]:
    """The figures of all pages, and what is over its budget, in words."""
    mall.installation.run(lambda database: _settle(database, mall))
    visitors = mall.installation.run(lambda database: _visitors(database, mall.world))
    figures: dict[str, float] = {}
    over = []
    for page in PAGES:
        cost = _cost(mall, page, visitors[page.audience], views)
        say(_told(page, cost))
        over += _over(page, cost)
        prefix = f"{page.name}_page"
        figures |= {f"{prefix}_{name}": value for name, value in cost._asdict().items()}
    return figures, over


def _cost(mall: Mall, page: _Page, visitor: _Visitor, views: int) -> Cost:
    _view(mall, page, visitor, _COUNTED)  # templates are compiled, plans made
    look = partial(_view, mall, page, visitor, _COUNTED)
    counts = counted(mall.installation.settings, look)
    seen = _view(mall, page, visitor, views)
    seconds = sorted(each.seconds for each in seen)
    kb = seen[-1].length / 1024
    return Cost(
        median(seconds) * 1e3,
        seconds[len(seconds) * 95 // 100] * 1e3,
        _queries(counts) / _COUNTED,
        kb,
        kb + first_visit(mall.installation.url, seen[-1].html) / 1024,
    )


def _told(page: _Page, cost: Cost) -> str:
    return (
        f"{page.name}: {cost.ms:.1f} ms, p95 {cost.p95_ms:.1f} of {page.p95_ms}; "
        f"{cost.queries:g} of {page.queries} statements; "
        f"{cost.kb:.1f} of {_MOST_KB} KB, at first {cost.first_kb:.1f} of {_MOST_FIRST_KB}"
    )


def _over(page: _Page, cost: Cost) -> list[str]:
    bounds = {
        "ms, 95th percentile": (cost.p95_ms, page.p95_ms),
        "statements": (cost.queries, page.queries),
        "KB": (cost.kb, _MOST_KB),
        "KB at first": (cost.first_kb, _MOST_FIRST_KB),
    }
    return [
        f"{page.name}: {found:.4g} {what}, {most} at most"
        for what, (found, most) in bounds.items()
        if found > most
    ]


async def _settle(database: Database, mall: Mall) -> None:
    """The sums of days, which the worker keeps once a purchase is some minutes old."""
    later = datetime.now(UTC) + 2 * keeping.SETTLES
    await keeping.keep(JobContext(database, mall.installation.settings, mall.world.mall_id, later))


async def _visitors(database: Database, world: World) -> dict[Audience, _Visitor]:
    """A shop's owner, a member and an administrator, each of whom may see their pages."""
    sessions = Sessions(database, Permissions(()))
    shop = world.shops[0].id
    async with database.unit_of_work(Scope.mall(world.mall_id)) as uow:
        member = await find_member(uow, mobile=mobile(0))
        owner = await create_staff(uow, _new_mobile(), "صاحب فروشگاه", None)
        await grant_role(uow, owner, "owner", merchant_id=shop)
        chief = await create_staff(uow, _new_mobile(), "مدیر", None)
        await grant_role(uow, chief, "administrator")
    started: dict[Audience, NewSession] = {
        "merchant": await sessions.start(
            world.mall_id, "merchant", "", staff_id=owner, merchant_id=shop
        ),
        "member": await sessions.start(world.mall_id, "member", "", member_id=member.id),
        "mall": await sessions.start(world.mall_id, "mall", "", staff_id=chief),
    }
    return {
        audience: _Visitor(
            f"/{world.slug}/{AUDIENCE_PATH[audience]}",
            session,
            f"{SESSION_COOKIES[audience]}={session.token}",
        )
        for audience, session in started.items()
    }


def _new_mobile() -> str:
    """Whoever an earlier run employed keeps theirs (`--data-dir`)."""
    return f"0935{secrets.randbelow(10**7):07d}"


class _Seen(NamedTuple):
    """One view: how long it took, bytes of the answer as it came, and the answer."""

    seconds: float
    length: int
    html: str


def _view(mall: Mall, page: _Page, visitor: _Visitor, times: int) -> list[_Seen]:
    """Each view. Raises RuntimeError when it isn't the page."""
    address = urlsplit(mall.installation.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    seen = []
    try:
        for _ in range(times):
            began = time.perf_counter()
            connection.request(*visitor.request(page))
            answer = connection.getresponse()
            body = answer.read()
            seconds = time.perf_counter() - began
            if answer.status != http.client.OK:
                raise RuntimeError(f"{page.name} answered {answer.status}")
            length = len(answer.headers.as_bytes()) + len(body)
            packed = answer.headers["Content-Encoding"] == "gzip"
            html = (gzip.decompress(body) if packed else body).decode()
            seen.append(_Seen(seconds, length, html))
    finally:
        connection.close()
    return seen


def _queries(counts: Counts) -> int:
    bounds = sum(calls for query, calls in counts.items() if query.startswith(_BOUNDS))
    return sum(counts.values()) - bounds
