"""The history as purchases: each basket visits its shops one after another, in order of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Literal

from timcheh.calendar import TEHRAN
from timcheh_app.demo import source
from timcheh_app.demo.goods import (
    SERVICE_KIND,
    Goods,
    SoldLine,
    goods_of,
    services,
    sold_line,
)
from timcheh_app.demo.people import Person, members
from timcheh_app.demo.seeded import DEFAULT_SEED, chance, generator
from timcheh_app.demo.shops import Shop, shop_for

DAYS_IN_WEEK = 7
# The stores of the data never closed; the mall opens at 10:00. The quiet hours before 07:00
# become its first half hour, the rest of the day the time until 22:00, so order is kept.
_OPENS = 10 * 60
_BUSY_FROM = 7 * 60
_BUSY_OPENS = _OPENS + 30
_LAST_ENTRY = 22 * 60
_MINUTES_PER_DAY = 24 * 60
# A walk from one till to the next.
_WALK_SECONDS = (180, 480)

_ASKS_FOR_CREDIT = 0.40
_ASKS_FOR_POINTS = 0.25


@dataclass(frozen=True, slots=True)
class Visit:
    """One purchase to make. `key` is the same for the same basket and shop, whatever the dates.

    `credit` and `points`: the member wants to pay with as much of it as fits.
    """

    key: str
    occurred_at: datetime
    person: Person
    shop: Shop
    branch: int
    lines: tuple[SoldLine, ...]
    credit: bool
    points: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Days of the data, `first` to `last`, shown as days that end at `ends_on`.

    What would happen after `until` is left out.
    """

    first: date
    last: date
    ends_on: date
    until: datetime | None = None

    @property
    def shift(self) -> timedelta:
        """What is added to a day of the data."""
        return self.ends_on - self.last

    @property
    def starts_on(self) -> date:
        return self.first + self.shift


def newest(weeks: int, today: date) -> Window:
    """The newest `weeks` weeks, ending yesterday; 52 and more weeks mean the whole year."""
    days = source.DAYS if weeks >= 52 else max(1, weeks) * DAYS_IN_WEEK
    first = source.LAST_DAY - timedelta(days=days - 1)
    return Window(first, source.LAST_DAY, today - timedelta(days=1))


def so_far(window: Window, now: datetime) -> Window:
    """The day after a window until `now`. The data has no such day: the one before the window
    lends its baskets, which nobody sees otherwise."""
    day = max(window.first - timedelta(days=1), source.FIRST_DAY)
    return Window(day, day, window.ends_on + timedelta(days=1), until=now)


class History:
    """The members and visits of some windows, the earlier first. Holds the product names, never
    the purchases."""

    def __init__(self, *windows: Window, seed: int = DEFAULT_SEED) -> None:
        self.windows = windows
        self.seed = seed
        households = {
            household for each in windows for household in source.households(each.first, each.last)
        }
        self.people: dict[int, Person] = members(
            households, source.ages(), windows[-1].ends_on, seed
        )
        self._goods: dict[int, Goods] = {
            product.product_id: goods
            for product in source.products().values()
            if (goods := goods_of(product)) is not None
        }

    @property
    def window(self) -> Window:
        """The first window: what rules, prices and settlements are laid out for."""
        return self.windows[0]

    def count(self) -> int:
        """How many visits `visits` gives (a pass over the data; lines are made for a cut day)."""
        return sum(
            self._count(each) if each.until is None else sum(1 for _ in self._visits(each))
            for each in self.windows
        )

    def _count(self, window: Window) -> int:
        total = 0
        for basket in source.baskets(window.first, window.last):
            found = (self._goods.get(line.product_id) for line in basket.lines)
            total += len({goods.kind for goods in found if goods is not None})
        return total

    def best_sellers(self) -> Iterator[tuple[SoldLine, str]]:
        """(one piece at its usual price, kind of shop), the most sold first."""
        for line in services():
            yield line, SERVICE_KIND
        for product_id, _, cents in source.best_sellers(self.window.first, self.window.last):
            goods = self._goods.get(product_id)
            if goods is not None and goods.kind != SERVICE_KIND:
                yield sold_line(goods, 1, cents), goods.kind

    def visits(self) -> Iterator[Visit]:
        """All visits in order of time. Holds one day of them."""
        for each in self.windows:
            yield from self._visits(each)

    def _visits(self, window: Window) -> Iterator[Visit]:
        baskets = source.baskets(window.first, window.last)
        for _, of_day in groupby(baskets, key=lambda basket: basket.day):
            for visit in sorted(
                self._day(of_day, window.shift), key=lambda visit: (visit.occurred_at, visit.key)
            ):
                if window.until is None or visit.occurred_at <= window.until:
                    yield visit

    def _day(self, baskets: Iterable[source.Basket], shift: timedelta) -> Iterator[Visit]:
        free_at: dict[int, datetime] = {}  # a household with two receipts queues behind itself
        for basket in baskets:
            arrival = self._arrival(basket, shift)
            at = max(arrival, free_at.get(basket.household_id, arrival))
            for visit in self._basket(basket, at):
                free_at[basket.household_id] = visit.occurred_at + timedelta(minutes=2)
                yield visit

    def _basket(self, basket: source.Basket, at: datetime) -> Iterator[Visit]:
        by_shop: dict[str, tuple[Shop, list[SoldLine]]] = {}
        for line in basket.lines:
            goods = self._goods.get(line.product_id)
            if goods is None:
                continue
            shop = shop_for(goods.kind, basket.household_id, basket.basket_id, self.seed)
            sold = sold_line(goods, line.quantity, line.cents)
            by_shop.setdefault(shop.slug, (shop, []))[1].append(sold)
        rng = generator(self.seed, "walk", basket.basket_id)
        route = sorted(by_shop)
        rng.shuffle(route)
        for slug in route:
            shop, lines = by_shop[slug]
            yield Visit(
                key=f"{basket.basket_id}-{slug}",
                occurred_at=at,
                person=self.people[basket.household_id],
                shop=shop,
                branch=basket.store_id % len(shop.branches),
                lines=tuple(lines),
                credit=self._wants("credit", basket, slug, _ASKS_FOR_CREDIT),
                points=self._wants("points", basket, slug, _ASKS_FOR_POINTS),
            )
            at += timedelta(seconds=rng.randint(*_WALK_SECONDS))

    def _wants(
        self, what: Literal["credit", "points"], basket: source.Basket, slug: str, often: float
    ) -> bool:
        return chance(self.seed, what, basket.basket_id, slug) < often

    def _arrival(self, basket: source.Basket, shift: timedelta) -> datetime:
        seconds = int(60 * chance(self.seed, "second", basket.basket_id))
        day = datetime.combine(basket.day + shift, datetime.min.time(), tzinfo=TEHRAN)
        return (day + timedelta(minutes=mall_minute(basket.minute), seconds=seconds)).astimezone(
            UTC
        )


def mall_minute(minute: int) -> int:
    """A store's minute of the day as the mall's, never earlier for a later one."""
    if minute < _BUSY_FROM:
        return _OPENS + minute * (_BUSY_OPENS - _OPENS) // _BUSY_FROM
    part = (minute - _BUSY_FROM) * (_LAST_ENTRY - _BUSY_OPENS)
    return _BUSY_OPENS + part // (_MINUTES_PER_DAY - _BUSY_FROM)
