"""The samples of a trial: goods, people and a month of their purchases, the same for every shop.

Pure; names come from the catalogue (`trial-goods`, `trial-people`: one a line).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

DAYS: Final = 30
PURCHASES: Final = 60
_SEED: Final = 1404
_FIRST_MOBILE: Final = 9_990_000_001
"""Sample mobiles: of a range that no operator gives out."""
_PRICES: Final = (1_850_000, 3_200_000, 640_000, 2_400_000, 980_000, 5_600_000)


@dataclass(frozen=True, slots=True)
class SampleGood:
    """`price` in rial."""

    sku: str
    name: str
    price: int


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Nobody: a name and a mobile that isn't one."""

    mobile: str
    name: str


@dataclass(frozen=True, slots=True)
class SamplePurchase:
    """Who bought what, how many of each, and when; whether they spent their credit on it."""

    person: SamplePerson
    goods: Sequence[tuple[SampleGood, int]]
    at: datetime
    spends: bool


def sample_goods(locale: Locale) -> list[SampleGood]:
    """Six goods."""
    names = translate(locale, "trial-goods").splitlines()
    return [
        SampleGood(f"N-{n}", name.strip(), price)
        for n, (name, price) in enumerate(zip(names, _PRICES, strict=True), start=1)
    ]


def sample_people(locale: Locale) -> list[SamplePerson]:
    """A dozen customers."""
    names = translate(locale, "trial-people").splitlines()
    return [SamplePerson(f"0{_FIRST_MOBILE + n}", name.strip()) for n, name in enumerate(names)]


def sample_purchases(
    goods: Sequence[SampleGood], people: Sequence[SamplePerson], until: datetime
) -> Iterator[SamplePurchase]:
    """A month of purchases up to a moment, oldest first: few buy often, many seldom."""
    random = Random(_SEED)  # noqa: S311  samples
    often = [1 / (n + 1) for n in range(len(people))]
    hours = sorted(random.uniform(1, DAYS * 24) for _ in range(PURCHASES))
    for ago in reversed(hours):
        basket = random.sample(goods, random.choice((1, 1, 2, 3)))
        yield SamplePurchase(
            random.choices(people, often)[0],
            [(good, random.choice((1, 1, 2))) for good in basket],
            until - timedelta(hours=ago),
            spends=random.random() < 0.3,
        )
