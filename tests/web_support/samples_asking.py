"""Sample values of surveys, of gifts to groups, and of doors that promise one."""

from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Sample
from typing import Any

from tests.web_support.samples_offers import builder
from timcheh.text.digits import persian_digits
from timcheh.web.form import Form

Page = tuple[str, dict[str, Any], str]
_LINK = "http://localhost:8000/noor/club/surveys/0198c7a4-1c2d-7e3f-8a9b-0c1d2e3f4a5b"


def shop_pages(now: datetime) -> dict[str, Page]:
    """name -> (template, context, the menu's path)."""
    return {**_surveys(now), **_group_gifts(now), **_doors(now), **_places()}


def club_pages(now: datetime) -> dict[str, Page]:
    """The same for the member's phone."""
    options = [(str(n), text) for n, text in enumerate(("مرکزی", "شمال", "غرب"))]
    survey = Sample(
        id="1",
        title="خریدتان چطور بود؟",
        intro="",
        shop="گل‌آرا",
        anonymous=False,
        reward="۲٬۰۰۰ تومان",
        questions=[
            Sample(name="q-1", kind="one", text="کدام شعبه؟", required=True, options=options),
            Sample(name="q-2", kind="many", text="چه خریدید؟", required=False, options=options),
            Sample(
                name="q-3",
                kind="scale",
                text="برخورد همکاران؟",
                required=True,
                options=_grades(range(1, 6)),
            ),
            Sample(
                name="q-4",
                kind="nps",
                text="ما را به دوستان پیشنهاد می‌کنید؟",
                required=True,
                options=_grades(range(11)),
            ),
            Sample(name="q-5", kind="text", text="چه کنیم بهتر شویم؟", required=False, options=[]),
        ],
    )
    half = Form({"q-1": "1", "q-5": "صندوق تندتر"}, {"q-3": "به این پرسش پاسخ دهید."})
    ask = {"survey": survey, "form": half, "longest": 1000}
    return {
        "club-survey": ("merchants/surveys/answer.html", ask, ""),
        "club-near": ("merchants/places/club.html", _near(now), ""),
        "club-near-nothing": ("merchants/places/club.html", _near(now) | {"near": []}, ""),
        "club-surveys": ("merchants/surveys/club.html", {"surveys": waiting(now)}, ""),
        "club-surveys-none": ("merchants/surveys/club.html", {"surveys": []}, ""),
    }


def _grades(grades: range) -> list[tuple[str, str]]:
    return [(str(grade), persian_digits(str(grade))) for grade in grades]


def waiting(now: datetime) -> list[Any]:
    """What a member is asked."""
    return [
        Sample(
            id="1",
            title="خریدتان چطور بود؟",
            shop="گل‌آرا",
            reward="۲٬۰۰۰ تومان",
            until=now + timedelta(days=6),
        )
    ]


def _near(now: datetime) -> dict[str, Any]:
    offer = Sample(
        name="نزدیک ما",
        when="فاصله مشتری از نزدیک‌ترین شعبه حداکثر ۵۰۰ متر باشد",
        then=["۱۰٪ تخفیف"],
    )
    until = now + timedelta(minutes=95)
    near = [
        Sample(shop="گل‌آرا", branch="مرکزی", metres=300, until=until, offers=[offer]),
        Sample(shop="لاله", branch="شمال", metres=800, until=until, offers=[]),
    ]
    return {"near": near, "form": Form(), "minutes": 120}


def _places() -> dict[str, Page]:
    branches = [
        Sample(id="1", name="مرکزی", placed=True, radius=1_000),
        Sample(id="2", name="شمال", placed=False, radius=0),
    ]
    typed = {"latitude": "35.6997", "longitude": "513.379", "radius": "1000"}
    faulty = Form(typed, {"longitude": "عددی از ۰ تا ۱۸۰ بنویسید، مانند ۳۵٫۷۲۱۹."})
    return {
        "shop-places": ("merchants/places/list.html", {"branches": branches}, "terminals"),
        "shop-places-none": ("merchants/places/list.html", {"branches": []}, "terminals"),
        "shop-place": (
            "merchants/places/one.html",
            {"branch": branches[0], "form": faulty},
            "terminals",
        ),
    }


def _surveys(now: datetime) -> dict[str, Page]:
    survey = Sample(
        id="1",
        title="خریدتان چطور بود؟",
        intro="سه پرسش کوتاه",
        state="open",
        shown_state="active",
        way="با پیوند",
        by_link=True,
        open_days=7,
        anonymous=False,
        reward="۲٬۰۰۰ تومان",
        asked=640,
        answered=212,
        created_at=now,
    )
    questions = [
        Sample(
            id="1",
            text="کدام شعبه؟",
            kind="یک گزینه",
            required=True,
            choices=("مرکزی", "شمال"),
            answered=212,
            average=None,
            most=5,
            nps=None,
            options=[("مرکزی", 150), ("شمال", 62)],
            words=[],
        ),
        Sample(
            id="2",
            text="ما را به دوستان پیشنهاد می‌کنید؟",
            kind="سنجش توصیه (۰ تا ۱۰)",
            required=True,
            choices=(),
            answered=212,
            average=Decimal("8.1"),
            most=10,
            nps=-12,
            options=[(label, 3 * n) for n, (_, label) in enumerate(_grades(range(11)))],
            words=[],
        ),
        Sample(
            id="3",
            text="چه کنیم بهتر شویم؟",
            kind="متن",
            required=False,
            choices=(),
            answered=2,
            average=None,
            most=5,
            nps=None,
            options=[],
            words=[
                Sample(text="صندوق تندتر", at=now, member_id="1", name="نرگس احمدی"),
                Sample(text="ساعت کار بیشتر", at=now, member_id=None, name=""),
            ],
        ),
    ]
    draft = Form({"kind": "one", "text": "چه؟"}, {"choices": "دست‌کم ۲ گزینه بنویسید."})
    kinds = [("one", "یک گزینه"), ("many", "چند گزینه"), ("scale", "امتیاز ۱ تا ۵")]
    ways = [("purchase", "خودکار، پس از خرید"), ("link", "با پیوند")]
    editor = {
        "survey": survey,
        "sentence": "شمار خریدهای مشتری دست‌کم ۲ باشد",
        "questions": questions,
        "kinds": kinds,
        "form": draft,
        "editing": "",
    }
    terms = {
        "form": Form({"way": "purchase", "reward": "credit", "open_days": "14"}),
        "builder": builder("when", ()),
        "survey": None,
        "ways": ways,
    }
    results = {"survey": survey, "sentence": "", "link": _LINK, "questions": questions}
    silent = results | {"survey": Sample(**{**vars(survey), "asked": 0, "answered": 0})}
    return {
        "shop-surveys": ("merchants/surveys/list.html", {"surveys": [survey]}, "gift-cards"),
        "shop-surveys-none": ("merchants/surveys/list.html", {"surveys": []}, "gift-cards"),
        "shop-survey-terms": ("merchants/surveys/terms.html", terms, "gift-cards"),
        "shop-survey-draft": ("merchants/surveys/draft.html", editor, "gift-cards"),
        "shop-survey-draft-new": (
            "merchants/surveys/draft.html",
            editor | {"questions": [], "form": Form({"required": "yes"})},
            "gift-cards",
        ),
        "shop-survey": ("merchants/surveys/one.html", results, "gift-cards"),
        "shop-survey-silent": ("merchants/surveys/one.html", silent, "gift-cards"),
    }


def _group_gifts(now: datetime) -> dict[str, Page]:
    gift = {
        "id": "1",
        "group": "همکاران",
        "group_id": "1",
        "reason": "عیدی نوروز",
        "amount": 500_000,
        "people": 1_240,
        "given": 800,
        "cost": 620_000_000,
        "paid": 400_000_000,
        "budget": 500_000_000,
        "state": "giving",
        "shown_state": "giving",
        "starts": now,
        "until": now + timedelta(days=13),
        "created_at": now,
    }
    group = Sample(id="1", name="همکاران", count=1_240)
    places = [("own", "فقط همین فروشگاه"), ("partners", "این فروشگاه و همکارانش")]
    draft = gift | {"state": "draft", "shown_state": "draft", "given": 0, "paid": 0}
    before = {
        "gift": draft,
        "scope": "این فروشگاه و همکارانش",
        "over_budget": 120_000_000,
        "short": 20_000_000,
        "message": {
            "text": "گل‌آرا: ۵۰٬۰۰۰ تومان اعتبار بابت «عیدی نوروز» به شما هدیه شد؛"
            " تا پایان ۱۵ فروردین خرج کنید.",
            "cost": 4_960_000,
        },
        "failure": "",
        "may_begin": True,
    }
    under_way = before | {"gift": gift, "over_budget": 0, "short": 0, "may_begin": False}
    under_way["message"] = None
    form = {"form": Form(), "group": group, "scopes": places}
    return {
        "shop-group-gifts": (
            "merchants/groupgifts/list.html",
            {"gifts": [gift], "groups": [group]},
            "gift-cards",
        ),
        "shop-group-gifts-none": (
            "merchants/groupgifts/list.html",
            {"gifts": [], "groups": []},
            "gift-cards",
        ),
        "shop-group-gift-new": ("merchants/groupgifts/new.html", form, "gift-cards"),
        "shop-group-gift-draft": ("merchants/groupgifts/one.html", before, "gift-cards"),
        "shop-group-gift": ("merchants/groupgifts/one.html", under_way, "gift-cards"),
    }


def _doors(now: datetime) -> dict[str, Page]:
    door = Sample(
        id="1",
        name="استوری اینستاگرام",
        source="اینستاگرام",
        address="http://localhost:8000/noor/join/7kq3mzp",
        open=True,
        visits=420,
        customers=96,
        buyers=41,
        purchases=73,
        spend=312_000_000,
    )
    gift = {
        **promise(now),
        "unit": "rial",
        "given": 96,
        "most": 200,
        "cost": 48_000_000,
        "per_buyer": 1_170_730,
    }
    page = {"door": door, "gift": gift, "may_promise": False, "may_end": True, "codes": []}
    bare = page | {
        "gift": None,
        "may_promise": True,
        "may_end": False,
        "codes": [("A", "خوشامد: A")],
    }
    return {
        "shop-door": ("merchants/doors/one.html", page | {"form": Form()}, "customers"),
        "shop-door-bare": ("merchants/doors/one.html", bare | {"form": Form()}, "customers"),
    }


def promise(now: datetime) -> dict[str, Any]:
    """What a door's public page promises."""
    return {
        "words": "عضو شوید و ۵۰ هزار تومان هدیه بگیرید",
        "what": "۵۰٬۰۰۰ تومان اعتبار",
        "days": 30,
        "until": now + timedelta(days=20),
        "stands": True,
    }
