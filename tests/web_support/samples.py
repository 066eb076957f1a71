"""Every page of the first screens with realistic values: name -> (template, context, frame)."""

from datetime import datetime
from typing import Any

from tests.web_support import (
    samples_club,
    samples_gifts,
    samples_mall,
    samples_people,
    samples_shop,
    samples_trial,
)
from timcheh.module import Audience
from timcheh.text.catalogue import translate
from timcheh.web import styleguide
from timcheh.web.form import Form
from timcheh.web.frame import Frame, NavLink

Page = tuple[str, dict[str, Any], Frame | None]

MALL = "مجتمع نور"
_MENUS: dict[Audience, list[tuple[str, str, str]]] = {
    "mall": [
        ("menu-mall-shops", "shops", "store"),
        ("menu-mall-fund", "fund", "landmark"),
        ("menu-mall-settlements", "settlements", "scale"),
        ("menu-mall-proof", "proof", "shield-check"),
    ],
    "merchant": [
        ("menu-shop-today", "", "sun"),
        ("menu-shop-till", "till", "scan-line"),
        ("menu-shop-customers", "customers", "users"),
        ("menu-shop-purchases", "purchases", "receipt"),
        ("menu-shop-offers", "offers", "list-checks"),
        ("menu-shop-partners", "partners", "handshake"),
    ],
    "member": [
        ("menu-club-home", "", "id-card"),
        ("menu-club-history", "history", "history"),
        ("menu-club-rewards", "rewards", "gift"),
        ("menu-club-profile", "profile", "user-round"),
        ("menu-club-cards", "cards", "id-card"),
    ],
}


def frame(audience: Audience, here: str, locale: str = "fa") -> Frame:
    """The shell of one audience with the place `here` marked."""
    place, person, role = {
        "mall": ("", "مریم رستگار", "مدیر مجتمع"),
        "merchant": ("گل‌آرا", "سامان کریمی", "مالک"),
        "member": ("", "نرگس احمدی", ""),
    }[audience]
    made = Frame(audience, MALL, "noor", place=place, person=person, role=role)
    links = [
        NavLink(translate(locale, label), f"{made.root}/{path}".rstrip("/"), icon, path == here)
        for label, path, icon in _MENUS[audience]
    ]
    return Frame(audience, MALL, "noor", links, place, person, role)


def pages(now: datetime) -> dict[str, Page]:
    """All sample pages as of `now` (aware)."""
    found: dict[str, Page] = {
        "styleguide": (styleguide.TEMPLATE, styleguide.context(now), None),
        **_before_signing_in(),
        **samples_people.front_pages(now),
        **samples_gifts.front_pages(now),
    }
    audiences: list[tuple[Audience, Any]] = [
        ("mall", samples_mall),
        ("merchant", samples_shop),
        ("merchant", samples_trial),
        ("member", samples_club),
    ]
    for audience, module in audiences:
        for name, (template, context, here) in module.pages(now).items():
            found[name] = (template, context, frame(audience, here))
    return found


def _before_signing_in() -> dict[str, Page]:
    others = [("ورود فروشگاه", "#"), ("باشگاه مشتریان", "#")]
    mistake = Form(
        {"mobile": "0912"}, {"mobile": "شماره موبایل باید با ۰۹ شروع شود و ۱۱ رقم باشد."}
    )
    staff = {"mall_name": MALL, "next": "", "others": others}
    code = {
        "mall_name": MALL,
        "mobile": "09121234567",
        "form": Form(),
        "seconds": 60,
        "resend": "#",
        "back": "#",
        "inbox": "/dev/inbox",
    }
    error = {
        "title": "پیدا نشد",
        "detail": "چنین چیزی نیست یا در دسترس شما نیست.",
        "request_id": "9f2c11ab",
        "back": "/",
        "mall_name": MALL,
    }
    malls = [type("Mall", (), {"name": MALL, "slug": "noor"})]
    return {
        "sign-in-mall": ("sign_in/staff.html", {**staff, "audience": "mall", "form": Form()}, None),
        "sign-in-shop": (
            "sign_in/staff.html",
            {**staff, "audience": "merchant", "form": mistake},
            None,
        ),
        "sign-in-member": ("sign_in/member.html", {**staff, "form": Form()}, None),
        "sign-in-code": ("sign_in/code.html", code, None),
        "join": (
            "sign_in/join.html",
            {"mall_name": MALL, "name": "سامان", "form": Form()},
            None,
        ),
        "malls": ("malls.html", {"malls": malls, "mall_name": ""}, None),
        "malls-none": ("malls.html", {"malls": [], "mall_name": ""}, None),
        "error": ("error.html", error, None),
    }
