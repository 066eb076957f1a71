"""A verdict in words that a shop's owner understands, with its figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from merchants.backtests.arithmetic import Verdict
from merchants.backtests.forecast import Forecast
from timcheh.money import about, format_money
from timcheh.voice import Voice

Kind = Literal["good", "light", "bad"]
_FARTHEST: Final = 50_000
"""Extra sales (bps) beyond which one no longer says that an offer can pay."""


@dataclass(frozen=True, slots=True)
class Speech(Voice):
    """Tells of estimates: no amount is finer than the coarser unit."""

    def money(self, amount: int) -> str:
        """About so much."""
        return format_money(about(amount), self.unit, self.locale)


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict: in a line, and why, in sentences. `kind` good: pays; light: only if; bad: no."""

    kind: Kind
    headline: str
    basket: tuple[str, ...]
    past: tuple[str, ...]


def tell(verdict: Verdict | None, found: Forecast, speech: Speech) -> Told:
    """What to say of an offer."""
    kind, headline = _headline(verdict, found, speech)
    basket = tuple(_of_basket(verdict, speech)) if verdict else ()
    return Told(kind, headline, basket, tuple(_of_past(found, speech)))


def tell_limit(peak: int, free: int, speech: Speech) -> tuple[Kind, str]:
    """Whether the partner credit that it adds has room beneath the shop's limit."""
    if peak <= free:
        return "good", speech.text(
            "verdict-limit-fits", peak=speech.money(peak), free=speech.money(free)
        )
    return "bad", speech.text(
        "verdict-limit-short",
        peak=speech.money(peak),
        free=speech.money(max(free, 0)),
        missing=speech.money(peak - max(free, 0)),
    )


def _headline(verdict: Verdict | None, found: Forecast, speech: Speech) -> tuple[Kind, str]:
    say = speech.text
    if verdict is None:
        return "light", say("verdict-gives-nothing")
    if verdict.loses or (found.break_even_bps is None and found.reached):
        return "bad", say("verdict-loses")
    needed = found.break_even_bps
    if verdict.asks_more and verdict.pays_from is not None:
        amount = speech.money(verdict.pays_from)
        if not needed:
            return "good", say("verdict-pays-from", amount=amount)
        # Some bought as much before: what they are given more must be earned by others.
        more = speech.percent(needed)
        return "light", say("verdict-pays-from-if", amount=amount, percent=more)
    if not found.reached or needed is None:
        return "light", say("verdict-never-reached")
    if needed == 0:
        return "good", say("verdict-costs-nothing")
    if needed > _FARTHEST:
        return "bad", say("verdict-loses")
    return "light", say("verdict-pays-if", percent=speech.percent(needed))


def _of_basket(verdict: Verdict, speech: Speech) -> Iterator[str]:
    say, money = speech.text, speech.money
    usual, offered, unoffered = verdict.usual, verdict.offered, verdict.unoffered
    yield say(
        "verdict-usual-loss" if usual.kept < 0 else "verdict-usual",
        amount=money(usual.amount),
        percent=speech.percent(verdict.margin_bps),
        margin=money(usual.margin),
        rewards=money(usual.rewards),
        kept=money(abs(usual.kept)),
    )
    yield say(
        "verdict-offered-loss" if offered.kept < 0 else "verdict-offered",
        amount=money(offered.amount),
        margin=money(offered.margin),
        rewards=money(offered.rewards),
        kept=money(abs(offered.kept)),
    )
    yield _bound(verdict, speech)
    if verdict.asks_more and unoffered.kept > offered.kept:
        less = money(unoffered.kept - offered.kept)
        yield say("verdict-bought-anyway", amount=money(offered.amount), less=less)
    yield say("verdict-all-spent")


def _bound(verdict: Verdict, speech: Speech) -> str:
    say, money = speech.text, speech.money
    if verdict.pays_from is None:
        return say("verdict-no-basket")
    if verdict.pays_from <= max(verdict.starts_at, verdict.usual.amount):
        kept = verdict.usual.kept
        return say(
            "verdict-every-basket-loss" if kept < 0 else "verdict-every-basket",
            kept=money(abs(kept)),
        )
    return say("verdict-from-basket", amount=money(verdict.pays_from))


def _of_past(found: Forecast, speech: Speech) -> Iterator[str]:
    say = speech.text
    if not found.sales:
        yield say("verdict-no-past")
        return
    if not found.reached:
        yield say("verdict-past-none", sales=speech.number(found.sales))
        return
    counts: dict[str, Any] = {
        "sales": speech.number(found.sales),
        "reached": speech.number(found.reached),
        "members": speech.number(found.members),
    }
    yield say("verdict-past", **counts)
    if found.cost > 0:
        yield say("verdict-past-cost", cost=speech.money(found.cost))
    else:
        yield say("verdict-past-free")
    if found.break_even_bps is None:
        yield say("verdict-never-even")
    elif found.break_even_bps:
        yield say("verdict-even", percent=speech.percent(found.break_even_bps))
