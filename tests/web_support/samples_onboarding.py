"""Sample values of bringing a shop on board and handing it over."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from mall_portal.onboarding.intake import STEPS, Colleague, Identity, Intake, Owner, Terms
from merchants.facade import first_rules, tell_rules
from timcheh.money import MoneyUnit
from timcheh.text.locale import Locale
from timcheh.web.form import Form

SHEBA = "IR820540102680020817909002"
_LABELS = ("فروشگاه", "مالک و حساب", "قرارداد و سقف‌ها", "الگوی اعتباردهی", "کارکنان", "بازبینی")
_TRADES = [("books", "کتاب و لوازم تحریر"), ("flowers", "گل و گیاه"), ("bakery", "نانوایی و قنادی")]
_SCOPES = [("own", "همین فروشگاه"), ("partners", "همین‌جا و نزد همکاران")]
_EXTRAS = [("new_customer", "هدیه نخستین خرید"), ("birthday", "تخفیف تولد")]
_ROLES = [("cashier", "صندوق‌دار"), ("manager", "مدیر")]
_STEP = "mall_portal/onboarding/step.html"
_FILLED = {
    "shop": {
        "name": "کتاب پرستو",
        "trade": "books",
        "national_id": "0499370899",
        "branches": "طبقه همکف\nطبقه سوم",
    },
    "owner": {"owner_name": "ژاله رستمی", "owner_mobile": "09123456789", "sheba": SHEBA},
    "terms": {"credit_limit": "2000000", "deposit": "500000", "fee": "2", "ends_on": "1405/12/29"},
    "rules": {"rules": "template", "percent": "5", "days": "120", "extra-birthday": "yes"},
    "team": {"staff-0-name": "سارا کریمی", "staff-0-mobile": "09121112233"},
}


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path)."""
    shop = Sample(id="shop-3", name="کتاب پرستو", slug="parastoo")
    return {
        "mall-shop-new": (_STEP, _step("terms"), "shops"),
        "mall-shop-bad": (_STEP, _step("shop", _mistaken()), "shops"),
        **{f"mall-shop-{step}": (_STEP, _step(step), "shops") for step in STEPS if step != "terms"},
        "mall-shop-review": ("mall_portal/onboarding/review.html", _review(), "shops"),
        "mall-shop-unfinished": (
            "mall_portal/onboarding/review.html",
            _review() | {"intake": None, "broken": [{"label": "مالک و حساب", "href": "#"}]},
            "shops",
        ),
        "mall-shop-handover": (
            "mall_portal/onboarding/handover.html",
            {
                "shop": shop,
                "live": False,
                "till": "https://timcheh.example/noor/shop/till",
                "people": _people(),
                "checklist": checklist(),
                "can_edit": True,
            },
            "shops",
        ),
        "mall-shop-account": (
            "mall_portal/onboarding/account.html",
            {"shop": shop, "form": Form({"national_id": "0499370899"})},
            "shops",
        ),
        "mall-shop-first-rules": (
            "mall_portal/onboarding/first_rules.html",
            {"shop": shop, **_rules(), "form": Form(_FILLED["rules"])},
            "shops",
        ),
        **_sheets(now),
        "mall-shop-close": ("mall_portal/closing/page.html", _closing(), "shops"),
    }


def _closing() -> dict[str, Any]:
    names = ("kind", "amount", "unit", "holders", "suspended", "closed")
    rows = (
        ("اعتبار اختصاصی", 42_800_000, "rial", 118, "جایی خرج نمی‌شود.", "در ۱۱ فروشگاه خرج می‌شود."),
        ("اعتبار نزد همکاران", 9_400_000, "rial", 61, "در ۲ فروشگاه خرج می‌شود.", "همان‌جا."),
        ("امتیاز اختصاصی", 4_120, "point", 30, "جایی خرج نمی‌شود.", "جایی خرج نمی‌شود."),
    )
    return {
        "shop": Sample(id="shop-0", name="گل‌آرا", state="active"),
        "form": Form(),
        "out": [dict(zip(names, row, strict=True)) for row in rows],
        "waiting": 0,
        "clearing": -31_500_000,
        "deposit": 100_000_000,
        "credit_limit": 50_000_000,
        "room": 110_000_000,
        "own": 42_800_000,
        "covered": True,
    }


def _sheets(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    fault = {"row": 3, "name": "نان سحر", "reasons": ["موبایل مالک: شماره باید ۱۱ رقم باشد."]}
    one: dict[str, Any] = {
        "file": "فروشگاه‌ها.xlsx",
        "state": "checked",
        "working": False,
        "counts": {"good": 42, "faulty": 1, "opened": 0},
        "progress": "۲۷ از ۴۲",
        "here": "#",
        "faults": [fault],
        "shops": [],
    }
    opening = {"state": "opening", "working": True, "counts": one["counts"] | {"opened": 27}}
    opened = [{"name": "کتاب پرستو", "href": "#"}]
    earlier = {"href": "#", "file": "فروشگاه‌ها.xlsx", "state": "done", "at": now, "rows": 43}
    new = {
        "form": Form(),
        "size": 4,
        "rows": 2_000,
        "columns": [("نام فروشگاه", True), ("رسته", False), ("شبا", False)],
        "trades": [label for _, label in _TRADES],
        "earlier": [earlier],
    }
    return {
        "mall-sheets": ("mall_portal/bulk/new.html", new, "shops"),
        "mall-sheet": ("mall_portal/bulk/one.html", one, "shops"),
        "mall-sheet-opening": (
            "mall_portal/bulk/one.html",
            one | opening | {"shops": opened},
            "shops",
        ),
    }


def drafts(now: datetime) -> list[dict[str, Any]]:
    """Shops that wait to be finished."""
    return [{"name": "چای لاهیجان", "href": "#", "at": now - timedelta(hours=3)}]


def checklist() -> list[dict[str, Any]]:
    """A shop that has still to sell."""
    rows = (
        ("ورود مالک", False, "user-plus", "#", "", "فرستادن دوباره دعوت"),
        ("شماره شبا", True, "landmark", "", "", ""),
        ("الگوی اعتباردهی", True, "list-checks", "", "", ""),
        ("بازکردن صندوق", False, "scan-line", "", "#till", "پیوند صندوق"),
        ("نخستین خرید", False, "receipt", "", "#first", "برگه تحویل"),
    )
    names = ("label", "done", "icon", "post", "href", "act")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _step(step: str, form: Form | None = None) -> dict[str, Any]:
    return {
        "step": step,
        "form": form or Form(_FILLED[step]),
        "draft_id": "d-1",
        "name": "کتاب پرستو",
        "steps": _steps(step),
        "trades": _TRADES,
        "roles": _ROLES,
        "branches": [("طبقه همکف", "طبقه همکف"), ("طبقه سوم", "طبقه سوم")],
        "rows": range(2),
        "can_add": True,
        "action": "#",
        "back": "" if step == "shop" else "#",
        **_rules(),
    }


def _rules() -> dict[str, Any]:
    return {
        "scopes": _SCOPES,
        "extras": _EXTRAS,
        "trade": "کتاب و لوازم تحریر",
        "trade_code": "books",
        "told": _told(),
        "later": False,
    }


def _told() -> list[tuple[str, str]]:
    rules = first_rules(500, 120, "own", ("birthday",), Locale.FA)
    return tell_rules(rules, Locale.FA, MoneyUnit.TOMAN)


def _steps(here: str) -> list[dict[str, Any]]:
    names = (*STEPS, "review")
    at = names.index(here)
    return [
        {"label": label, "href": f"#{name}", "here": name == here, "done": position < at}
        for position, (name, label) in enumerate(zip(names, _LABELS, strict=True))
    ]


def _mistaken() -> Form:
    return Form(
        {"name": "کتاب پرستو", "slug": "کتاب", "national_id": "1234567890"},
        {
            "slug": "تنها حروف کوچک لاتین، رقم و خط تیره بنویسید.",
            "national_id": "این کد ملی درست نیست. رقم‌ها را دوباره بررسی کنید.",
        },
    )


def _review() -> dict[str, Any]:
    return {
        "form": Form(),
        "name": "کتاب پرستو",
        "steps": _steps("review"),
        "broken": [],
        "intake": Intake(
            Identity("کتاب پرستو", "", "books", "0499370899", ("طبقه همکف", "طبقه سوم")),
            Owner("ژاله رستمی", "09123456789", SHEBA),
            Terms(20_000_000, 5_000_000, 200, "۱۴۰۵/۱۲", None, date(2027, 3, 20)),
            None,
            (Colleague("سارا کریمی", "09121112233", "cashier", "طبقه سوم"),),
        ),
        "trade": "کتاب و لوازم تحریر",
        "told": _told(),
        "fee": 200,
        "edit": dict.fromkeys(STEPS, "#"),
        "action": "#",
        "drop": "#",
    }


def _people() -> list[dict[str, Any]]:
    base = {"branch": "", "has_come": False, "link": "https://timcheh.example/noor/shop/join/x"}
    owner = {"id": "p-1", "name": "ژاله رستمی", "mobile": "09123456789", "role": "مالک"}
    seller = {"id": "p-2", "name": "سارا کریمی", "mobile": "09121112233", "role": "صندوق‌دار"}
    return [
        base | owner,
        base | seller | {"branch": "طبقه سوم", "has_come": True, "link": ""},
    ]
