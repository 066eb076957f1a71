"""A condition as one SQL predicate over many customers, saying exactly what `compile` says of one.

Values are only ever bound parameters. A missing fact (NULL) makes a comparison false and never
NULL, so that `not` turns it into true as it does in the pure engine.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    false,
    func,
    literal,
    not_,
    or_,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Boolean, Numeric, Text, TypeEngine

from timcheh.rules import FACTS, Condition
from timcheh.rules.basket import match_value
from timcheh.rules.facts import FactType
from timcheh.rules.model import AllOf, AnyOf, Comparison, Not

_TYPES: Mapping[FactType, TypeEngine[Any]] = {
    FactType.INTEGER: BigInteger(),
    FactType.NUMBER: Numeric(),
    FactType.BOOLEAN: Boolean(),
    FactType.CHOICE: Text(),
    FactType.TEXT: Text(),
    FactType.TEXT_SET: Text(),
}
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def predicate(
    condition: Condition | None, columns: Mapping[str, ColumnElement[Any]]
) -> ColumnElement[bool]:
    """The rows for which a condition holds; none is every row. `columns` by fact.

    KeyError for a fact that has no column: `parse_condition(…, place)` refuses those before.
    """
    match condition:
        case None:
            return true()
        case Comparison():
            return func.coalesce(_comparison(condition, columns[condition.fact]), false())
        case Not(inner):
            return not_(predicate(inner, columns))
        case AllOf(conditions):
            return and_(true(), *(predicate(each, columns) for each in conditions))
        case AnyOf(conditions):
            return or_(false(), *(predicate(each, columns) for each in conditions))


def _comparison(comparison: Comparison, column: ColumnElement[Any]) -> ColumnElement[Any]:
    kind = FACTS[comparison.fact].type
    value = comparison.value
    if kind is FactType.TEXT_SET:
        wanted = value if isinstance(value, tuple) else (value,)
        return column.op("&&", is_comparison=True)(_list(wanted, kind))
    typed = type_coerce(column, _TYPES[kind])
    if isinstance(value, tuple):
        return typed == func.any(_list(value, kind))
    compared: ColumnElement[Any] = _OPERATORS[comparison.op](
        typed, literal(match_value(value), _TYPES[kind])
    )
    return compared


def _list(values: tuple[Any, ...], kind: FactType) -> ColumnElement[Any]:
    return bindparam(None, [match_value(each) for each in values], type_=ARRAY(_TYPES[kind]))
