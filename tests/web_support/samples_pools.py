"""Sample values of pools of points, for the mall and for a shop."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any
from zoneinfo import ZoneInfo

from shared_pool.pools.telling import drawn, together
from shared_pool.pools.worth import FEWEST, Brought, Came, Flow, total
from timcheh.text.locale import Locale
from timcheh.voice import Voice
from timcheh.web.form import Form
from timcheh.web.period import Period, Picker

_SHOPS = (("گل‌آرا", 200, 5_000), ("خواربار امید", 150, 10_000), ("نان سحر", 0, 3_000))
_AGO = timedelta(days=20)
_TERMS = Form({"max_share_percent": "100", "fee_percent": "0"})
_WRONG = Form(
    {"name": "امتیاز نور", "issue_price": "۱۰۰", "redeem_price": "۱۲۰", "months": "۱۲"},
    {"redeem_price": "بهای مصرف هر امتیاز نباید بیش از بهای صدور آن باشد؛ مقدار کمتری بنویسید."},
)


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """The mall's; name -> (template, context, the menu's path)."""
    one, new = "shared_pool/pools/one.html", "shared_pool/pools/new.html"
    listed = {"pools": [_pool(), _pool(name="امتیاز یلدا", months=None, out=0)], "can_edit": True}
    alone = {**_one(now), "shops": [], "changes": False, "worth": [], "chart": None}
    return {
        "mall-pools": ("shared_pool/pools/list.html", listed, "pools"),
        "mall-pools-none": ("shared_pool/pools/list.html", listed | {"pools": []}, "pools"),
        "mall-pool-new": (new, {"form": Form({"months": "12"})}, "pools"),
        "mall-pool-new-bad": (new, {"form": _WRONG}, "pools"),
        "mall-pool": (one, _one(now), "pools"),
        "mall-pool-alone": (one, alone, "pools"),
    }


def shop_pages() -> dict[str, tuple[str, dict[str, Any], str]]:
    """Pools as a shop sees them."""
    template = "shared_pool/pools/shop.html"
    one, left = "shared_pool/pools/shop_one.html", datetime(2025, 12, 1, tzinfo=UTC)
    mine = vars(_pool()) | {"share_bps": 5_000, "fee_bps": 200, "others": 7}
    others = [Sample(name="امتیاز یلدا", shops=4)]
    some = {"pools": [Sample(**mine)], "others": others, "may_offer": True}
    return {
        "shop-pools": (template, some, "pools"),
        "shop-pools-none": (template, some | {"pools": []}, "pools"),
        "shop-pool": (one, _shop_one(), "pools"),
        "shop-pool-none": (one, _shop_one(left) | {"chart": None}, "pools"),
    }


_PICKER = Picker(
    [("۳۰ روز", "#", True), ("این ماه", "#", False)], Form(), "/noor/shop/pools/p", "", wrong=False
)
_PERIOD = Period("", date(2025, 12, 1), date(2025, 12, 20), ZoneInfo("Asia/Tehran"))


def _brought(times: int) -> Brought:
    days = [_PERIOD.first + timedelta(days=n) for n in range(0, 20, 2)]
    flows = {
        day: Flow(n * 40 * times, n * 25, n * 40_000 * times, n * 20_000, n * 19_600)
        for n, day in enumerate(days, 3)
    }
    return Brought(flows, Came(14, 5, 22, 84_000_000))


def _shop_one(left: datetime | None = None) -> dict[str, Any]:
    found = _brought(1)
    return {
        "pool": _pool(fee_bps=200, left=left),
        "picker": _PICKER,
        "flow": found.all,
        "came": found.came,
        "chart": drawn(found.by_day, _PERIOD, _PERIOD.last, Voice(Locale.FA), "#"),
    }


def _worth() -> dict[str, Any]:
    found = [_brought(1), _brought(2)]
    rows = [
        {"name": name, "id": "s", "flow": each.all, "customers": customers, "new": 3}
        for (name, *_), each, customers in zip(_SHOPS, found, (14, None), strict=False)
    ]
    return {
        "picker": _PICKER,
        "query": "",
        "chart": drawn(together(found), _PERIOD, _PERIOD.last, Voice(Locale.FA), "#"),
        "flow": total([each.all for each in found]),
        "worth": rows,
        "fewest": FEWEST,
    }


def _pool(**more: Any) -> Sample:
    usual = {
        "id": "p-1",
        "name": "امتیاز نور",
        "issue_price": 1_000,
        "redeem_price": 800,
        "months": 12,
        "shops": 8,
        "out": 1_284_300,
    }
    return Sample(**usual | more)


def _one(now: datetime) -> dict[str, Any]:
    shops = [
        Sample(id=f"shop-{n}", name=name, fee_bps=fee, max_share_bps=share, since=now - _AGO * n)
        for n, (name, fee, share) in enumerate(_SHOPS)
    ]
    return {
        "pool": _pool(worth=1_027_440_000, reserve=1_284_300_000),
        "shops": shops,
        "choices": [(shop.id, shop.name) for shop in shops],
        "form": _TERMS,
        "changes": True,
        "can_edit": True,
        **_worth(),
    }
