"""Sample values of the member's pages."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from shared_pool.club.asking import Asked
from tests.web_support import samples_asking, samples_gifts, samples_people, samples_rewards
from timcheh.web.form import Form


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str | None]]:
    """name -> (template, context, the menu's path)."""
    return {
        **samples_people.club_pages(now),
        "club-home": ("members/club/home.html", home(now), ""),
        "club-home-new": ("members/club/home.html", _new(), ""),
        "club-shops": ("members/club/shops.html", _shops(), "shops"),
        "club-shops-none": (
            "members/club/shops.html",
            {"shops": [], "kinds": [], "kind": "", "q": "", "any": False},
            "shops",
        ),
        "club-shop": ("members/club/shop.html", _shop(), "shops"),
        "club-offers": (
            "merchants/offers/club.html",
            {"shops": [{"name": "گل‌آرا", "offers": _offers()}]},
            "offers",
        ),
        "club-offers-none": ("merchants/offers/club.html", {"shops": []}, "offers"),
        "club-me": ("members/club/me.html", _me(), "me"),
        "club-passkeys": ("members/club/passkeys.html", _passkeys(now), "passkeys"),
        "club-passkeys-none": (
            "members/club/passkeys.html",
            _passkeys(now) | {"passkeys": []},
            "passkeys",
        ),
        "club-passkeys-nowhere": (
            "members/club/passkeys.html",
            _passkeys(now) | {"passkeys": [], "origin": ""},
            "passkeys",
        ),
        "club-data": ("members/club/data.html", {"sections": ["خریدها", "پاداش‌ها"]}, "data"),
        "club-erase": ("members/club/erase.html", _erase(None), "erase"),
        "club-erase-nothing": (
            "members/club/erase.html",
            _erase(None) | {"lost": [], "worth": 0, "commission": 0},
            "erase",
        ),
        "club-erase-wallet": ("members/club/erase.html", _erase(None, 500_000), "erase"),
        "club-erase-asked": (
            "members/club/erase.html",
            _erase(now + timedelta(days=7)),
            "erase",
        ),
        "club-erase-code": (
            "members/club/erase_code.html",
            {"form": Form(), "mobile": "09121234567", "seconds": 60, "inbox": ""},
            "erase",
        ),
        "club-gifts": ("merchants/giftcards/club.html", _gifts(now), "gifts"),
        "club-gifts-none": (
            "merchants/giftcards/club.html",
            {"form": Form(), "kept": [], "over": [], "given": []},
            "gifts",
        ),
        "club-invite": ("merchants/inviting/mine.html", _invite(now), "invite"),
        "club-invite-nobody": (
            "merchants/inviting/mine.html",
            _invite(now) | {"friends": [], "promises": [], "brought": 0, "opened": 0},
            "invite",
        ),
        "invited": (
            "merchants/inviting/come.html",
            {
                "mall_name": "مجتمع نور",
                "host": "نرگس",
                "promises": _invite(now)["promises"][:1],
                "form": Form(),
            },
            None,
        ),
        "club-card": ("members/cards/held_out.html", {"member": _member()}, ""),
        "club-lot": ("members/club/lot.html", _lot(now), ""),
        "club-history": ("members/club/history.html", history(now), "history"),
        "club-history-empty": (
            "members/club/history.html",
            {**_asked(), "days": [], "next": "", "shops": [], "months": [], "summed": None},
            "history",
        ),
        "club-history-none-such": (
            "members/club/history.html",
            {**_asked(kind="expired", month="1404-08"), "days": [], "next": ""},
            "history",
        ),
        "club-approval": ("merchants/approving/club.html", {"approval": _approval(now)}, ""),
        "club-approval-refused": (
            "merchants/approving/club.html",
            {"approval": _approval(now, "refused")},
            "",
        ),
        **samples_gifts.club_pages(now),
        **samples_rewards.club_pages(now),
        **samples_asking.club_pages(now),
    }


def _approval(now: datetime, state: str = "open") -> Sample:
    return Sample(id="a-1", shop="گل‌آرا", amount=1_700_000, at=now, state=state)


def _passkeys(now: datetime) -> dict[str, Any]:
    def key(id: str, name: str, used: datetime | None) -> Sample:
        return Sample(id=id, name=name, created_at=now - timedelta(days=40), last_used_at=used)

    return {
        "passkeys": [
            key("k-1", "گوشی اندروید", now - timedelta(hours=3)),
            key("k-2", "رایانه خانه", None),
        ],
        "origin": "http://localhost:8000",
        "elsewhere": "/noor/club/passkeys",
        "full": False,
        "form": Form({"name": "آیفون"}),
    }


def home(now: datetime) -> dict[str, Any]:
    return {
        "member": _member(),
        "qr": "9999123412341238",
        "worth": 15_650_000,
        "climbs": [_climb("گل‌آرا", "نقره‌ای", "طلایی", 7, 10), _climb("لاله", "", "برنزی", 1, 3)],
        "points": Sample(count=1_240, value=12_400_000),
        "credit": 3_250_000,
        "near": True,
        "approvals": [_approval(now)],
        "surveys": samples_asking.waiting(now),
        "codes": [Sample(shop="لاله", code="SALAM20", until=now + timedelta(days=20))],
        "leaving": None,
        "passkeys_at": "http://localhost:8000",
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
                "waits": True,
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


def _member() -> Any:
    return Sample(name="نرگس احمدی", number="9999123412341238", mobile="09121234567")


def _climb(shop: str, tier: str, following: str, done: int, needed: int) -> Any:
    lacks = f"{needed - done} خرید دیگر تا {following}"
    return Sample(shop=shop, tier=tier, next=following, done=done, needed=needed, lacks=lacks)


def _shops() -> dict[str, Any]:
    rows = [
        ("گل‌آرا", "گل و گیاه", 4_200_000, True),
        ("لاله", "پوشاک", 1_150_000, False),
        ("نان سحر", "نانوایی", 0, False),
    ]
    shops = [
        Sample(slug=f"s{n}", name=name, category=kind, value=value, bounded=bounded)
        for n, (name, kind, value, bounded) in enumerate(rows)
    ]
    kinds = ["پوشاک", "گل و گیاه", "نانوایی"]
    return {"shops": shops, "kinds": kinds, "kind": "", "q": "", "any": True}


def _shop() -> dict[str, Any]:
    paid = Sample(
        lot_id="l1",
        source="لاله",
        text="۱۱۵٬۰۰۰ تومان",
        value=1_150_000,
        until=date(2026, 2, 1),
        terms="تا ۳۰٪ خرید",
    )
    points = Sample(
        lot_id="l2", source="امتیاز نور", text="۳۰۵ امتیاز", value=3_050_000, until=None, terms=""
    )
    shop = Sample(name="گل‌آرا", category="گل و گیاه", value=4_200_000, payments=[paid, points])
    climb = _climb("گل‌آرا", "نقره‌ای", "طلایی", 7, 10)
    return {"shop": shop, "climb": climb, "offers": _offers()}


def _offers() -> list[Any]:
    mine = Sample(
        name="خرید بزرگ",
        then=["۱۰٪ اعتبار نزد همکاران، تا ۶۰ روز"],
        when="مبلغ فاکتور دست‌کم ۶۰۰٬۰۰۰ تومان باشد",
        lacks="",
        until=None,
        wished=True,
        act="unwish",
        mark="#",
    )
    lacking = Sample(
        name="ویژه طلایی‌ها",
        then=["۱۵٪ تخفیف"],
        when="سطح «طلایی» باشد",
        lacks="سطح شما «نقره‌ای» است و باید «طلایی» باشد.",
        until=datetime(2026, 1, 20, tzinfo=UTC),
        wished=False,
        act="wish",
        mark="#",
    )
    active = Sample(**vars(mine) | {"name": "هر که بخواهد", "act": "deactivate"})
    open_ = Sample(**vars(lacking) | {"name": "شب یلدا", "lacks": "", "act": "activate"})
    return [active, mine, open_, lacking]


def _gifts(now: datetime) -> dict[str, Any]:
    card = {
        "id": "g1",
        "number": "9999123412341238",
        "tail": "1238",
        "state": "open",
        "left": 3_000_000,
        "granted": 5_000_000,
        "to_name": "",
        "words": "تولدت مبارک",
        "shop": "گل‌آرا",
        "shops": ["گل‌آرا", "لاله"],
        "starts": None,
        "until": now + timedelta(days=60),
        "created_at": now - timedelta(days=3),
    }
    given = card | {"to_name": "مریم", "number": "", "brought": 100_000}
    return {
        "form": Form(),
        "kept": [card],
        "over": [card | {"state": "spent", "left": 0}],
        "given": [given],
    }


def _invite(now: datetime) -> dict[str, Any]:
    return {
        "address": "https://club.example/noor/invite/k7m2p9x4q",
        "words": "با من به باشگاه مجتمع نور بیا.",
        "promises": [
            Sample(shop="گل‌آرا", host=200_000, friend=100_000, minimum=500_000, shares=True),
            Sample(shop="لاله", host=300_000, friend=0, minimum=0, shares=False),
        ],
        "friends": [
            {"name": "مریم", "at": now - timedelta(days=3), "bought": True, "brought": 220_000},
            {"name": "", "at": now - timedelta(days=40), "bought": False, "brought": 0},
        ],
        "brought": 220_000,
        "opened": 7,
    }


def _erase(due: datetime | None, wallet: int = 0) -> dict[str, Any]:
    return {
        "form": Form(),
        "due": due,
        "days": 7,
        "worth": 15_650_000,
        "lost": [
            Sample(name="گل‌آرا", credit=2_100_000, points=0),
            Sample(name="لاله", credit=1_150_000, points=0),
            Sample(name="امتیاز نور", credit=0, points=1_240),
        ],
        "wallet": wallet,
        "commission": 230_000,
    }


def _me() -> dict[str, Any]:
    first = [
        ("مشخصات من", "نام، تولد و آنچه از خود گفته‌اید", "profile", "user-round"),
        ("کارت‌های من", "شماره عضویت، کارت چاپی، گزارش گم شدن", "cards", "id-card"),
    ]
    second = [
        ("اجازه‌ها", "چه کسی می‌تواند به شما پیام بدهد", "consents", "shield-check"),
        ("حذف عضویت", "پاک شدن نام، شماره و هر چه از شما نگه داشته می‌شود", "erase", "trash-2"),
    ]
    return {"member": _member(), "links": [first, second]}


def _new() -> dict[str, Any]:
    return {
        "member": Sample(name="", number="9999123412341238"),
        "qr": "9999123412341238",
        "worth": 0,
        "climbs": [],
        "points": Sample(count=0, value=0),
        "credit": 0,
        "leaving": None,
        "passkeys_at": "",
        "expiring": None,
        "offers": [],
        "shops": [],
        "near": False,
        "approvals": [],
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


def _asked(**asked: str) -> dict[str, Any]:
    """A history's filters, and the sums of two months."""
    sums = [
        {"kind": "earned", "credit": 2_400_000, "points": 45, "href": "#"},
        {"kind": "spent", "credit": -1_100_000, "points": 0, "href": "#"},
        {"kind": "expired", "credit": 0, "points": -12, "href": "#"},
    ]
    months = [("1404-09", "آذر ۱۴۰۴"), ("1404-08", "آبان ۱۴۰۴")]
    return {
        "asked": Asked(**asked),
        "paged": False,
        "shops": [("a", "گل‌آرا"), ("b", "لاله")],
        "month_choices": months,
        "months": [
            {"name": name, "href": "#", "sums": sums[: 3 - number]}
            for number, (_, name) in enumerate(months)
        ],
        "summed": {"name": "آذر ۱۴۰۴", "href": "#", "sums": sums},
    }


def history(now: datetime) -> dict[str, Any]:
    spent = (
        "۱۱۰٬۰۰۰ تومان از اعتبار گل‌آرا (تا ۱۵ دی) در لاله خرج شد؛ گل‌آرا آن را با صندوق تسویه می‌کند."
    )
    return {
        **_asked(),
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
