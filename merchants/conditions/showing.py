"""The builder as its template takes it: each row with the controls that suit its fact."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urlencode

from merchants.conditions.builder import (
    JOINS,
    NUMBER_OPS,
    SET_OPS,
    TRUTHS,
    Block,
    Builder,
    Row,
    operators_of,
)
from merchants.conditions.vocabulary import MOST_TICKED, Option, Vocabulary, read_vocabulary
from merchants.programme.sentences import Teller
from merchants.shops.service import shop_names
from timcheh.errors import Invalid
from timcheh.rules import FACTS, Condition, Fact, Place, facts_in, parse_condition
from timcheh.rules.facts import NETWORK, FactType, FactUnit
from timcheh.text.locale import Locale
from timcheh.web.pages import PageContext

_WORDS = {
    **dict(zip(NUMBER_OPS, ("ge", "le", "gt", "lt", "eq", "ne"), strict=True)),
    **{name: name for name in (*SET_OPS, *TRUTHS)},
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`kind`: empty, truth, money, number, ticks or names; `value` as it was typed."""

    id: str
    kind: str
    fact: str
    op: str
    value: str
    unit: str = ""
    tail: str = ""
    ops: tuple[Option, ...] = ()
    ticks: tuple[tuple[str, str, bool], ...] = ()
    suggestions: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    n: int
    join: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownBuilder:
    """What `builders.builder` renders. `sentence` tells a condition that rows can't show,
    `theirs` the one that somebody else has written meanwhile."""

    prefix: str
    url: str
    join: str
    blocks: tuple[ShownBlock, ...]
    facts: tuple[tuple[str, tuple[Option, ...]], ...]
    joins: tuple[Option, ...]
    outer_joins: tuple[Option, ...]
    kept: str = ""
    sentence: str = ""
    focus: str = ""
    theirs: str | None = None


@dataclass(frozen=True, slots=True)
class _Shower:
    page: PageContext
    place: Place
    vocabulary: Vocabulary
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def locale(self) -> Locale:
        return self.page.locale

    def rows(self, prefix: str, b: int, block: Block) -> tuple[ShownRow, ...]:
        return tuple(self.row(f"{prefix}-{b}-{r}", row) for r, row in enumerate(block.rows))

    def row(self, id: str, row: Row) -> ShownRow:
        fact = FACTS.get(row.fact)
        error = self.errors.get(f"{id}-value") or self.errors.get(f"{id}-fact", "")
        if fact is None or self.place not in fact.places:
            return ShownRow(id, "empty", "", "", "", error=error)
        ops = tuple((op, self.page.text(f"condition-op-{_WORDS[op]}")) for op in operators_of(fact))
        tail = self.page.text("condition-tail") if fact.type is not FactType.BOOLEAN else ""
        if fact.type is FactType.BOOLEAN:
            shown = tuple((op, self._truth(fact, op)) for op in TRUTHS)
            return ShownRow(id, "truth", fact.name, row.op, "", ops=shown, error=error)
        if set(operators_of(fact)) == set(NUMBER_OPS):
            kind = "money" if fact.unit is FactUnit.RIAL else "number"
            unit = "" if kind == "money" else self._unit(fact)
            return ShownRow(id, kind, fact.name, row.op, row.value, unit, tail, ops, error=error)
        options = self.vocabulary.options(fact, self.locale)
        if options and (len(options) <= MOST_TICKED or fact.choices or fact.uuids):
            ticks = self._ticks(options, row)
            return ShownRow(
                id, "ticks", fact.name, row.op, "", "", tail, ops, ticks=ticks, error=error
            )
        names = self.page.text("list-comma").join(row.picks) or row.value
        known = tuple(label for _, label in options)
        return ShownRow(
            id, "names", fact.name, row.op, names, "", tail, ops, suggestions=known, error=error
        )

    def _ticks(self, options: list[Option], row: Row) -> tuple[tuple[str, str, bool], ...]:
        picked = {*row.picks, *filter(None, [row.value])}
        known = {value for value, _ in options}
        gone = [(value, value) for value in row.picks if value not in known]
        return tuple((value, label, value in picked) for value, label in [*options, *gone])

    def _truth(self, fact: Fact, op: str) -> str:
        which = "true" if op == "yes" else "false"
        return self.page.text(f"rule-{fact.name.replace('.', '-')}-{which}")

    def _unit(self, fact: Fact) -> str:
        return "" if fact.unit is FactUnit.NONE else self.page.text(f"fact-unit-{fact.unit}")


async def show_builder(
    page: PageContext,
    builder: Builder,
    place: Place,
    errors: Mapping[str, str] | None = None,
    focus: str = "",
    theirs: Mapping[str, str] | None = None,
) -> ShownBuilder:
    """The builder for a shop's page. `errors` and `theirs` by field, as of a `Form`; `focus` is the
    id of the control that takes it."""
    async with page.database.unit_of_work(page.caller.scope) as uow:
        vocabulary = await read_vocabulary(uow, page.caller.shop)
    shower = _Shower(page, place, vocabulary, errors or {})
    joins = tuple((join, page.text(f"condition-join-{join}")) for join in JOINS)
    query = urlencode({"prefix": builder.prefix, "place": place})
    return ShownBuilder(
        builder.prefix,
        f"{page.url('conditions')}?{query}",
        builder.join,
        tuple(
            ShownBlock(b, block.join, shower.rows(builder.prefix, b, block))
            for b, block in enumerate(builder.blocks)
        ),
        _facts(page, place),
        joins,
        tuple((join, page.text(f"condition-outer-{join}")) for join in ("all", "any")),
        builder.kept,
        _sentence(page, builder, vocabulary) if builder.kept else "",
        focus,
        await _theirs(page, (theirs or {}).get(builder.prefix)),
    )


async def _theirs(page: PageContext, text: str | None) -> str | None:
    """In words; empty for everybody, None where nobody else has written one."""
    return text and await sentence_of(page, parse_condition(json.loads(text), "/theirs"))


async def sentence_of(page: PageContext, condition: Condition | None) -> str:
    """A condition as a sentence; empty for none."""
    if condition is None:
        return ""
    async with page.database.unit_of_work(page.caller.scope) as uow:
        names = await shop_names(uow) if NETWORK in facts_in(condition) else {}
    return Teller(page.locale, page.unit, names).condition(condition)


def _sentence(page: PageContext, builder: Builder, vocabulary: Vocabulary) -> str:
    unit = page.unit
    try:
        condition = builder.condition(unit)
    except Invalid:
        return ""
    return Teller(page.locale, unit, vocabulary.shops).condition(condition)


def _facts(page: PageContext, place: Place) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The facts that can be asked here, by what they are about."""
    here = [fact for fact in FACTS.values() if place in fact.places]
    return tuple(
        (
            page.text(f"fact-section-{section}"),
            tuple((fact.name, fact.label(page.locale)) for fact in facts),
        )
        for section, facts in groupby(here, key=lambda fact: fact.section)
    )
