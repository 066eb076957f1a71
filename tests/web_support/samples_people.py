"""Pages about people: imports, doors, profiles, consents, in the shop's portal and on the phone."""

from datetime import datetime, timedelta
from typing import Any

from members.facade import fact_lists, fact_values
from tests.web_support import samples_asking
from timcheh.errors import FieldError, Invalid
from timcheh.text.locale import Locale
from timcheh.web.form import Form

Page = tuple[str, dict[str, Any], str]

_PURPOSES = [("data", True), ("promotion", False)]


def shop_pages(now: datetime) -> dict[str, Page]:
    """name -> (template, context, the menu's path)."""
    here = "customers"
    return {
        "import-new": ("merchants/importing/new.html", _new(now), here),
        "import-new-first": ("merchants/importing/new.html", _new(now) | {"earlier": []}, here),
        "import-columns": ("merchants/importing/columns.html", _columns(), here),
        "import-checking": ("merchants/importing/one.html", _working(), here),
        "import-checked": ("merchants/importing/one.html", _checked(), here),
        "import-imported": (
            "merchants/importing/one.html",
            _checked() | {"state": "imported"},
            here,
        ),
        "import-failed": (
            "merchants/importing/one.html",
            _checked() | {"state": "failed", "failure": "این فایل خوانده نمی‌شود."},
            here,
        ),
        "doors": ("merchants/doors/list.html", _doors(), here),
        "doors-first": ("merchants/doors/list.html", _doors() | {"doors": []}, here),
        "customer-profile": ("merchants/customers/profile.html", _profile(), here),
        "customer-fields": ("merchants/customers/fields.html", _fields(), here),
        "customer-consents": (
            "merchants/customers/consents.html",
            {"member_id": "m-0", "name": "نرگس احمدی", "purposes": _PURPOSES, **_history(now, "")},
            here,
        ),
    }


def club_pages(now: datetime) -> dict[str, Page]:
    """On a member's phone."""
    form = Form(fact_values("نرگس احمدی", None, None, Locale.FA))
    return {
        "club-profile": (
            "members/club/profile.html",
            {"form": form, "lists": fact_lists(Locale.FA)},
            "profile",
        ),
        "club-consents": (
            "members/club/consents.html",
            {
                "parties": [
                    {"id": "c", "name": "مجتمع نور", "club": True, "purposes": _PURPOSES},
                    {"id": "s", "name": "گل‌آرا", "club": False, "purposes": _PURPOSES},
                ],
                **_history(now, "گل‌آرا"),
            },
            "profile",
        ),
    }


def front_pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], None]]:
    """Behind a door, before anybody is signed in."""
    shared = {"mall_name": "مجتمع نور", "shop": "گل‌آرا"}
    code = {
        **shared,
        "mobile": "09121234567",
        "kept": {"name": "نرگس", "data": "yes", "promotion": ""},
        "action": "#",
        "back": "#",
        "form": Form(),
        "inbox": "/dev/inbox",
    }
    return {
        "door": (
            "merchants/doors/join.html",
            {**shared, "form": Form({"data": "yes"}), "gift": None},
            None,
        ),
        "door-gift": (
            "merchants/doors/join.html",
            {**shared, "form": Form(), "gift": samples_asking.promise(now)},
            None,
        ),
        "door-code": ("merchants/doors/code.html", code, None),
    }


def _history(now: datetime, name: str) -> dict[str, Any]:
    rows = [
        ("promotion", False, "member", "phone", 1),
        ("promotion", True, "staff", "portal", 9),
        ("data", True, "member", "door", 40),
    ]
    return {
        "history": [
            {
                "purpose": purpose,
                "given": given,
                "by": by,
                "place": place,
                "at": now - timedelta(days=days),
                "name": name,
            }
            for purpose, given, by, place, days in rows
        ]
    }


def _new(now: datetime) -> dict[str, Any]:
    states = (("مشتریان پاییز.xlsx", "imported", 2_431), ("list.csv", "failed", 0))
    return {
        "form": Form(),
        "branches": [("1", "شعبه مرکزی"), ("2", "شعبه ونک")],
        "size": 32,
        "rows": 200_000,
        "earlier": [
            {"id": name, "file": name, "state": state, "at": now - timedelta(days=3), "rows": rows}
            for name, state, rows in states
        ],
    }


def _columns() -> dict[str, Any]:
    faults = [FieldError("/columns", "mobile_column_missing")]
    typed = {"column-1": "name", "on_known": "fill", "unit": "toman"}
    headings = (
        ("شماره تماس", ["۰۹۱۲۱۲۳۴۵۶۷", "09351234567"]),
        ("نام مشتری", ["نرگس احمدی"]),
        ("", []),
    )
    return {
        "form": Form.refused(typed, Invalid(errors=faults), Locale.FA),
        "file": "مشتریان پاییز.xlsx",
        "columns": [
            {"name": f"column-{n}", "heading": heading, "number": n + 1, "sample": sample}
            for n, (heading, sample) in enumerate(headings)
        ],
        "choices": [("mobile", "موبایل"), ("name", "نام و نام خانوادگی")],
        "on_known": [("fill", "تنها جاهای خالی پر شود"), ("skip", "دست نخورند")],
        "units": [("toman", "تومان"), ("rial", "ریال")],
        "action": "#",
    }


def _checked() -> dict[str, Any]:
    return {
        "file": "مشتریان پاییز.xlsx",
        "state": "checked",
        "working": False,
        "done": 2_440,
        "total": 2_440,
        "known_total": True,
        "progress": "",
        "counts": [
            ("مشتری تازه", 2_301, ""),
            ("مشتری کنونی", 130, ""),
            ("ردیف تکراری", 4, "ردیف‌های یک موبایل یک مشتری‌اند."),
            ("ردیف نادرست", 5, ""),
        ],
        "credit": 125_000_000,
        "points": 4_300,
        "faulty": 5,
        "takes": True,
        "failure": "",
        "here": "#",
        "customers": "#",
    }


def _working() -> dict[str, Any]:
    return _checked() | {
        "state": "checking",
        "working": True,
        "done": 1_000,
        "progress": "۱٬۰۰۰ از ۲٬۴۴۰ ردیف",
        "counts": [],
    }


def _doors() -> dict[str, Any]:
    return {
        "form": Form(),
        "sources": [("poster", "پوستر با کد QR"), ("instagram", "اینستاگرام")],
        "branches": [],
        "doors": [
            {
                "id": str(n),
                "name": name,
                "source": source,
                "address": f"https://timcheh.ir/noor/join/k7m2x9{n}",
                "gift": "عضو شوید و هدیه بگیرید" if n else "",
                "visits": 214 - 100 * n,
                "customers": 61 - 30 * n,
                "open": n < 2,
            }
            for n, (name, source) in enumerate(
                (
                    ("پوستر کنار صندوق", "پوستر با کد QR"),
                    ("بیوی اینستاگرام", "اینستاگرام"),
                    ("پیامک نوروز", "پیامک"),
                )
            )
        ],
    }


def _profile() -> dict[str, Any]:
    faults = [FieldError("/national_id", "national_id_invalid")]
    typed = fact_values("نرگس احمدی", None, None, Locale.FA) | {"national_id": "123"}
    return {
        "member_id": "m-0",
        "name": "نرگس احمدی",
        "form": Form.refused(typed, Invalid(errors=faults), Locale.FA),
        "lists": fact_lists(Locale.FA),
        "shared": ["شهر", "شغل"],
        "fields": [
            {"name": "field-1", "label": "سایز کفش", "kind": "number", "choices": []},
            {
                "name": "field-2",
                "label": "سلیقه",
                "kind": "choice",
                "choices": [("ساده", "ساده"), ("شاد", "شاد")],
            },
        ],
    }


def _fields() -> dict[str, Any]:
    return {
        "form": Form(),
        "kinds": [("text", "متن"), ("choice", "یکی از چند گزینه")],
        "fields": [
            {"id": "1", "label": "سایز کفش", "kind": "number", "choices": []},
            {"id": "2", "label": "سلیقه", "kind": "choice", "choices": ["ساده", "شاد"]},
        ],
    }
