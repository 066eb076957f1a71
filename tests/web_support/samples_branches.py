"""Sample values of a shop's branches."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from tests.web_support.pickers import period_picker
from timcheh.calendar import DateStyle, format_date
from timcheh.web.charts import Chart, Series
from timcheh.web.form import Form

Page = tuple[str, dict[str, Any], str]
_PICKER = period_picker("۳۰ روز", "امروز", "۷ روز", "این ماه")


def pages(now: datetime) -> dict[str, Page]:
    """name -> (template, context, the menu's path)."""
    listed, one = "merchants/branches/list.html", "merchants/branches/one.html"
    nothing = Sample(sales=0, purchases=0)
    empty = {"branches": [], "elsewhere": nothing, "total": 0, "purchases": 0}
    shared = {"picker": _PICKER, "query": "", "may_open": True, "form": Form()}
    closed = _one(now)
    closed["branch"].closed_at = now
    return {
        "shop-branches": (listed, _list() | shared, "branches"),
        "shop-branches-none": (listed, empty | shared, "branches"),
        "shop-branch": (one, _one(now), "branches"),
        "shop-branch-closed": (
            one,
            closed | {"people": [], "terminals": [], "chart": None},
            "branches",
        ),
    }


def _list() -> dict[str, Any]:
    rows = [
        ("طبقه همکف", 184_000_000, 212, 4, 2, False),
        ("طبقه دوم", 96_500_000, 118, 2, 1, False),
        ("انبار قدیم", 0, 0, 0, 1, True),
    ]
    return {
        "branches": [
            Sample(
                id=f"b-{n}",
                name=name,
                sales=sales,
                purchases=purchases,
                people=people,
                terminals=tills,
                closed=closed,
            )
            for n, (name, sales, purchases, people, tills, closed) in enumerate(rows)
        ],
        "elsewhere": Sample(sales=4_200_000, purchases=6),
        "total": 284_700_000,
        "purchases": 336,
    }


def _one(now: datetime) -> dict[str, Any]:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(30)]
    sales = [(n * 37 % 11 + 2) * 900_000 for n in range(30)]
    return {
        "branch": Sample(id="b-0", name="طبقه همکف", since=now, closed_at=None, placed=True),
        "sold": Sample(sales=184_000_000, spent_value=21_000_000, purchases=212, customers=143),
        "whole": 284_700_000,
        "chart": Chart(
            "branch-sales",
            "فروش روز به روز",
            [format_date(day, style=DateStyle.DAY) for day in days],
            [Series("فروش", sales)],
            "روز",
            excel="#",
        ),
        "people": [
            Sample(id="s-1", name="سامان کریمی", roles=["مدیر"]),
            Sample(id="s-2", name="سارا کیان", roles=["صندوق‌دار", "حسابدار"]),
        ],
        "sees_people": True,
        "terminals": [
            Sample(id="t-1", name="کارت‌خوان کنار در", key_since=now, used_at=now),
            Sample(id="t-2", name="صندوق دوم", key_since=None, used_at=None),
        ],
        "picker": _PICKER,
        "may_close": True,
        "form": Form({"name": "طبقه همکف"}),
    }
