"""Sample values of a shop's margins, back-tests, effects and alerts."""

from datetime import datetime, timedelta
from typing import Any

from merchants.activating.service import Activations
from merchants.backtests.arithmetic import OneBasket, Verdict
from merchants.backtests.forecast import Assumptions, Cost, Forecast, Scenario
from merchants.backtests.onward import Onward
from merchants.backtests.words import Speech, tell, tell_limit
from merchants.effects.lift import Lift
from merchants.effects.queries import Uptake
from merchants.effects.service import Effect, Told
from tests.web_support.pickers import period_picker
from timcheh.calendar.format import JALALI_MONTHS
from timcheh.ids import NIL
from timcheh.rules import parse_rules
from timcheh.web.charts import Chart, Series
from timcheh.web.form import Form

SPEECH = Speech()
_ID = "01980000-0000-7000-8000-000000000001"
_NAME = "۲۰٪ بالای ۶۰۰ هزار"
_OFFER = {
    "name": _NAME,
    "when": {"fact": "basket.total", "op": ">=", "value": 6_000_000},
    "then": [{"effect": "credit_percent", "bps": 2_000, "scope": "partners"}],
    "exclusive": True,
    "holdout_bps": 1_000,
}


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path)."""
    done = _backtest(now)
    running = done | {"state": "running", "done": 81_250, "whole": 386_000, "outcome": None}
    form = Form({"gift": "own", "months": "12", "expected": "۱۰", "strong": "۲۵"})
    choices = {
        "groups": [("کفش", "کفش")],
        "gifts": [(g, SPEECH.text(f"backtests-gift-{g}")) for g in ("own", "partners", "discount")],
        "periods": [(m, SPEECH.text("backtests-months", months=m)) for m in ("12", "6", "3", "1")],
    }
    margins = {
        "form": Form({"default": "۳۰"}),
        "groups": [("group-0", "کفش"), ("group-1", "کیف")],
        "told": False,
        "then": "backtest",
    }
    waiting = {"id": _ID, "rule": "بازگشت", "state": "waiting", "at": now, "told": None}
    return {
        "shop-margins": ("merchants/margins/page.html", margins, "backtests"),
        "shop-backtests": (
            "merchants/backtests/list.html",
            {"backtests": [waiting, done]},
            "backtests",
        ),
        "shop-backtests-none": ("merchants/backtests/list.html", {"backtests": []}, "backtests"),
        "shop-backtest-new": (
            "merchants/backtests/new.html",
            {"form": form, **choices},
            "backtests",
        ),
        "shop-backtest": ("merchants/backtests/one.html", done, "backtests"),
        "shop-backtest-running": ("merchants/backtests/one.html", running, "backtests"),
        "shop-effects": ("merchants/effects/list.html", {"effects": [_effect(now)]}, "effects"),
        "shop-effect": ("merchants/effects/one.html", _effect_page(now), "effects"),
        "shop-alerts": (
            "merchants/alerts/list.html",
            {"alerts": [_alert(now)], "state": "open"},
            "alerts",
        ),
        "shop-alerts-none": (
            "merchants/alerts/list.html",
            {"alerts": [], "state": "open"},
            "alerts",
        ),
        "shop-alert": ("merchants/alerts/one.html", _alert_page(now), "alerts"),
        **_concessions(now),
    }


def mall_alerts(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """The same alerts as the mall sees them."""
    seen = {"shop": "گل‌آرا", "shop_id": _ID, "crosses": True, "who": "۰۹۱۲۱۲۳۴۵۶۷"}
    page = _alert_page(now)
    ring = (
        _alert(now)
        | seen
        | {
            "title": SPEECH.text("alert-referral-ring"),
            "kind": "referral_ring",
            "is_ring": True,
            "worth": SPEECH.text("alerts-withheld"),
            "state": "harmless",
            "closer": "مینا راد",
            "closed_at": now,
            "note": "زن و شوهرند و یک گوشی دارند.",
        }
    )
    grounded = [each | {"ground": SPEECH.text("alerts-ground-device")} for each in page["evidence"]]
    listed = {
        "alerts": [_alert(now) | seen, ring],
        "state": "",
        "kind": "",
        "kinds": [(each, SPEECH.text(f"alert-{each}")) for each in ("burst", "referral-ring")],
    }
    none = listed | {"alerts": [], "state": "open"}
    return {
        "mall-alerts": ("mall_portal/alerts/list.html", listed, "alerts"),
        "mall-alerts-none": ("mall_portal/alerts/list.html", none, "alerts"),
        "mall-alert": (
            "mall_portal/alerts/one.html",
            {"alert": ring, "evidence": grounded},
            "alerts",
        ),
        "mall-alert-open": (
            "mall_portal/alerts/one.html",
            {"alert": _alert(now) | seen, "evidence": []},
            "alerts",
        ),
    }


def _concessions(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    row = {
        "purchase_id": _ID,
        "at": now,
        "who": "مینا راد",
        "seller": "سامان کریمی",
        "line": 1,
        "bps": 500,
        "amount": 600_000,
        "reason": "بسته آسیب دیده بود",
    }
    report = {
        "picker": period_picker("۳۰ روز", "امروز", "۷ روز", "این ماه"),
        "people": [{"name": "مینا راد", "purchases": 4, "amount": 1_450_000}],
        "total": 1_450_000,
        "rows": [row, row | {"line": None, "bps": None, "seller": ""}],
        "has_limits": True,
    }
    none = report | {"rows": [], "people": [], "total": 0}
    limits = {
        "form": Form({"may-cashier": "yes", "line-cashier": "10", "day-cashier": "200000"}),
        "holders": [
            {"field": "cashier", "name": SPEECH.text("concessions-role-cashier")},
            {"field": "manager", "name": SPEECH.text("concessions-role-manager")},
            {"field": "program", "name": SPEECH.text("concessions-role-program")},
            {"field": "x", "name": "سامان کریمی"},
        ],
    }
    return {
        "shop-concessions": ("merchants/concessions/report.html", report, "selling"),
        "shop-concessions-empty": ("merchants/concessions/report.html", none, "selling"),
        "shop-concessions-none": (
            "merchants/concessions/report.html",
            none | {"has_limits": False},
            "selling",
        ),
        "shop-concession-limits": ("merchants/concessions/limits.html", limits, "selling"),
    }


def _backtest(now: datetime) -> dict[str, Any]:
    verdict = Verdict(
        3_000,
        OneBasket(2_000_000, 600_000, 200_000),
        OneBasket(6_000_000, 1_800_000, 1_200_000),
        OneBasket(6_000_000, 1_800_000, 600_000),
        6_000_000,
        6_000_000,
    )
    found = Forecast(
        sales=24_310,
        revenue=61_000_000_000,
        margin=18_300_000_000,
        reached=1_204,
        reached_revenue=9_100_000_000,
        reached_margin=2_730_000_000,
        members=611,
        costs=[Cost("partners", 910_000_000, 1_820_000_000, 637_000_000)],
        cost=637_000_000,
        points=0,
        scenarios=[
            Scenario(0, 0, -637_000_000),
            Scenario(1_000, 910_000_000, -491_400_000),
            Scenario(2_500, 2_275_000_000, 27_000_000),
        ],
        break_even_bps=4_376,
        partner_peak=310_000_000,
        months=[(1404, month, 40_000_000 + month * 3_000_000) for month in range(1, 10)],
        assumptions=Assumptions(redemption={"partners": 7_000}),
    )
    (offer,) = parse_rules([_OFFER])
    return {
        "id": _ID,
        "rule": offer.name,
        "state": "done",
        "done": found.sales,
        "whole": found.sales,
        "at": now - timedelta(hours=3),
        "since": now - timedelta(days=365),
        "told": tell(verdict, found, SPEECH),
        "onward": Onward(False, None),
        "outcome": {
            "when": "مبلغ فاکتور دست‌کم ۶۰۰٬۰۰۰ تومان باشد",
            "then": ["۲۰٪ اعتبار نزد همکاران"],
            "bounds": [],
            "instead": True,
            "caveats": [SPEECH.text("backtests-caveat-of-today", facts="گروه‌های مشتری")],
            "forecast": found,
            "scenarios": list(zip(("none", "expected", "strong"), found.scenarios, strict=True)),
            "months": _months(found),
            "limit": tell_limit(found.partner_peak, 120_000_000, SPEECH),
            "redemption": [("partners", 7_000)],
        },
    }


def _months(found: Forecast) -> Chart:
    names = [JALALI_MONTHS[month - 1] for _, month, _ in found.months]
    costs = [amount for *_, amount in found.months]
    return Chart(
        "by-month", "خرج پیشنهاد، ماه به ماه", names, [Series("خرج", costs)], "ماه", excel="#"
    )


def _effect(now: datetime) -> Effect:
    (rule,) = parse_rules([_OFFER | {"needs_activation": True}])
    return Effect(
        rule,
        _OFFER,
        now - timedelta(days=40),
        now,
        Uptake(132, 84, 980_000_000, 196_000_000, 0, now, now),
        2_840,
        1_000,
        213,
        Lift(240_000_000, 31_000_000, 455_000_000, 1_904, 213, 0.95),
        Lift(14_000_000, -61_000_000, 92_000_000, 1_904, 213, 0.95),
        Told(119, 90, 170_000_000),
        NIL,
        Activations(312, 18),
        2_117,
    )


def _effect_page(now: datetime) -> dict[str, Any]:
    more = SPEECH.text(
        "effect-sales-more", total="۲۴ میلیون تومان", low="۳ میلیون تومان", high="۴۵ میلیون تومان"
    )
    unsure = SPEECH.text("effect-kept-unsure", low="۶ میلیون تومان", high="۹ میلیون تومان")
    return {
        "effect": _effect(now),
        "when": "مبلغ فاکتور دست‌کم ۶۰۰٬۰۰۰ تومان باشد",
        "then": ["۲۰٪ اعتبار نزد همکاران"],
        "bounds": ["۱۰٪ مشتریان گروه شاهدند"],
        "lift": [("good", more), ("light", unsure)],
    }


def _alert(now: datetime) -> dict[str, Any]:
    text = SPEECH.text(
        "alert-self-credit.text",
        hand="سامان کریمی",
        count=3,
        total="۴٬۱۰۰٬۰۰۰ تومان",
        earned="۲۰۵٬۰۰۰ تومان",
        who="",
    )
    return {
        "id": _ID,
        "kind": "self_credit",
        "title": SPEECH.text("alert-self-credit"),
        "text": text,
        "member_id": _ID,
        "who": "سامان کریمی",
        "hand": "سامان کریمی",
        "at": now - timedelta(minutes=4),
        "first_at": now - timedelta(hours=2),
        "state": "open",
        "what": SPEECH.text("alerts-purchase"),
        "worth": SPEECH.text("alerts-earned"),
        "is_guessing": False,
        "is_ring": False,
        "of_purchases": True,
    }


def _alert_page(now: datetime) -> dict[str, Any]:
    evidence = [
        {
            "id": _ID,
            "at": now - timedelta(minutes=30 * n),
            "total": 12_000_000 + n * 1_000_000,
            "earned": 600_000,
            "hand": "سامان کریمی",
            "ground": "",
        }
        for n in range(3)
    ]
    outcomes = [(each, SPEECH.text(f"alerts-outcome-{each}")) for each in ("confirmed", "harmless")]
    return {"alert": _alert(now), "evidence": evidence, "outcomes": outcomes, "form": Form()}
