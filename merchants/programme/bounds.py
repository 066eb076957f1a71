"""The bounds of a rule as sentences: for whom, when, how often, how much at most."""

from collections.abc import Iterator

from merchants.programme.sentences import Teller
from timcheh.calendar import DateStyle, format_date
from timcheh.rules import Rule
from timcheh.rules.gates import OWN_OCCASION
from timcheh.rules.model import Occasion
from timcheh.text.digits import format_number

_MONEY = ("per_member_cap", "daily_budget", "budget")


def tell_bounds(teller: Teller, rule: Rule) -> list[str]:
    """Each bound that is set as a short text, in the order in which people ask for them."""
    return [*_whom(teller, rule), *_time(teller, rule), *_amounts(teller, rule)]


def _whom(teller: Teller, rule: Rule) -> Iterator[str]:
    once, early = rule.once, rule.early_access
    if rule.needs_activation:
        yield teller.text("bound-needs_activation")
    if once is not None and once.when is not None:
        when = teller.condition(once.when)
        yield teller.text("bound-once", days=once.within_days, when=when)
    elif once is not None:
        yield teller.text("bound-once-always", days=once.within_days)
    if rule.coupon is not None:
        yield teller.text("bound-coupon", code=rule.coupon)
    if rule.every_nth is not None:
        yield teller.text("bound-every_nth", every=rule.every_nth)
    if early is not None:
        groups = teller.text("list-comma").join(early.groups)
        yield teller.text("bound-early_access", days=early.days, groups=groups)


def _time(teller: Teller, rule: Rule) -> Iterator[str]:
    for name in ("starts_at", "ends_at"):
        moment = getattr(rule, name)
        if moment is not None:
            at = format_date(moment, teller.locale, DateStyle.LONG_WITH_TIME)
            yield teller.text(f"bound-{name}", at=at)
    if rule.occasion is not None:
        yield _occasion(teller, rule.occasion)


def _occasion(teller: Teller, occasion: Occasion) -> str:
    named = teller.text(f"occasion-{occasion.name}")
    if occasion.name == OWN_OCCASION:
        named = teller.text("bound-own_day", day=_own_day(teller, occasion))
    before, after = occasion.days_before, occasion.days_after
    if not before and not after:
        return teller.text("bound-occasion", occasion=named)
    return teller.text("bound-occasion-around", occasion=named, before=before, after=after)


def _own_day(teller: Teller, occasion: Occasion) -> str:
    number = format_number(occasion.day or 1, teller.locale)
    month = occasion.month or 1
    if occasion.calendar == "hijri":
        return f"{number} {teller.text(f'hijri-month-{month}')}"
    return f"{number} {teller.text(f'jalali-month-{month}')}"


def _amounts(teller: Teller, rule: Rule) -> Iterator[str]:
    if rule.per_member_uses is not None:
        yield teller.text("bound-per_member_uses", times=rule.per_member_uses)
    for name in _MONEY:
        amount = getattr(rule, name)
        if amount is not None:
            yield teller.text(f"bound-{name}", amount=teller.money(amount))
    if rule.exclusive_group is not None:
        yield teller.text("bound-exclusive_group", group=rule.exclusive_group)
    if rule.exclusive:
        yield teller.text("bound-exclusive")
    if rule.holdout_bps is not None:
        yield teller.text("bound-holdout_bps", percent=teller.percent(rule.holdout_bps))
