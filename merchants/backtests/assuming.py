"""Conditions of which a part is taken to hold because it can't be asked."""

from collections.abc import Callable

from timcheh.rules import Condition
from timcheh.rules.model import AllOf, AnyOf, Comparison, Not

TRUE, FALSE = AllOf(()), Not(AllOf(()))


def assume(condition: Condition, holds: bool, asked: Callable[[str], bool]) -> Condition:
    """A condition whose comparisons of facts that aren't `asked` make it hold, or fail."""
    match condition:
        case Comparison(fact):
            if asked(fact):
                return condition
            return TRUE if holds else FALSE
        case AllOf(inner):
            return AllOf(tuple(assume(each, holds, asked) for each in inner))
        case AnyOf(inner):
            return AnyOf(tuple(assume(each, holds, asked) for each in inner))
        case Not(inner):
            return Not(assume(inner, not holds, asked))
