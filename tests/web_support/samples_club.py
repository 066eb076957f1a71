"""Sample values of the member's pages."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from tests.web_support import samples_asking, samples_gifts, samples_people, samples_rewards


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path)."""
    return {
        **samples_people.club_pages(now),
        "club-home": ("members/club/home.html", _home(now), ""),
        "club-home-new": ("members/club/home.html", _new(), ""),
        "club-lot": ("members/club/lot.html", _lot(now), ""),
        "club-history": ("members/club/history.html", _history(now), "history"),
        "club-history-empty": (
            "members/club/history.html",
            {"days": [], "kind": "", "next": ""},
            "history",
        ),
        **samples_gifts.club_pages(now),
        **samples_rewards.club_pages(now),
        **samples_asking.club_pages(now),
    }


def _home(now: datetime) -> dict[str, Any]:
    return {
        "member": Sample(name="نرگس احمدی", number="9999123412341238"),
        "qr": "9999123412341238",
        "points": Sample(count=1_240, value=12_400_000),
        "credit": 3_250_000,
        "near": True,
        "surveys": samples_asking.waiting(now),
        "codes": [Sample(shop="لاله", code="SALAM20", until=now + timedelta(days=20))],
        "expiring": Sample(
            text="۹۰٬۰۰۰ تومان", shop="گل‌آرا", at=date(2026, 1, 5), days=15, lot_id="l1", count=1
        ),
        "offers": [
            {
                "shop": "گل‌آرا",
                "name": "بازگشت مشتری",
                "then": ["۳۵٪ اعتبار اختصاصی، تا ۶۰ روز"],
                "when": "مبلغ فاکتور دست‌کم ۶۰۰٬۰۰۰ تومان باشد",
                "until": date(2025, 12, 28),
            }
        ],
        "shops": [
            Sample(
                name="گل‌آرا",
                credit=2_100_000,
                points=0,
                points_value=0,
                lots=[
                    Sample(
                        id="l1",
                        unit="rial",
                        amount=900_000,
                        starts=None,
                        until=date(2026, 1, 5),
                        where="گل‌آرا",
                    ),
                    Sample(
                        id="l2",
                        unit="rial",
                        amount=1_200_000,
                        starts=None,
                        until=None,
                        where="گل‌آرا، لاله، نان سحر",
                    ),
                ],
            ),
            Sample(
                name="لاله",
                credit=1_150_000,
                points=0,
                points_value=0,
                lots=[
                    Sample(
                        id="l3",
                        unit="rial",
                        amount=1_150_000,
                        starts=None,
                        until=date(2026, 2, 1),
                        where="لاله و ۲ فروشگاه دیگر",
                    )
                ],
            ),
            Sample(
                name="امتیاز نور",
                credit=0,
                points=1_240,
                points_value=12_400_000,
                lots=[
                    Sample(
                        id="l4",
                        unit="point",
                        amount=1_240,
                        starts=None,
                        until=None,
                        where="۱۴ فروشگاه مجتمع",
                    )
                ],
            ),
        ],
    }


def _new() -> dict[str, Any]:
    return {
        "member": Sample(name="", number="9999123412341238"),
        "qr": "9999123412341238",
        "points": Sample(count=0, value=0),
        "credit": 0,
        "expiring": None,
        "offers": [],
        "shops": [],
        "near": False,
        "surveys": [],
        "codes": [],
    }


def _lot(now: datetime) -> dict[str, Any]:
    return {
        "lot": Sample(
            unit="rial",
            amount=900_000,
            held=0,
            granted=2_000_000,
            issuer="گل‌آرا",
            value=900_000,
            granted_at=now - timedelta(days=15),
            available_from=None,
            until=date(2026, 1, 5),
            rule="۱۰٪ اعتبار هر خرید",
            purchase_href="#",
            why="برای خرید ۲۰۰٬۰۰۰ تومانی ۱۵ آذر در گل‌آرا",
            state="open",
        ),
        "acceptors": [
            Sample(name="گل‌آرا", category="گل و گیاه", terms=""),
            Sample(name="لاله", category="پوشاک", terms="تا ۳۰٪ خرید"),
            Sample(name="نان سحر", category="نانوایی", terms="تا ۵۰٪ خرید"),
        ],
        "movements": [
            Sample(at=now - timedelta(days=2), text="خرج در لاله", amount=-1_100_000),
            Sample(at=now - timedelta(days=15), text="دریافت از گل‌آرا", amount=2_000_000),
        ],
    }


def _history(now: datetime) -> dict[str, Any]:
    spent = (
        "۱۱۰٬۰۰۰ تومان از اعتبار گل‌آرا (تا ۱۵ دی) در لاله خرج شد؛ گل‌آرا آن را با صندوق تسویه می‌کند."
    )
    return {
        "kind": "",
        "next": "#",
        "days": [
            Sample(
                day=(now - timedelta(days=2)).date(),
                movements=[
                    Sample(
                        at=now - timedelta(days=2),
                        kind="spent",
                        title="خرید در لاله",
                        note=spent,
                        unit="rial",
                        amount=-1_100_000,
                        href="#",
                    ),
                    Sample(
                        at=now - timedelta(days=2),
                        kind="earned",
                        title="امتیاز از لاله",
                        note="هر ۱۰٬۰۰۰ تومان یک امتیاز",
                        unit="point",
                        amount=45,
                        href="#",
                    ),
                ],
            ),
            Sample(
                day=(now - timedelta(days=15)).date(),
                movements=[
                    Sample(
                        at=now - timedelta(days=15),
                        kind="earned",
                        title="اعتبار از گل‌آرا",
                        note="۱۰٪ اعتبار هر خرید",
                        unit="rial",
                        amount=2_000_000,
                        href="#",
                    ),
                    Sample(
                        at=now - timedelta(days=15),
                        kind="expired",
                        title="اعتبار کفش مهدی",
                        note="تا ۱۴ آذر مهلت داشت",
                        unit="rial",
                        amount=-50_000,
                        href="",
                    ),
                ],
            ),
        ],
    }
