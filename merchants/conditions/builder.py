"""A condition as two levels of rows, and back: what the form can hold and what it comes to."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from timcheh.errors import FieldError, Invalid
from timcheh.money import MoneyUnit
from timcheh.rules import FACTS, Condition, Fact, parse_condition, write_condition
from timcheh.rules.facts import FactType, FactUnit
from timcheh.rules.model import AllOf, AnyOf, Comparison, Not
from timcheh.text.normalise import normalise
from timcheh.web.numbers import MOST_RIAL, read_count, read_money

PREFIX: Final = "when"
MOST_ROWS: Final = 30
_SEPARATOR: Final = re.compile(r"[،,;؛\n]+")
_LONGEST: Final = 4_000
_NUMBERS: Final = (FactType.INTEGER, FactType.NUMBER)

Join = Literal["all", "any", "none"]
JOINS: Final[tuple[Join, ...]] = ("all", "any", "none")
SET_OPS: Final = ("any_of", "none_of")
NUMBER_OPS: Final = (">=", "<=", ">", "<", "==", "!=")
TRUTHS: Final = ("yes", "no")


def operators_of(fact: Fact) -> tuple[str, ...]:
    """The words between a fact and its value, the usual one first."""
    if fact.type in _NUMBERS:
        return NUMBER_OPS
    return TRUTHS if fact.type is FactType.BOOLEAN else SET_OPS


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison as it was typed; `picks` are the ticked choices of a fact that has some."""

    fact: str = ""
    op: str = ""
    value: str = ""
    picks: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.fact

    def fitted(self) -> "Row":
        """With an operator that suits the fact; after a change of fact nothing else fits either."""
        fact = FACTS.get(self.fact)
        if fact is None:
            return Row()
        operators = operators_of(fact)
        return self if self.op in operators else Row(fact.name, operators[0])

    def read(self, where: str, unit: MoneyUnit) -> Condition:
        """Raises Invalid with the faults at `{where}/value` or `{where}/fact`."""
        fact = FACTS.get(self.fact)
        if fact is None:
            raise Invalid.field(f"{where}/fact", "required")
        if fact.type is FactType.BOOLEAN:
            return Comparison(fact.name, "==", self.op != "no")
        if fact.type in _NUMBERS:
            number = _number(fact, self.value, f"{where}/value", unit)
            return _checked(fact, self.op, number, where)
        names = [*self.picks, *filter(None, map(normalise, _SEPARATOR.split(self.value)))]
        if not names:
            raise Invalid.field(f"{where}/value", "required")
        chosen = _checked(fact, "in", list(dict.fromkeys(names)), where)
        return Not(chosen) if self.op == "none_of" else chosen


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of which all, any or none must hold."""

    join: Join = "all"
    rows: tuple[Row, ...] = (Row(),)


@dataclass(frozen=True, slots=True)
class Builder:
    """The whole form: blocks of which all or any must hold.

    `kept` is the JSON of a condition that rows can't show (deeper, or made over the API): it is
    told as a sentence and stays as it is until the person starts anew.
    """

    join: Join = "all"
    blocks: tuple[Block, ...] = (Block(),)
    kept: str = ""
    prefix: str = field(default=PREFIX, kw_only=True)

    @classmethod
    def of(
        cls,
        condition: Condition | None,
        unit: MoneyUnit = MoneyUnit.TOMAN,
        prefix: str = PREFIX,
    ) -> "Builder":
        """The form that shows a condition; `unit` is the money unit that amounts are typed in."""
        if condition is None:
            return cls(prefix=prefix)
        found = _rows_of(condition, unit)
        if found is None:
            return cls(kept=json.dumps(write_condition(condition)), prefix=prefix)
        return replace(found, prefix=prefix)

    def condition(self, unit: MoneyUnit = MoneyUnit.TOMAN) -> Condition | None:
        """What the form says; None for a form without a row. Raises Invalid at each faulty row."""
        if self.kept:
            return _kept(self.kept, f"/{self.prefix}-kept")
        faults: list[FieldError] = []
        parts: list[Condition] = []
        for b, block in enumerate(self.blocks):
            read: list[Condition] = []
            for r, row in enumerate(block.rows):
                if row.blank:
                    continue
                try:
                    read.append(row.read(f"/{self.prefix}-{b}-{r}", unit))
                except Invalid as error:
                    faults += error.errors
            if read:
                parts.append(_joined(block.join, read))
        if faults:
            raise Invalid(errors=faults)
        return _joined(self.join, parts) if parts else None

    def said(self, unit: MoneyUnit = MoneyUnit.TOMAN) -> str:
        """The condition as one text, the same for the same one; of a faulty form what was typed."""
        try:
            condition = self.condition(unit)
        except Invalid:
            return repr(self)
        return "" if condition is None else json.dumps(_in_order(write_condition(condition)))

    def along(self, fields: Mapping[str, str], unit: MoneyUnit) -> dict[str, str]:
        """A form's fields with the whole condition as one of them (`timcheh.web.meanwhile`)."""
        return {**fields, self.prefix: self.said(unit)}

    def kept_in(self, fields: Mapping[str, str], unit: MoneyUnit) -> "Builder":
        """This one, unless the fields hold another's condition by now."""
        text = fields.get(self.prefix)
        if text is None or text == self.said(unit):
            return self
        condition = parse_condition(json.loads(text), f"/{self.prefix}") if text else None
        return Builder.of(condition, unit, self.prefix)

    def acted(self, act: str) -> "Builder":
        """After a press of one of its own buttons: `row:0`, `block`, `drop:0:1` or `anew`."""
        verb, *numbers = act.split(":")
        at = [int(number) for number in numbers if number.isascii() and number.isdigit()]
        blocks = list(self.blocks)
        if verb == "anew":
            return Builder(prefix=self.prefix)
        if sum(len(block.rows) for block in blocks) < MOST_ROWS:
            if verb == "block":
                blocks.append(Block())
            if verb == "row" and at and at[0] < len(blocks):
                block = blocks[at[0]]
                blocks[at[0]] = replace(block, rows=(*block.rows, Row()))
        if verb == "drop" and len(at) == 2 and at[0] < len(blocks):
            block = blocks[at[0]]
            rows = tuple(row for r, row in enumerate(block.rows) if r != at[1])
            blocks[at[0]] = replace(block, rows=rows)
        kept = tuple(block for block in blocks if block.rows)
        return replace(self, blocks=kept or (Block(),))


def read_builder(fields: Mapping[str, str], prefix: str = PREFIX) -> Builder:
    """The builder as a posted form tells it. Nothing is refused here: `Builder.condition` does."""
    name = re.compile(re.escape(prefix) + r"-(\d{1,3})-(\d{1,3})-fact", re.ASCII)
    found = (name.fullmatch(each) for each in fields)
    places = sorted((int(match[1]), int(match[2])) for match in found if match)[:MOST_ROWS]
    blocks = []
    for b in sorted({b for b, _ in places}):
        rows = tuple(_typed(fields, f"{prefix}-{b}-{r}") for at, r in places if at == b)
        blocks.append(Block(_join(fields.get(f"{prefix}-{b}-join")), rows))
    kept = fields.get(f"{prefix}-kept", "")[:_LONGEST]
    join = _join(fields.get(f"{prefix}-join"))
    return Builder(join, tuple(blocks) or (Block(),), kept, prefix=prefix)


def _in_order(written: object) -> object:
    """Names that are chosen have no order."""
    if isinstance(written, dict):
        return {key: _in_order(value) for key, value in written.items()}
    if isinstance(written, list):
        plain = all(isinstance(each, str) for each in written)
        return sorted(written) if plain else [_in_order(each) for each in written]
    return written


def _typed(fields: Mapping[str, str], row: str) -> Row:
    picked = [
        (int(number), value)
        for name, value in fields.items()
        if name.startswith(f"{row}-pick-") and (number := name.rpartition("-")[2]).isdigit()
    ]
    return Row(
        fields.get(f"{row}-fact", ""),
        fields.get(f"{row}-op", ""),
        fields.get(f"{row}-value", "")[:_LONGEST],
        tuple(value for _, value in sorted(picked)),
    ).fitted()


def _join(written: str | None) -> Join:
    return next((join for join in JOINS if join == written), "all")


def _joined(join: Join, parts: Sequence[Condition]) -> Condition:
    if join == "none":
        return Not(parts[0] if len(parts) == 1 else AnyOf(tuple(parts)))
    if len(parts) == 1:
        return parts[0]
    return AllOf(tuple(parts)) if join == "all" else AnyOf(tuple(parts))


def _number(fact: Fact, typed: str, where: str, unit: MoneyUnit) -> int:
    if fact.unit is FactUnit.RIAL:
        return read_money(typed, where, unit)
    return read_count(typed, where, MOST_RIAL)


def _checked(fact: Fact, op: str, value: object, where: str) -> Condition:
    """Through the one reader of conditions, so that a form can't say what JSON may not."""
    return parse_condition({"fact": fact.name, "op": op, "value": value}, where)


def _kept(written: str, where: str) -> Condition:
    try:
        value = json.loads(written)
    except ValueError:
        raise Invalid.field(where, "bad_json") from None
    return parse_condition(value, where)


# From a condition back to rows; None where rows can't say it.


def _rows_of(condition: Condition, unit: MoneyUnit) -> Builder | None:
    parts = condition.conditions if isinstance(condition, AllOf | AnyOf) else (condition,)
    join: Join = "any" if isinstance(condition, AnyOf) else "all"
    plain = [_row(part, unit) for part in parts]
    loose = tuple(row for row in plain if row is not None)
    blocks = [Block(join, loose)] if loose else []
    for part, row in zip(parts, plain, strict=True):
        if row is None:
            block = _block(part, unit)
            if block is None:
                return None
            blocks.append(block)
    if sum(len(block.rows) for block in blocks) > MOST_ROWS:
        return None
    return Builder(join if len(blocks) > 1 else "all", tuple(blocks) or (Block(),))


def _block(condition: Condition, unit: MoneyUnit) -> Block | None:
    join: Join = "all"
    if isinstance(condition, Not):
        join, condition = "none", condition.condition
    if isinstance(condition, AnyOf) and join != "none":
        join = "any"
    if isinstance(condition, AllOf) and join == "none":
        return None
    parts = condition.conditions if isinstance(condition, AllOf | AnyOf) else (condition,)
    rows = [_row(part, unit) for part in parts]
    known = tuple(row for row in rows if row is not None)
    return Block(join, known) if known and len(known) == len(rows) else None


def _row(condition: Condition, unit: MoneyUnit) -> Row | None:
    wanted = not isinstance(condition, Not)
    inner = condition.condition if isinstance(condition, Not) else condition
    if not isinstance(inner, Comparison):
        return None
    fact, value = FACTS[inner.fact], inner.value
    if fact.type is FactType.BOOLEAN and wanted:
        return Row(fact.name, "yes" if bool(value) == (inner.op == "==") else "no")
    if fact.type in _NUMBERS:
        typed = _typed_number(fact, value, unit) if wanted else None
        return None if typed is None else Row(fact.name, inner.op, typed)
    if fact.type is FactType.BOOLEAN or inner.op == "!=":
        return None
    names = tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
    return Row(fact.name, "any_of" if wanted else "none_of", "", names)


def _typed_number(fact: Fact, value: object, unit: MoneyUnit) -> str | None:
    """As it would be typed; None for what the form can't take (several, fractions, below zero)."""
    if not isinstance(value, int) or value < 0:
        return None
    if fact.unit is not FactUnit.RIAL:
        return str(value)
    whole, rest = divmod(value, unit.rial)
    return None if rest else str(whole)
