"""Sample values of the network's board: a month of a mall, and one on its first day."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from mall_portal.dashboard.board import Numbers, charts, figures, shortened
from mall_portal.dashboard.breakage import Breakage
from mall_portal.days.queries import Ageing, Members, Moved, Sales, Sold
from mall_portal.days.stretch import Stretch, stretch_of
from shared_pool.facade import FundView
from timcheh.calendar import TEHRAN, local_date
from timcheh.voice import Voice
from timcheh.web.form import Form
from timcheh.web.period import Picker, read_period

_MILLION = 10_000_000
_NAMES = ("خواربار امید", "لاله", "گل‌آرا", "نان سحر", "کتاب پرستو", "کفش مهدی")
_LABELS = ("۷ روز", "۳۰ روز", "این ماه", "ماه پیش", "۹۰ روز گذشته", "یک سال")


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path)."""
    stretch = stretch_of(read_period({}, now, TEHRAN, "days30"), local_date(now))
    full, first = _numbers(stretch), _first_day(stretch)
    board = "mall_portal/dashboard/board.html"
    return {
        "mall-board": (board, _context(full, _fund(174_280_000)), ""),
        "mall-board-new": (
            board,
            _context(first, _fund(0)) | {"findings": [], "breakage": None},
            "",
        ),
        "mall-health": ("mall_portal/health/list.html", _health(_shops()), "health"),
        "mall-health-filtered": ("mall_portal/health/list.html", _health([]), "health"),
    }


def _context(numbers: Numbers, fund: FundView) -> dict[str, Any]:
    drawn = charts(numbers, Voice(), "#", "")
    stretch = numbers.stretch
    return {
        "picker": Picker(
            [(label, "#", at == 1) for at, label in enumerate(_LABELS)],
            Form(),
            "#",
            "",
            wrong=False,
        ),
        "told": "از ۲ آبان ۱۴۰۵ تا ۱ آذر ۱۴۰۵",
        "told_before": "از ۲ مهر ۱۴۰۵ تا ۱ آبان ۱۴۰۵",
        "now": figures(numbers.sales.by_day, numbers.values, stretch.now),
        "before": figures(numbers.sales.by_day, numbers.values, stretch.before),
        "members": numbers.members,
        "is_new": numbers.is_empty,
        "outstanding": sum(numbers.ageing.by_age),
        "ends_soon": numbers.ageing.ends_soon,
        "fund": fund,
        "charts": drawn | {"shops": shortened(drawn["shops"])},
        "shop_links": ["#"] * len(numbers.names),
        "breakage": Breakage(
            11 * _MILLION, 7 * _MILLION, 19 * _MILLION, 1_240, 810, 2_150, 9, 61 * _MILLION
        ),
        "findings": [
            {"shop": shop["name"], "shop_id": shop["id"], **shop["findings"][0]}
            for shop in _shops()[:2]
        ],
    }


def _health(shops: list[dict[str, Any]]) -> dict[str, Any]:
    filters = [("any", "نیازمند توجه", 2), ("idle", "بی‌فروش", 1), ("offline", "پایانه خاموش", 1)]
    return {"shops": shops, "q": "", "show": "" if shops else "any", "filters": filters, "total": 6}


def _shops() -> list[dict[str, Any]]:
    idle = _finding("idle", "بی‌فروش", "hourglass", "۹ روز است فروشی ثبت نکرده.", "تماس با مالک")
    words = "پایانه «صندوق ۲» ۳ روز است با سامانه تماس نگرفته."
    offline = _finding("offline", "پایانه خاموش", "monitor", words, "تماس با فروشگاه")
    told = {0: [idle, offline], 1: [offline]}
    return [
        {
            "id": f"shop-{at}",
            "name": name,
            "category": "پوشاک",
            "last_sale": date(2025, 12, 20) if at else None,
            "sales": (900 - at * 90) * _MILLION,
            "before": (800 - at * 60) * _MILLION if at < 5 else 0,
            "findings": told.get(at, []),
        }
        for at, name in enumerate(_NAMES)
    ]


def _finding(kind: str, label: str, icon: str, words: str, step: str) -> dict[str, str]:
    return {"kind": kind, "label": label, "icon": icon, "text": words, "next": step, "href": "#"}


def _numbers(stretch: Stretch) -> Numbers:
    names = {UUID(int=at + 1): name for at, name in enumerate(_NAMES)}
    days = [stretch.before.first + timedelta(days=at) for at in range(60)]
    sold = {
        day: Sold(
            40 + at % 7 * 6, (60 + at % 7 * 14 + at) * _MILLION, 4 * _MILLION, at % 3, at * 90_000
        )
        for at, day in enumerate(days)
    }
    credit: dict[date | None, Moved] = {None: Moved(900 * _MILLION, 500 * _MILLION, 40 * _MILLION)}
    credit |= {
        day: Moved((5 + at % 4) * _MILLION, (4 + at % 3) * _MILLION, at % 2 * _MILLION)
        for at, day in enumerate(days)
    }
    points: dict[date | None, Moved] = {day: Moved(420, 310) for day in days}
    fee: dict[date | None, Moved] = {day: Moved(380_000) for day in days}
    by_shop = {shop: Sold(90, (900 - at * 140) * _MILLION) for at, shop in enumerate(names)}
    return Numbers(
        stretch,
        Sales(sold, by_shop, by_shop),
        {"outstanding": credit, "points": points, "fee": fee},
        Ageing([148 * _MILLION, 92 * _MILLION, 41 * _MILLION, 12 * _MILLION, 0], 61 * _MILLION),
        Members(2_431, 74, 66, 1_204, 1_150),
        names,
    )


def _first_day(stretch: Stretch) -> Numbers:
    return Numbers(
        stretch,
        Sales({}, {}, {}),
        {},
        Ageing([0, 0, 0, 0, 0], 0),
        Members(0, 0, 0, 0, 0),
        {UUID(int=1): "گل‌آرا"},
    )


def _fund(owed: int) -> FundView:
    return FundView(530_000_000, 11_140_000, 72_400_000, 0, 530_000_000, 96_290_500, owed)
