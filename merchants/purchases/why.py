"""Why, rial by rial: each rule of a purchase with what it gave on which line, who pays for it and
until when; and for each that gave nothing, what was missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from merchants.purchases.answer import discreet
from merchants.purchases.decision import Decision
from timcheh.calendar import DateStyle, format_date
from timcheh.money import MoneyUnit, format_money
from timcheh.rules import Because, explain
from timcheh.rules.explain import near_miss
from timcheh.text.digits import format_number
from timcheh.web.pages import PageContext


@dataclass(frozen=True, slots=True)
class Given:
    """A lot that a rule gave: rial or points, by scope kind; `shares` per line."""

    rule: str
    unit: str
    amount: int
    scope: str
    until: datetime | None
    shares: Sequence[int]


@dataclass(frozen=True, slots=True)
class Ground:
    """What came of one rule, as data."""

    rule: str
    outcome: str
    because: Because


def told(
    page: PageContext,
    grounds: Iterable[Ground],
    lines: Sequence[str],
    given: Sequence[Given],
    names: Mapping[UUID, str],
    shop: str = "",
) -> list[dict[str, Any]]:
    """For `merchants/purchases/why.html`: {rule, outcome, because, near, parts}.

    `lines` are what the lines are called, in order; `names` the shops', by id. It is told to the
    shop itself, or to the member, who is told the `shop`'s name.
    """
    teller = _Teller(page, lines, {str(id): name for id, name in names.items()}, shop)
    return [teller.reason(each, [g for g in given if g.rule == each.rule]) for each in grounds]


def told_decision(
    page: PageContext, decision: Decision, names: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """Of a purchase that has only been decided: nothing personal of someone not known yet."""
    known = decision.is_customer
    grounds = [
        Ground(r.rule, str(r.outcome), r.because if known else discreet(r.because))
        for r in decision.reasons()
    ]
    lines = [line.name or line.sku or line.group or "" for line in decision.lines]
    given = [
        Given(
            earn.grant.rule,
            earn.scope.unit,
            earn.grant.amount,
            earn.scope.kind,
            earn.expires_at,
            earn.grant.shares,
        )
        for earn in decision.earns
    ]
    return told(page, grounds, lines, given, names)


@dataclass(frozen=True, slots=True)
class _Teller:
    page: PageContext
    lines: Sequence[str]
    names: Mapping[str, str]
    shop: str

    @property
    def unit(self) -> MoneyUnit:
        return self.page.unit

    def reason(self, ground: Ground, given: Sequence[Given]) -> dict[str, Any]:
        locale = self.page.locale
        return {
            "rule": ground.rule or self.page.text(f"{ground.because.code}-rule"),
            "outcome": ground.outcome,
            "because": explain(ground.because, locale, self.unit, self.names),
            "near": near_miss(ground.because, locale, self.unit) or "",
            "parts": [*self.discounts(ground.because), *map(self.lot, given)],
        }

    def discounts(self, because: Because) -> list[str]:
        shares: Sequence[int] = because.params.get("lines", ())
        if not any(shares):
            return []
        what = self.page.text("gift-discount", amount=self.money(sum(shares)))
        told = what + self.by_line(shares, "rial") + "."
        return [f"{told} {self.funder('discount')}"]

    def lot(self, given: Given) -> str:
        """One lot: what, where it can be spent, until when, on which lines, and who funds it."""
        what = self.page.text(
            "why-lot",
            amount=self.amount(given.unit, given.amount),
            scope=self.page.text(f"scope-{given.scope}"),
        )
        if given.until is not None:
            day = format_date(given.until, self.page.locale, DateStyle.LONG)
            what += self.page.text("ui-comma") + " " + self.page.text("purchase-until", day=day)
        return f"{what}{self.by_line(given.shares, given.unit)}. {self.funder(given.scope)}"

    def funder(self, kind: str) -> str:
        """Who pays for it in the end, said to whoever reads."""
        if self.shop:
            return self.page.text(f"why-shop-{kind}", shop=self.shop)
        return self.page.text(f"why-funder-{kind}")

    def by_line(self, shares: Sequence[int], unit: str) -> str:
        """Which line got how much of it, where there is more than one."""
        if len(shares) < 2:
            return ""
        parts = [
            self.page.text("why-line", line=self.line(n), amount=self.amount(unit, share))
            for n, share in enumerate(shares)
            if share
        ]
        return self.page.text("why-lines", lines=self.page.text("list-comma").join(parts))

    def line(self, n: int) -> str:
        name = self.lines[n] if n < len(self.lines) else ""
        return name or self.page.text("why-line-n", n=n + 1)

    def money(self, amount: int) -> str:
        return format_money(amount, self.unit, self.page.locale)

    def amount(self, unit: str, amount: int) -> str:
        if unit == "rial":
            return self.money(amount)
        return self.page.text("why-count", amount=format_number(amount, self.page.locale))
