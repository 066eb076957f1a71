"""What a membership card lets its member do: a points card earns and spends points only, a discount
card has discounts and carries no value. Pure.
"""

from dataclasses import replace
from typing import Final

from merchants.purchases.command import SpendAsked
from merchants.purchases.errors import CardKindRefuses
from timcheh.rules import Because, CompiledRuleSet, Outcome, Reason
from timcheh.rules.model import PointsEach, PointsPer

POINTS: Final = "points"
DISCOUNT: Final = "discount"
CODE: Final = "card_kind"
_CARRIED: Final = {POINTS: ("points",), DISCOUNT: ()}
"""The units of `SpendAsked` that each kind carries; a card of any other kind carries all."""


def carries(kind: str | None, unit: str) -> bool:
    """Whether such a card carries a unit: credit, points or wallet."""
    return kind not in _CARRIED or unit in _CARRIED[kind]


def rules_for(kind: str | None, ruleset: CompiledRuleSet) -> CompiledRuleSet:
    """The rules without what such a card can't carry."""
    if kind not in _CARRIED:
        return ruleset
    kept = (PointsPer, PointsEach) if kind == POINTS else ()
    return replace(
        ruleset,
        ordered=tuple(
            replace(each, earnings=tuple(x for x in each.earnings if isinstance(x, kept)))
            for each in ruleset.ordered
        ),
    )


def spending_for(kind: str | None, asked: SpendAsked) -> SpendAsked:
    """What is asked, less what "max" can't come to with such a card.

    A gift card is nobody's and always pays. Raises CardKindRefuses for a number that was asked.
    """
    if kind not in _CARRIED:
        return asked
    for unit in ("credit", "points", "wallet"):
        ask = getattr(asked, unit)
        if not ask or carries(kind, unit):
            continue
        if ask != "max":
            raise CardKindRefuses(kind=kind, unit=unit)
        asked = replace(asked, **{unit: None})
    return asked


def reason_of(kind: str | None, version: int) -> list[Reason]:
    """The ground that is written with the purchase, for a card that doesn't carry all."""
    if kind not in _CARRIED:
        return []
    return [Reason("", version, Outcome.NOT_APPLIED, Because(CODE, {"kind": kind}))]
