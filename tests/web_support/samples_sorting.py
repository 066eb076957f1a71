"""Sample values of how a shop sorts its customers: segments, groups, tiers."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from merchants.conditions.showing import ShownBlock, ShownBuilder, ShownRow
from merchants.segments.ready import READY
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale
from timcheh.web.form import Form

Page = tuple[str, dict[str, Any], str]
_LONG = (
    "شمار خریدهای مشتری بیش از ۴ باشد و از آخرین خرید بیش از ۹۰ روز گذشته باشد، و سطح مشتری طلایی"
    " باشد یا مبلغ همه خریدها دست‌کم ۱۲٬۳۴۵٬۶۷۰ تومان باشد"
)
_TAKEN = "این نام را پیش‌تر به کار برده‌اید؛ نام دیگری بنویسید."


def pages(now: datetime) -> dict[str, Page]:
    """name -> (template, context, the menu's path)."""
    return {**_segments(now), **_groups(now), **_tiers()}


def people(now: datetime, count: int = 8) -> list[Sample]:
    """Customers as the segments' tables take them."""
    names = ("نرگس احمدی", "", "سید محمدرضا موسوی بجنوردی‌نژاد", "الهام صادقی")
    return [
        Sample(
            member_id=f"m-{n}",
            name=names[n % 4] or None,
            mobile=f"0912345{n:04}",
            tags=["خوش‌حساب", "خرید سازمانی"] if n % 3 == 0 else [],
            last_at=now - timedelta(days=11 * n) if n != 3 else None,
            purchases=124 - n,
            spend=123_456_780 - n * 7_654_320,
        )
        for n in range(count)
    ]


def _builder(error: str = "") -> ShownBuilder:
    facts = (("مشتری", (("customer.purchases", "شمار خریدها"), ("customer.tier", "سطح"))),)
    joins = (("all", "همه این‌ها برقرار باشد"), ("any", "یکی از این‌ها برقرار باشد"))
    more = (("ge", "دست‌کم"), ("gt", "بیش از"))
    ticks = (("طلایی", "طلایی", True), ("نقره‌ای", "نقره‌ای", False), ("برنزی", "برنزی", False))
    rows = (
        ShownRow("when-0-0", "number", "customer.purchases", "gt", "4", "خرید", ops=more),
        ShownRow(
            "when-0-1", "ticks", "customer.tier", "in", "", ops=(("in", "یکی از"),), ticks=ticks
        ),
        ShownRow("when-0-2", "money", "customer.spend", "ge", "", ops=more, error=error),
        ShownRow("when-0-3", "empty", "", "", ""),
    )
    block = ShownBlock(0, "all", rows)
    return ShownBuilder("when", "#", "all", (block,), facts, joins, joins)


def _segments(now: datetime) -> dict[str, Page]:
    here = "segments"
    some = [
        {
            "id": "s-1",
            "name": "مشتریان طلایی که مدتی است نیامده‌اند",
            "sentence": _LONG,
            "count": 1_284,
        },
        {"id": "s-2", "name": "همه", "sentence": "", "count": 98_765},
    ]
    ready = {
        kind: [(key, translate(Locale.FA, f"ready-{key}")) for key in found]
        for kind, found in READY.items()
    }
    named = {"id": "s-1", "name": "مشتریان طلایی که مدتی است نیامده‌اند"}
    one = {
        "segment": named,
        "sentence": _LONG,
        "customers": people(now),
        "next": "#",
        "previous": "#",
        "total": 1_284,
    }
    nobody = {**one, "customers": [], "total": 0}
    refused = Form({"name": "همه"}, {"name": _TAKEN})
    form = {"form": refused, "builder": _builder("عددی بنویسید."), "segment": named}
    new = {"form": Form(), "builder": _builder(), "segment": None}
    listed = "merchants/segments/list.html"
    return {
        "shop-segments": (listed, {"segments": some, "ready": ready}, here),
        "shop-segments-empty": (listed, {"segments": [], "ready": ready}, here),
        "shop-segment": ("merchants/segments/one.html", one, here),
        "shop-segment-nobody": ("merchants/segments/one.html", nobody, here),
        "shop-segment-form": ("merchants/segments/form.html", form, here),
        "shop-segment-new": ("merchants/segments/form.html", new, here),
    }


def _groups(now: datetime) -> dict[str, Page]:
    here = "segments"
    some = [
        {"id": "g-1", "name": "همکاران", "automatic": False, "sentence": "", "count": 24},
        {"id": "g-2", "name": "وفاداران", "automatic": True, "sentence": _LONG, "count": 1_284},
    ]
    by_hand = {
        "group": Sample(id="g-1", name="همکاران", automatic=False),
        "sentence": "",
        "customers": people(now, 3),
        "next": "",
        "previous": "",
        "total": 3,
        "form": Form(
            {"who": "0912"}, {"who": "مشتری‌ای با این موبایل یا شماره ندارید؛ آن را بررسی کنید."}
        ),
    }
    automatic = {
        **by_hand,
        "group": Sample(id="g-2", name="وفاداران", automatic=True),
        "sentence": _LONG,
        "customers": [],
        "total": 0,
        "form": Form(),
    }
    listed = "merchants/groups/list.html"
    return {
        "shop-groups": (listed, {"groups": some}, here),
        "shop-groups-empty": (listed, {"groups": []}, here),
        "shop-group": ("merchants/groups/one.html", by_hand, here),
        "shop-group-automatic": ("merchants/groups/one.html", automatic, here),
        "shop-group-new": (
            "merchants/groups/form.html",
            {"form": Form({"name": "همه"}, {"name": _TAKEN}), "builder": _builder(), "group": None},
            here,
        ),
    }


def _tiers() -> dict[str, Page]:
    shared = {
        "rows": range(5),
        "measures": [("spend", "مبلغ خرید"), ("purchases", "شمار خرید"), ("points", "امتیاز")],
        "periods": [("", "همه سال‌ها"), ("365", "۳۶۵ روز گذشته")],
        "below": 4_210,
    }
    typed = {
        "measure": "spend",
        "period": "365",
        "name-0": "برنزی",
        "threshold-0": "1000000",
        "name-1": "نقره‌ای",
        "threshold-1": "500000",
    }
    faults = {"threshold-1": "هر سطح باید از سطح پایین‌تر خود با مقدار بیشتری آغاز شود."}
    rungs = [("برنزی", 1_204), ("نقره‌ای", 312), ("طلایی", 41)]
    usual = Form({"measure": "spend", "period": "365", "name-0": "برنزی", "name-1": "نقره‌ای"})
    page = "merchants/tiers/page.html"
    full = {**shared, "form": Form(typed, faults), "rungs": rungs, "has_ladder": True}
    none = {**shared, "form": usual, "rungs": [], "has_ladder": False}
    return {"shop-tiers": (page, full, "segments"), "shop-tiers-none": (page, none, "segments")}
