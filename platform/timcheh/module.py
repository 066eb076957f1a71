"""What a module plugs into the platform. The composition root lists the modules, nothing else.

A module never registers itself: it declares, in `module.py`, one `MODULE = Module(...)`, and the
platform reads it. So what runs is exactly what `timcheh_app.modules` names.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from timcheh.db import Database, UnitOfWork
from timcheh.settings import Settings

Audience = Literal["mall", "merchant", "member"]
"""Who a page or a permission is for: administrators, a shop's staff, members of the club."""

MOST_FOUND: Final = 6
"""Things of one kind that the palette shows."""


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the outbox: something that has happened, and is committed."""

    id: UUID
    mall_id: UUID
    topic: str
    payload: dict[str, Any]
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class EventHandler:
    """Work that follows events, in one transaction that also marks them as done.

    `run` gets a unit of work in the mall's scope and makes no call to the outside: it queues a
    message or a delivery, which a job sends. `run_all` in its place takes many events at once, in
    their order; what follows every purchase must, or it costs more than the purchase. If one of
    them fails they are given one by one. `name` is stored with the mark, so it never changes.
    `wanted` is asked once for each batch: whether the mall has anything for it to do at all.
    """

    name: str
    run: Callable[[UnitOfWork, Event], Awaitable[None]] | None = None
    wanted: Callable[[UnitOfWork], Awaitable[bool]] | None = None
    run_all: Callable[[UnitOfWork, Sequence[Event]], Awaitable[None]] | None = None

    def __post_init__(self) -> None:
        if (self.run is None) == (self.run_all is None):
            raise ValueError(f"{self.name} takes events one by one or many at once")

    async def handle(self, uow: UnitOfWork, events: Sequence[Event]) -> None:
        """Does its work with these events of one mall."""
        if self.run_all is not None:
            await self.run_all(uow, events)
        elif self.run is not None:
            for event in events:
                await self.run(uow, event)


def joined(*parts: Mapping[str, Sequence[EventHandler]]) -> dict[str, list[EventHandler]]:
    """The handlers of a module's slices by topic; several may follow one topic."""
    found: dict[str, list[EventHandler]] = {}
    for part in parts:
        for topic, handlers in part.items():
            found.setdefault(topic, []).extend(handlers)
    return found


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a periodic job works with. It opens as many units of work as it needs."""

    database: Database
    settings: Settings
    mall_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class RecurringJob:
    """Periodic work for each mall: every so often, or daily at a time of the mall's day.

    Exactly one of `every` and `daily_at` is given. `wake_on` names topics after which the job
    runs at once instead of when it is next due. `name` is stored, so it never changes. A job may
    be run twice for one due time (a worker died half-way), so it is idempotent.
    """

    name: str
    run: Callable[[JobContext], Awaitable[None]]
    every: timedelta | None = None
    daily_at: time | None = None
    wake_on: Sequence[str] = ()

    def __post_init__(self) -> None:
        if (self.every is None) == (self.daily_at is None):
            raise ValueError(f"recurring job {self.name}: give either every or daily_at")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of a portal's navigation.

    `label` is a Fluent id; `path` continues `/{mall_slug}/{mall|shop|club}/`; `icon` is a lucide
    name; without the `permission` the entry does not show. Entries of one `section` stand under
    its heading, the text `section-<section>`; those without one under none. `also` are further
    paths that are reached from the entry, so that it is the current one there too.
    """

    audience: Audience
    label: str
    path: str
    icon: str
    permission: str | None = None
    order: int = 100
    section: str = ""
    also: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Something that one can go to; texts already in the page's language."""

    title: str
    href: str
    icon: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds things of one portal by what was typed (normalised, never empty), at most
    `MOST_FOUND`. `heading` is a Fluent id. It is given the page (PageContext) and
    sees to it that the caller may see them."""

    audience: Audience
    heading: str
    find: Callable[[Any, str], Awaitable[Sequence[Found]]]


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is often begun: a page of a portal that a menu doesn't name."""

    audience: Audience
    label: str
    path: str
    icon: str
    permission: str


@dataclass(frozen=True, slots=True)
class Permission:
    """Something that staff may do, and the roles that may.

    An audience's chief role (`administrator` of a mall, `owner` of a shop) has every permission
    of its audience and is not listed. Its text is `permission-<code>`,
    with dashes for dots.
    """

    code: str
    audience: Literal["mall", "merchant"]
    roles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things that wait for a shop's answer. `label` is a Fluent id that takes `count`;
    `path` continues the shop's address; whoever lacks the `permission` is not told."""

    label: str
    count: int
    path: str
    icon: str
    permission: str


@dataclass(frozen=True, slots=True)
class ProofCheck:
    """A check of `timcheh proof`: a query, as the owner, that returns one row per violation."""

    name: str
    violations: str


@dataclass(frozen=True, slots=True)
class Module:
    """Everything that a module adds. `package` is where its `locale/` and `templates/` lie.

    What the kernel can't do itself, each by one module, in the mall's scope:
    `admit_member` finds or enrols the member of a mobile that was just proved and gives their id
    and name; `member_name` is what the member of an id is called;
    `note_device` keeps that they signed in from a browser (the digest of its cookie);
    `shop_name` is what a shop is called. `waiting_for_shop` tells what waits for a shop's answer,
    for the page that its staff see first; any number of modules may have something.
    """

    name: str
    package: str
    # Any: msgspec resolves the hints of what handlers depend on, and Litestar's alias for them
    # names what exists for type checkers only.
    routes: Sequence[Any] = ()
    handlers: Mapping[str, Sequence[EventHandler]] = field(default_factory=dict)
    recurring: Sequence[RecurringJob] = ()
    menu: Sequence[MenuItem] = ()
    permissions: Sequence[Permission] = ()
    finders: Sequence[Finder] = ()
    actions: Sequence[Action] = ()
    proofs: Sequence[ProofCheck] = ()
    admit_member: Callable[[UnitOfWork, str], Awaitable[tuple[UUID, str]]] | None = None
    member_name: Callable[[UnitOfWork, UUID], Awaitable[str]] | None = None
    note_device: Callable[[UnitOfWork, UUID, bytes], Awaitable[None]] | None = None
    shop_name: Callable[[UnitOfWork, UUID], Awaitable[str]] | None = None
    waiting_for_shop: Callable[[UnitOfWork, UUID], Awaitable[Sequence[Waiting]]] | None = None
