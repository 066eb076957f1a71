"""Sample values of a shop's offers, told by the product's own code from its own starters."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from merchants.conditions.showing import ShownBlock, ShownBuilder, ShownRow
from merchants.offers.form import MOST_EFFECTS, STEPS, values_of
from merchants.offers.merging import Written
from merchants.offers.showing import RUNNING, ShownDraft, shown_offer, shown_offers
from merchants.offers.starters import ICONS, STARTERS, coming_occasions, starter
from merchants.programme.sentences import Teller
from timcheh.money import MoneyUnit
from timcheh.rules import parse_rules
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale
from timcheh.web.form import Form

_GROUPS = ("ناخن", "رنگ و مش")
_ID = UUID(int=7)


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path)."""
    return {
        "shop-offers": ("merchants/offers/list.html", _list(now), "offers"),
        "shop-offers-empty": (
            "merchants/offers/list.html",
            _list(now) | {"offers": [], "drafts": [], "states": [], "version": 0},
            "offers",
        ),
        "shop-offer": ("merchants/offers/draft.html", _draft_page(now), "offers"),
        "shop-offer-form": ("merchants/offers/form.html", _form(), "offers"),
        "shop-versions": ("merchants/offers/versions.html", _versions(now), "offers"),
        "shop-version": ("merchants/offers/version.html", _version(now), "offers"),
    }


def _rule(name: str) -> Written:
    rule = starter(name, Locale.FA, _GROUPS)
    assert rule is not None
    return rule


def _shown(name: str, state: str = RUNNING) -> Any:
    (rule,) = parse_rules([_rule(name)])
    return shown_offer(rule, Teller(), state)


def _draft(now: datetime, name: str = "win_back") -> ShownDraft:
    offer = replace(_shown(name), state="draft")
    return ShownDraft(_ID, 3, offer, "", None, now - timedelta(hours=2), "سامان کریمی", "")


def _list(now: datetime) -> dict[str, Any]:
    rules = [_rule(name) for name in ("basket", "new_customer", "weekday")]
    rules.append(_rule("eid") | {"ends_at": "2025-04-05T20:30:00Z"})
    offers = shown_offers(rules, Teller(), now, {rules[1]["name"]: 74_000_000}, ())
    scheduled = replace(
        _draft(now, "coupon"),
        publish_at=now + timedelta(days=3),
        offer=_shown("coupon", "scheduled"),
    )
    return {
        "version": 7,
        "offers": offers,
        "drafts": [_draft(now), scheduled],
        "states": [("running", 3), ("scheduled", 1), ("draft", 1), ("ended", 1)],
        "state": "",
        "starters": [
            {"id": name, "icon": ICONS[name], "name": _name(name), "then": []}
            for name in STARTERS
            if name != "cross_sell"
        ],
        "occasions": [
            {"id": name, "name": translate(Locale.FA, f"occasion-{name}"), "day": day}
            for name, day in coming_occasions(now.date())
        ],
        "may_edit": True,
        "may_see_effect": True,
    }


def _name(name: str) -> str:
    return translate(Locale.FA, f"starter-{name}")


def _draft_page(now: datetime) -> dict[str, Any]:
    return {
        "draft": _draft(now),
        "form": Form({"publish_hour": "0"}),
        "changed": False,
        "in_force": None,
        "hours": [(str(hour), f"{hour:02}:00") for hour in range(24)],
        "may_test": True,
    }


def _form() -> dict[str, Any]:
    rule = _rule("win_back") | {"then": [*_rule("win_back")["then"], *_rule("basket")["then"]]}
    values = values_of(rule, MoneyUnit.TOMAN) | {"revision": "3", "occasion": "own"}
    return {
        "form": Form(values, {"effect-1-percent": translate(Locale.FA, "field-required")}),
        "draft_id": _ID,
        "replaces": "بازگشت مشتری",
        "when": builder("when", ()),
        "who": builder(
            "who",
            (
                ShownRow("who-0-0", "number", "customer.purchases", ">", "4", "خرید"),
                ShownRow("who-0-1", "number", "customer.days_since_last", ">", "90", "روز"),
            ),
        ),
        "effects": range(min(MOST_EFFECTS, 3)),
        "steps": range(STEPS),
        "kinds": [
            (kind, translate(Locale.FA, f"effect-{kind}"))
            for kind in ("discount_percent", "discount_amount", "credit_percent", "points_per")
        ],
        "scopes": [("own", "اعتبار اختصاصی"), ("partners", "اعتبار نزد همکاران")],
        "occasions": [("birthday", "تولد عضو"), ("own", "مناسبت فروشگاه")],
        "groups": list(_GROUPS),
    }


def builder(prefix: str, rows: tuple[ShownRow, ...]) -> ShownBuilder:
    """A builder with these rows in its one block."""
    facts = (("مشتری", (("customer.purchases", "تعداد خریدها"),)),)
    joins = (("all", "همه این‌ها برقرار باشد"),)
    shown = rows or (ShownRow(f"{prefix}-0-0", "empty", "", "", ""),)
    ops = ((">", "بیش از"), ("<", "کمتر از"))
    shown = tuple(replace(row, ops=ops if row.fact else ()) for row in shown)
    block = ShownBlock(0, "all", shown)
    return ShownBuilder(prefix, "#", "all", (block,), facts, joins, joins)


def _versions(now: datetime) -> dict[str, Any]:
    told = (
        ["افزوده شد: «بازگشت مشتری»"],
        ["تغییر کرد: «سبد بزرگ‌تر»", "برداشته شد: «عید فطر»"],
        ["افزوده شد: «سبد بزرگ‌تر»، «عید فطر»"],
    )
    return {
        "versions": [
            {
                "number": 7 - n,
                "at": now - timedelta(days=9 * n),
                "who": "سامان کریمی",
                "count": 3,
                "current": n == 0,
                "changes": changes,
            }
            for n, changes in enumerate(told)
        ],
        "current": 7,
        "problem": "",
        "more": False,
        "may_edit": True,
    }


def _version(now: datetime) -> dict[str, Any]:
    return {
        "version": _versions(now)["versions"][1],
        "current": 7,
        "offers": [_shown("basket"), _shown("birthday")],
        "may_edit": True,
    }
