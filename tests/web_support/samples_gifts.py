"""Sample values of what a shop gives away, for its pages and the member's."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from timcheh.web.form import Form

Page = tuple[str, dict[str, Any], str]


def shop_pages(now: datetime) -> dict[str, Page]:
    """name -> (template, context, the menu's path)."""
    assign: Page = ("members/cards/assign.html", {"form": Form()}, "cards")
    return {**_codes(now), **_gift_cards(now), **_referral(now), "shop-card-assign": assign}


def club_pages(now: datetime) -> dict[str, Page]:
    """The same for the member's phone."""
    cards = [
        Sample(tail="8903", state="active", printed=True, until=now, ended_at=None, successor=""),
        Sample(
            tail="1204", state="lost", printed=False, until=None, ended_at=now, successor="8903"
        ),
    ]
    mine = {"number": "9364012345678903", "cards": cards}
    return {
        "club-code": ("merchants/codes/club.html", {"form": Form()}, ""),
        "club-cards": ("members/cards/club.html", mine, ""),
    }


def _codes(now: datetime) -> dict[str, Page]:
    batch = Sample(
        id="1",
        name="چای بهاره",
        points=25,
        count=10_000,
        redeemed=1_240,
        given=31_000,
        state="active",
        starts_at=now,
        ends_at=now + timedelta(days=90),
        created_at=now,
    )
    parts = [
        Sample(number=n, first=n * 1000 - 999, last=n * 1000, made_at=now if n < 4 else None)
        for n in range(1, 6)
    ]
    uptake = Sample(redeemed=1_240, at_till=300, members=911)
    faulty = Form({"count": "۲۰۰۰۰۰"}, {"count": "مقداری برابر یا کمتر از ۱۰۰٬۰۰۰ وارد کنید."})
    points = [("own:point", "امتیاز اختصاصی فروشگاه"), ("x", "امتیاز تجمیعی")]
    return {
        "shop-codes": ("merchants/codes/list.html", {"batches": [batch]}, "codes"),
        "shop-codes-empty": ("merchants/codes/list.html", {"batches": []}, "codes"),
        "shop-codes-new": ("merchants/codes/new.html", {"form": faulty, "scopes": points}, "codes"),
        "shop-codes-one": (
            "merchants/codes/one.html",
            {"batch": batch, "uptake": uptake, "parts": parts, "waiting": 2},
            "codes",
        ),
        "shop-codes-counter": ("merchants/codes/counter.html", {"form": Form()}, "codes"),
    }


def _gift_cards(now: datetime) -> dict[str, Page]:
    card = Sample(
        id="1",
        number="9364012345678903",
        tail="8903",
        state="open",
        granted=5_000_000,
        left=3_000_000,
        to_name="نرگس",
        words="تولدت مبارک",
        giver_bps=500,
        scope="فقط همین فروشگاه",
        starts=None,
        until=now + timedelta(days=90),
        created_at=now,
    )
    moves = [
        Sample(at=now, amount=-2_000_000, text="خرید از گل‌آرا"),
        Sample(at=now - timedelta(days=3), amount=5_000_000, text="صدور کارت"),
    ]
    places = [("own", "فقط همین فروشگاه"), ("partners", "این فروشگاه و همکارانش")]
    return {
        "shop-gift-cards": ("merchants/giftcards/list.html", _listed([card]), "gift-cards"),
        "shop-gift-cards-empty": ("merchants/giftcards/list.html", _listed([]), "gift-cards"),
        "shop-gift-card-new": (
            "merchants/giftcards/new.html",
            {"form": Form(), "request_key": "x", "scopes": places},
            "gift-cards",
        ),
        "shop-gift-card": (
            "merchants/giftcards/one.html",
            {"card": card, "moves": moves, "shops": ["گل‌آرا", "لاله"]},
            "gift-cards",
        ),
    }


def _listed(cards: list[Any]) -> dict[str, Any]:
    return {"cards": cards, "q": "", "left": 0}


def front_pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], None]]:
    """Pages for whoever comes."""
    card = Sample(
        state="open",
        left=3_000_000,
        granted=5_000_000,
        shop="گل‌آرا",
        shops=["گل‌آرا", "لاله"],
        starts=None,
        until=now + timedelta(days=90),
    )
    context = {"form": Form(), "card": card, "mall_name": "مجتمع نور"}
    return {"gift-card": ("merchants/giftcards/balance.html", context, None)}


def mall_pages(now: datetime) -> dict[str, Page]:
    """The mall's own cards."""
    order = Sample(
        id="1",
        name="کارت بهار",
        kind="credit",
        count=1000,
        blank=640,
        handed=360,
        active=340,
        ended=20,
        months=24,
        created_at=now,
    )
    parts = [
        Sample(number=n, first=n * 200 - 199, last=n * 200, made_at=now if n < 3 else None)
        for n in range(1, 6)
    ]
    kinds = [("credit", "کارت اعتبار"), ("points", "کارت امتیاز"), ("gift", "کارت هدیه")]
    design = Form({"title": "باشگاه نور", "colour": "#0e7a7f", "count": "100"})
    desk = {"form": Form(), "desk": True}
    return {
        "mall-cards": ("members/cards/orders.html", {"orders": [order], **desk}, "cards"),
        "mall-cards-empty": ("members/cards/orders.html", {"orders": [], **desk}, "cards"),
        "mall-cards-new": ("members/cards/new.html", {"form": design, "kinds": kinds}, "cards"),
        "mall-cards-one": (
            "members/cards/one.html",
            {"order": order, "parts": parts, "waiting": 3},
            "cards",
        ),
    }


def _referral(now: datetime) -> dict[str, Page]:
    row = Sample(
        at=now,
        kind="commission",
        level=1,
        name="نرگس احمدی",
        amount=20_000,
        taken_back=5_000,
        purchase_id="1",
        state="withheld",
    )
    context = {
        "form": Form({"first_reward": "20000", "level_1": "2"}),
        "levels": (1, 2, 3),
        "sums": {"referral": 200_000, "friend": 100_000, "commission": 15_000, "ambassador": 0},
        "owed": [Sample(person="1", name="نرگس احمدی", amount=15_000)],
        "rows": [row],
    }
    empty = context | {"owed": [], "rows": [], "form": Form()}
    return {
        "shop-referral": ("merchants/referral/page.html", context, "gift-cards"),
        "shop-referral-empty": ("merchants/referral/page.html", empty, "gift-cards"),
    }
