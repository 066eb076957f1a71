"""Sample values of rewards, thresholds and activities, for the shop's pages and the member's."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from merchants.activities.service import KINDS as ACTIVITIES
from merchants.conditions.showing import ShownBuilder
from merchants.rewards.catalogue import KINDS
from merchants.thresholds.service import GIVES
from timcheh.web.form import Form

Page = tuple[str, dict[str, Any], str]
POINTS = [("own:point", "امتیاز اختصاصی فروشگاه"), ("x", "امتیاز تجمیعی")]
PERIODS = [("ever", "یک بار"), ("year", "هر سال یک بار"), ("month", "هر ماه یک بار")]


def shop_pages(now: datetime) -> dict[str, Page]:
    """name -> (template, context, the menu's path)."""
    return {**_rewards(now), **_thresholds(now), **_activities(now)}


def club_pages(now: datetime) -> dict[str, Page]:
    """The same for the member's phone."""
    cheap = _chance(now, held=640)
    dear = _chance(now, held=640, points=900, open=False, short=True, name="بلیت کنسرت")
    gone = _chance(now, held=640, open=False, why_not="همه تعداد آن را گرفته‌اند.", name="کیف")
    waiting = _claim(now)
    past = _claim(now, state="delivered", open=False, handed_at=now)
    shops = [Sample(name="گل‌آرا", rewards=[cheap, dear, gone])]
    full = {"shops": shops, "waiting": [waiting], "past": [past]}
    empty: dict[str, Any] = {"shops": [], "waiting": [], "past": []}
    take = {"form": Form(), "request_key": "x"}
    doable = [
        _activity("profile", "کامل کردن مشخصات", state="granted"),
        _activity("follow", "دنبال کردن صفحه فروشگاه", state="waiting"),
        _activity("review", "نوشتن نظر"),
    ]
    review = Sample(**vars(doable[2]), shop="گل‌آرا", words="", link="", why_not="")
    profile = _activity("profile", "کامل کردن مشخصات")
    lacking = Sample(**vars(profile), shop="گل‌آرا", words="", link="", why_not="")
    stars = [(str(n), f"{n} از ۵") for n in (5, 4, 3, 2, 1)]
    one = {"missing": [], "stars": stars, "form": Form()}
    coupon = Sample(code="NOROOZ", name="باشگاه ۵۰۰", shop="گل‌آرا", at=now)
    lists = "merchants/activities/club.html"
    return {
        "club-rewards": ("merchants/rewards/club.html", full, "rewards"),
        "club-rewards-empty": ("merchants/rewards/club.html", empty, "rewards"),
        "club-reward": ("merchants/rewards/club_one.html", {"reward": cheap, **take}, "rewards"),
        "club-reward-short": (
            "merchants/rewards/club_one.html",
            {"reward": dear, **take},
            "rewards",
        ),
        "club-claim": ("merchants/rewards/claim.html", {"claim": waiting}, "rewards"),
        "club-claim-done": ("merchants/rewards/claim.html", {"claim": past}, "rewards"),
        "club-coupons": ("merchants/thresholds/club.html", {"coupons": [coupon]}, "rewards"),
        "club-activities": (lists, {"shops": [Sample(name="گل‌آرا", activities=doable)]}, "rewards"),
        "club-activities-empty": (lists, {"shops": []}, "rewards"),
        "club-activity": (
            "merchants/activities/club_one.html",
            {"activity": review, **one},
            "rewards",
        ),
        "club-activity-profile": (
            "merchants/activities/club_one.html",
            {"activity": lacking, **one, "missing": ["تاریخ تولد", "شهر"]},
            "rewards",
        ),
    }


def _chance(now: datetime, **more: Any) -> Any:
    values: dict[str, Any] = {
        "id": "1",
        "name": "قهوه مهمان",
        "words": "یک فنجان قهوه از هر نوع که بخواهید.",
        "kind": "service",
        "sign": "sparkles",
        "points": 120,
        "held": 640,
        "amount": None,
        "place": None,
        "event_at": None,
        "until": now + timedelta(days=30),
        "claim_days": 14,
        "left": 12,
        "open": True,
        "short": False,
        "why_not": "",
        "picture": "",
        "shop": "گل‌آرا",
    }
    return Sample(**values | more)


def _claim(now: datetime, **more: Any) -> Any:
    values: dict[str, Any] = {
        "id": "1",
        "reward_id": "1",
        "name": "قهوه مهمان",
        "shop": "گل‌آرا",
        "who": "نرگس احمدی",
        "code": "40718263",
        "points": 120,
        "reason": "",
        "state": "claimed",
        "open": True,
        "until": now + timedelta(days=14),
        "at": now,
        "handed_at": None,
        "at_till": False,
        "is_credit": False,
        "value": 0,
    }
    return Sample(**values | more)


def _rewards(now: datetime) -> dict[str, Page]:
    reward = Sample(
        **vars(_chance(now)),
        sku=None,
        starts=None,
        per_member=2,
        stock=40,
        taken=28,
        handed=22,
        waiting=6,
        back=3,
        published=True,
        state="active",
    )
    draft = Sample(**vars(reward) | {"published": False, "state": "draft", "left": None})
    claims = [_claim(now), _claim(now, id="2", state="delivered", open=False, handed_at=now)]
    one = {"reward": reward, "who": "اگر شمار خرید دست‌کم ۳ باشد", "claims": claims}
    faulty = Form(
        {"kind": "event", "points": "۰", "event_time": "شش"},
        {"points": "مقداری برابر یا بیشتر از ۱ وارد کنید.", "event_time": "مانند ۱۸:۳۰"},
    )
    form = {
        "kinds": KINDS,
        "reward_id": None,
        "scopes": POINTS,
        "goods": [("tea", "چای")],
        "builder": ShownBuilder("when", "#", "all", (), (), (), ()),
    }
    member = Sample(id="1", name="نرگس احمدی", tail="8903")
    dear = _chance(now, id="2", open=False, why_not="این پاداش ۹۰۰ امتیاز می‌خواهد.", points=900)
    till = {"form": Form(), "request_key": "x", "claim": None, "member": None, "rewards": []}
    found = till | {"member": member, "rewards": [_chance(now), dear]}
    listed = {"rewards": [reward, draft], "claims": claims[:1]}
    return {
        "shop-rewards": ("merchants/rewards/list.html", listed, "rewards"),
        "shop-rewards-empty": (
            "merchants/rewards/list.html",
            {"rewards": [], "claims": []},
            "rewards",
        ),
        "shop-reward": ("merchants/rewards/one.html", one | {"form": Form()}, "rewards"),
        "shop-reward-new": (
            "merchants/rewards/form.html",
            form | {"form": faulty, "kind": "event"},
            "rewards",
        ),
        "shop-reward-new-discount": (
            "merchants/rewards/form.html",
            form | {"form": Form(), "kind": "discount"},
            "rewards",
        ),
        "shop-reward-till": ("merchants/rewards/counter.html", found, "till"),
        "shop-reward-till-claim": (
            "merchants/rewards/counter.html",
            till | {"claim": claims[0]},
            "till",
        ),
    }


def _thresholds(now: datetime) -> dict[str, Page]:
    row = Sample(
        id="1",
        name="باشگاه ۵۰۰",
        points=500,
        measure="held",
        period="ever",
        gives="credit",
        amount=500_000,
        reward="",
        coupon="",
        state="active",
        given=14,
    )
    yearly = Sample(
        **vars(row)
        | {"id": "2", "measure": "earned", "period": "year", "gives": "reward", "reward": "قهوه"}
    )
    award = Sample(at=now, name="باشگاه ۵۰۰", who="نرگس احمدی", points=512, failed=False)
    failed = Sample(**vars(award) | {"failed": True})
    listed = {"thresholds": [row, yearly], "awards": [award, failed]}
    form = {
        "form": Form(),
        "kinds": GIVES,
        "measures": [("held", "امتیاز موجود"), ("earned", "امتیاز دریافتی از شما")],
        "periods": PERIODS,
        "scopes": POINTS,
        "rewards": [],
        "coupons": [("NOROOZ", "NOROOZ")],
    }
    path = "merchants/thresholds/form.html"
    return {
        "shop-thresholds": ("merchants/thresholds/list.html", listed, "rewards"),
        "shop-threshold-new": (path, form | {"gives": "credit"}, "rewards"),
        "shop-threshold-new-reward": (path, form | {"gives": "reward"}, "rewards"),
    }


def _activity(kind: str, name: str, state: str = "") -> Any:
    return Sample(
        id=kind,
        kind=kind,
        name=name,
        points=50,
        repeats="ever",
        confirms=kind == "follow",
        state=state,
    )


def _activities(now: datetime) -> dict[str, Page]:
    rows = [
        Sample(**vars(_activity(kind, name, "active")), month_cap=None, times=31, given=1_550)
        for kind, name in (("profile", "کامل کردن مشخصات"), ("follow", "دنبال کردن صفحه"))
    ]
    report = Sample(
        id="1",
        activity="دنبال کردن صفحه",
        who="نرگس احمدی",
        points=50,
        proof="@narges.a",
        stars=0,
        at=now,
        granted=False,
        why_not="",
    )
    review = Sample(
        **vars(report) | {"granted": True, "stars": 4, "proof": "برخورد خوب و خرید راحت."}
    )
    listed = {"activities": rows, "waiting": [report], "decided": [review]}
    empty: dict[str, Any] = {"activities": [], "waiting": [], "decided": []}
    form = {"form": Form(), "kind": "follow", "kinds": ACTIVITIES, "scopes": POINTS}
    return {
        "shop-activities": ("merchants/activities/list.html", listed, "rewards"),
        "shop-activities-empty": ("merchants/activities/list.html", empty, "rewards"),
        "shop-activity-new": (
            "merchants/activities/form.html",
            form | {"periods": PERIODS},
            "rewards",
        ),
    }
