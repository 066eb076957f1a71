"""Back-tests as templates take them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import convert

from merchants.backtests.arithmetic import Verdict
from merchants.backtests.asking import BY_TODAYS_SCALE, OF_TODAY, UNKNOWABLE
from merchants.backtests.forecast import Forecast
from merchants.backtests.models import Backtest
from merchants.backtests.service import offer_of
from merchants.backtests.words import Speech, tell, tell_limit
from merchants.programme.bounds import tell_bounds
from merchants.programme.queries import rule_names
from merchants.programme.sentences import Teller
from timcheh.calendar import Jalali, format_month
from timcheh.db import Scope
from timcheh.ledger.queries import room_left
from timcheh.money import about
from timcheh.rules import FACTS, Rule, parse_rules
from timcheh.web.charts import Chart, Series
from timcheh.web.pages import PageContext

_SCENARIOS: Final = ("none", "expected", "strong")
_CAVEATS: Final = (
    ("assumed", UNKNOWABLE),
    ("of-today", OF_TODAY),
    ("todays-scale", BY_TODAYS_SCALE),
)


def shown_backtest(page: PageContext, row: Backtest) -> dict[str, Any]:
    """Its state, and what is told of its outcome once there is one."""
    found = None if row.forecast is None else convert(row.forecast, Forecast)
    return {
        "id": row.id,
        "rule": row.rule,
        "state": row.state,
        "done": row.done,
        "whole": row.whole,
        "at": row.created_at,
        "since": row.since,
        "told": None if found is None else tell(_verdict(row), found, _speech(page)),
    }


async def outcome_of(page: PageContext, row: Backtest) -> Mapping[str, Any] | None:
    """All figures of a finished one, with the offer in words."""
    if row.forecast is None:
        return None
    found, speech = convert(row.forecast, Forecast), _speech(page)
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        free = await room_left(uow, page.caller.shop) if found.partner_peak else 0
        names = await rule_names(uow)
    (offer,) = parse_rules([offer_of(row)])
    teller = Teller(page.locale, speech.unit, names)
    return {
        "when": teller.when(offer),
        "then": teller.then(offer),
        "bounds": tell_bounds(teller, offer),
        "instead": offer.exclusive,
        "forecast": found,
        "scenarios": list(zip(_SCENARIOS, found.scenarios, strict=True)),
        "months": months_chart(page, row) if len(found.months) > 1 else None,
        "limit": tell_limit(found.partner_peak, free, speech) if found.partner_peak else None,
        "redemption": [
            (kind, found.assumptions.redemption[kind])
            for kind in found.assumptions.redemption
            if any(cost.kind == kind for cost in found.costs)
        ],
        "caveats": list(_caveats(page, offer)),
    }


def _caveats(page: PageContext, offer: Rule) -> Iterator[str]:
    """What of the offer the past can't tell as it was then."""
    for kind, facts in _CAVEATS:
        asked = [FACTS[name].label(page.locale) for name in FACTS if name in offer.facts & facts]
        if asked:
            listed = page.text("list-comma").join(asked)
            yield page.text(f"backtests-caveat-{kind}", facts=listed)
    if offer.needs_activation:
        yield page.text("backtests-caveat-activation")
    if offer.once is not None and offer.once.when is not None:
        yield page.text("backtests-caveat-once", days=offer.once.within_days)


def _verdict(row: Backtest) -> Verdict | None:
    return None if row.verdict is None else convert(row.verdict, Verdict)


def _speech(page: PageContext) -> Speech:
    return Speech(page.locale, page.unit)


def months_chart(page: PageContext, row: Backtest) -> Chart:
    """What the offer of a finished one would have cost, month by month."""
    found = convert(row.forecast, Forecast)
    firsts = [Jalali(year, month, 1).to_date() for year, month, _ in found.months]
    return Chart(
        "by-month",
        page.text("backtests-by-month"),
        [format_month(first, page.locale, with_year=False) for first in firsts],
        [Series(page.text("backtests-cost"), [about(amount) for *_, amount in found.months])],
        page.text("backtests-month"),
        names=[format_month(first, page.locale) for first in firsts],
        excel=page.url(f"backtests/{row.id}/months.xlsx"),
    )
