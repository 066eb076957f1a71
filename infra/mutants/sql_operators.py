"""What may be wrong in a function of SQL: each operator yields one small mistake at a time.

A mistake is `(start, end, text)`: what stands there in the statement becomes `text`.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from infra.mutants.sql_text import Token

Mistake = tuple[int, int, str]
Operator = Callable[[Sequence[Token]], Iterator[Mistake]]

_SWAPS = {
    "<": ("<=",), "<=": ("<",), ">": (">=",), ">=": (">",), "=": ("<>",), "<>": ("=",),
    "+": ("-",), "*": ("+",),
    "AND": ("OR",), "OR": ("AND",),
    "MIN": ("max",), "MAX": ("min",), "LEAST": ("greatest",), "GREATEST": ("least",),
    "TRUE": ("false",), "FALSE": ("true",), "ASC": ("DESC",), "DESC": ("ASC",),
    "0": ("1",), "1": ("0",),
}  # fmt: skip
_CLAUSE_ENDS = {
    "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "RETURNING", "UNION", "ON", "LOOP",
    "WINDOW", "FOR", "JOIN", "LEFT", "CROSS", "FULL", ";", ")",
}  # fmt: skip
_BEFORE_STATEMENT = {";", "BEGIN", "THEN", "ELSE", "LOOP"}
_BEFORE_VALUE = {
    "(",
    ",",
    "=",
    "<>",
    "<",
    ">",
    "<=",
    ">=",
    "+",
    "*",
    "SELECT",
    "THEN",
    "ELSE",
    ":=",
}


def swap(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """A comparison, an arithmetic sign, a connective, a constant for its neighbour."""
    for place, token in enumerate(tokens):
        before = tokens[place - 1].upper
        means_no_more = (
            (token.text == "=" and _assigns(tokens, place))
            or (token.text == "*" and before in {"SELECT", "(", "."})
            # A column's number, or a row that only has to be there.
            or (token.kind == "number" and before in {"BY", "PERFORM", "RETURNING", "SELECT"})
        )
        if means_no_more:
            continue
        for text in _SWAPS.get(token.upper, ()):
            yield token.start, token.end, text


def flip_sign(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """`a - b` becomes `a + b`, `-a` becomes `a`."""
    for place, token in enumerate(tokens):
        if token.text == "-":
            unary = place == 0 or tokens[place - 1].upper in _BEFORE_VALUE
            yield token.start, token.end, "" if unary else "+"


def drop_condition(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """One of the conditions of a WHERE, ON or HAVING always holds.

    Not the one that names the mall: row security holds whatever it says (tests/isolation).
    """
    for place, token in enumerate(tokens):
        joins = token.upper == "ON" and tokens[place + 1].upper != "CONFLICT"
        if joins or token.upper in {"WHERE", "HAVING"}:
            for first, last in _conjuncts(tokens, place + 1):
                if "MALL_ID" not in {token.upper for token in tokens[first : last + 1]}:
                    yield tokens[first].start, tokens[last].end, "true"


def drop_lock(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """Rows are read without being locked, or waited for instead of skipped."""
    for first, second in pairwise(tokens):
        if (first.upper, second.upper) == ("FOR", "UPDATE"):
            yield first.start, second.end, ""
        if (first.upper, second.upper) == ("SKIP", "LOCKED"):
            yield first.start, second.end, ""


def drop_statement(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """A statement that never happens."""
    for place, token in enumerate(tokens):
        opens = place > 0 and tokens[place - 1].upper in _BEFORE_STATEMENT
        if opens and token.upper in {"PERFORM", "RAISE", "INSERT", "UPDATE", "DELETE"}:
            yield token.start, tokens[_next(tokens, place, {";"})].start, "NULL"


def drop_conflict(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """What is there already makes an error, or stays as it is."""
    for place, token in enumerate(tokens):
        if token.upper == "ON" and tokens[place + 1].upper == "CONFLICT":
            end = _next(tokens, place, {";", ")", "RETURNING"})
            yield token.start, tokens[end].start, " "
            do = _next(tokens, place, {"DO"})
            if tokens[do + 1].upper == "UPDATE" and tokens[end].upper != "RETURNING":
                yield tokens[do + 1].start, tokens[end].start, "NOTHING"


def force_case(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """A condition of a CASE or an IF that always, or never, holds."""
    for place, token in enumerate(tokens):
        is_if = token.upper in {"IF", "ELSIF"} and tokens[place - 1].upper != "END"
        if is_if or (token.upper == "WHEN" and _searches(tokens, place)):
            end = tokens[_next(tokens, place, {"THEN"})].start
            for text in ("true ", "false "):
                yield tokens[place + 1].start, end, text


def drop_default(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """`coalesce(a, b)` becomes `coalesce(a)`; DISTINCT lets the same thing through twice."""
    for place, token in enumerate(tokens):
        if token.upper == "COALESCE":
            comma = _next(tokens, place + 1, {","})
            yield tokens[comma].start, tokens[_next(tokens, place + 1, {")"})].start, ""
        if token.upper == "DISTINCT" and tokens[place - 1].upper != "IS":
            yield token.start, token.end, ""


def drop_order(tokens: Sequence[Token]) -> Iterator[Mistake]:
    """An ORDER BY or a LIMIT that is forgotten."""
    for place, token in enumerate(tokens):
        if token.upper == "ORDER":
            end = _next(tokens, place, {";", ")", "LIMIT", "FOR", "OFFSET", "ON", "RETURNING"})
            yield token.start, tokens[end].start, ""
        if token.upper == "LIMIT":
            end = _next(tokens, place, {";", ")", "FOR", "OFFSET"})
            yield token.start, tokens[end].start, ""


OPERATORS: tuple[Operator, ...] = (
    swap, flip_sign, drop_condition, drop_lock, drop_statement, drop_conflict, force_case,
    drop_default, drop_order,
)  # fmt: skip


def _next(tokens: Sequence[Token], place: int, stops: set[str]) -> int:
    """The first of `stops` after `place`, on the same level of parentheses or where that ends."""
    level = 0
    for at in range(place + 1, len(tokens)):
        text = tokens[at].upper
        if level == 0 and text in stops:
            return at
        level += (text in {"(", "["}) - (text in {")", "]"})
        if level < 0:
            return at
    return len(tokens) - 1


def _conjuncts(tokens: Sequence[Token], first: int) -> Iterator[tuple[int, int]]:
    """First and last token of each part of `a AND b AND c`, until the clause ends."""
    start, level = first, 0
    for at in range(first, len(tokens)):
        text = tokens[at].upper
        if level == 0 and (text in _CLAUSE_ENDS or text == "AND"):
            yield start, at - 1
            start = at + 1
            if text != "AND":
                return
        level += (text in {"(", "[", "CASE"}) - (text in {")", "]", "END"})
    yield start, len(tokens) - 1


def _assigns(tokens: Sequence[Token], place: int) -> bool:
    """Whether the `=` at `place` belongs to SET or RAISE ... USING, where it compares nothing."""
    level = 0
    for at in range(place - 1, -1, -1):
        text = tokens[at].upper
        level += (text in {")", "]"}) - (text in {"(", "["})
        if level < 0:
            return False
        if level == 0:
            if text in {"SET", "USING", "RAISE", "DIAGNOSTICS"}:
                return True
            if text in {"WHERE", "FROM", "ON", ";", "IF", "SELECT", "WHEN", "HAVING", "AND", "OR"}:
                return False
    return False


def _searches(tokens: Sequence[Token], place: int) -> bool:
    """Whether a WHEN has a condition: `CASE x WHEN value` has none."""
    level = 0
    for at in range(place - 1, -1, -1):
        if tokens[at].upper == "END":
            level += 1
        elif tokens[at].upper == "CASE":
            if level == 0:
                return tokens[at + 1].upper == "WHEN"
            level -= 1
    return False
