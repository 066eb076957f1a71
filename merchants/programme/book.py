"""Shops' compiled rule sets, kept in the process by version.

A quote tells the version that is in force; only when it is not the one at hand is anything read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from merchants.programme.queries import ProgrammeRow, read_programme
from timcheh.calendar import TEHRAN, add_jalali_months, day_bounds, local_date
from timcheh.db import Database, Scope
from timcheh.rules import CompiledRuleSet, Rule, compile_rules, parse_rules
from timcheh.rules.facts import HOLDINGS, LOOKED_UP, NEARNESS, NETWORK
from timcheh.rules.model import PointsPer


@dataclass(frozen=True, slots=True)
class ScopeTerms:
    """A scope as an issuer sees it: prices in rial per point, lots' default life in months."""

    id: UUID
    kind: str
    unit: str
    issue_price: int
    redeem_price: int
    lot_months: int | None


@dataclass(frozen=True, slots=True)
class Wants:
    """What a quote has to look up because the shop's rules ask for it, and otherwise hasn't."""

    network: bool = False
    usage: bool = False
    history: bool = False
    holdings: bool = False
    nearness: bool = False
    entitlements: bool = False
    activations: bool = False

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Wants":
        listed = tuple(rules)
        asked = frozenset[str]().union(*(rule.facts for rule in listed))
        return cls(
            network=NETWORK in asked,
            usage=any(rule.counted for rule in listed),
            history=not asked.isdisjoint(LOOKED_UP),
            holdings=not asked.isdisjoint(HOLDINGS),
            nearness=not asked.isdisjoint(NEARNESS),
            entitlements=any(rule.once is not None for rule in listed),
            activations=any(rule.needs_activation for rule in listed),
        )


@dataclass(frozen=True, slots=True)
class Programme:
    """A shop's rules in force, with the scopes that their effects name."""

    ruleset: CompiledRuleSet
    scopes: Mapping[str, ScopeTerms]  # by the name that an effect uses: own, partners, … or an id
    wants: Wants

    @property
    def version(self) -> int:
        return self.ruleset.version

    def scope(self, name: str, unit: str) -> ScopeTerms:
        """The scope that an effect names; `own` is another scope for points than for credit."""
        return self.scopes[f"{name}:{unit}" if name == "own" else name]

    @property
    def issue_prices(self) -> dict[str, int]:
        """Rial per point by the name that an effect uses, for the rules' caps."""
        return {n: s.issue_price for n, s in self.scopes.items() if s.unit == "point"}


def default_end(lot_months: int | None, starts: datetime) -> datetime | None:
    """When a lot of a scope ends by default: its Jalali months on, at the end of that day."""
    return None if lot_months is None else _end_after(lot_months, local_date(starts, TEHRAN))


@lru_cache(maxsize=256)  # every lot that is granted on a day asks for the same few
def _end_after(months: int, first_day: date) -> datetime:
    return day_bounds(add_jalali_months(first_day, months), TEHRAN)[1]


class ProgrammeBook:
    """Programmes by shop. `current` never reads; `refresh` reads the newest version."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[UUID, Programme] = {}

    def current(self, merchant_id: UUID) -> Programme | None:
        """The programme at hand, of whatever version; None before the first `refresh`."""
        return self._known.get(merchant_id)

    async def refresh(self, mall_id: UUID, merchant_id: UUID) -> Programme:
        """Reads the shop's rules and scopes. Raises NotFound for a shop that is not there."""
        async with self._database.unit_of_work(Scope.mall(mall_id)) as uow:
            row = await read_programme(uow, merchant_id)
        programme = compile_programme(row)
        self._known[merchant_id] = programme
        return programme


def compile_programme(row: ProgrammeRow) -> Programme:
    """Rules that were checked when they were published, made fast."""
    rules = parse_rules(row.rules)
    scopes = {name: ScopeTerms(*terms) for name, terms in row.scopes.items()}
    return Programme(
        ruleset=compile_rules(row.version, rules),
        scopes=scopes,
        wants=Wants.of(rules),
    )


def effect_scopes(rule: Rule) -> Iterator[tuple[int, str, str]]:
    """(index of the effect, scope name, unit) of every earning effect."""
    for index, effect in enumerate(rule.then):
        scope = getattr(effect, "scope", None)
        if scope is not None:
            yield index, scope, "point" if isinstance(effect, PointsPer) else "rial"
