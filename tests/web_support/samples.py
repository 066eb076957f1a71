"""Every page of the first screens with realistic values: name -> (template, context, frame)."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from tests.web_support import (
    samples_account,
    samples_club,
    samples_gifts,
    samples_goods,
    samples_mall,
    samples_people,
    samples_shop,
    samples_sorting,
    samples_trial,
)
from timcheh.module import Audience
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale
from timcheh.web import styleguide
from timcheh.web.form import Form
from timcheh.web.frame import Frame, nav_links
from timcheh_app.modules import modules

Page = tuple[str, dict[str, Any], Frame | None]

MALL = "مجتمع نور"
_MENU = [item for module in modules() for item in module.menu]
_EVERYTHING = {item.permission for item in _MENU if item.permission}


def frame(audience: Audience, here: str, locale: Locale = Locale.FA) -> Frame:
    """The shell of one audience, with the product's own menu and the place `here` marked."""
    place, person, role = {
        "mall": ("", "مریم رستگار", "administrator"),
        "merchant": ("گل‌آرا", "سامان کریمی", "owner"),
        "member": ("", "نرگس احمدی", ""),
    }[audience]
    made = Frame(audience, MALL, "noor", place=place, person=person)
    text = partial(translate, locale)
    links = nav_links(
        _MENU,
        audience=audience,
        mall_slug="noor",
        path=f"{made.root}/{here}",
        permissions=_EVERYTHING,
        text=text,
    )
    return replace(made, links=links, role=text(f"role-{role}") if role else "")


def pages(now: datetime, locale: Locale = Locale.FA) -> dict[str, Page]:
    """All sample pages as of `now` (aware), their shells in a language."""
    found: dict[str, Page] = {
        "styleguide": (styleguide.TEMPLATE, styleguide.context(now), None),
        **_before_signing_in(),
        **samples_people.front_pages(now),
        **samples_gifts.front_pages(now),
        **samples_goods.front_pages(now),
    }
    audiences: list[tuple[Audience, Any]] = [
        ("mall", samples_mall),
        ("merchant", samples_shop),
        ("merchant", samples_trial),
        ("merchant", samples_account),
        ("merchant", samples_goods),
        ("merchant", samples_sorting),
        ("member", samples_club),
    ]
    for audience, module in audiences:
        for name, (template, context, here) in module.pages(now).items():
            found[name] = (template, context, frame(audience, here, locale))
    return found


def _before_signing_in() -> dict[str, Page]:
    others = [("ورود فروشگاه", "#"), ("باشگاه مشتریان", "#")]
    mistake = Form(
        {"mobile": "0912"}, {"mobile": "شماره موبایل باید با ۰۹ شروع شود و ۱۱ رقم باشد."}
    )
    staff = {"mall_name": MALL, "next": "", "others": others}
    passkey = {"origin": "http://localhost:8000", "door": "#", "by_itself": False}
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
        "sign-in-member": (
            "sign_in/member.html",
            {**staff, "form": Form(), "passkey": passkey},
            None,
        ),
        "sign-in-code": ("sign_in/code.html", code, None),
        **samples_account.front_pages(MALL),
        "join": (
            "sign_in/join.html",
            {"mall_name": MALL, "name": "سامان", "form": Form()},
            None,
        ),
        "malls": ("malls.html", {"malls": malls, "mall_name": ""}, None),
        "malls-none": ("malls.html", {"malls": [], "mall_name": ""}, None),
        "error": ("error.html", error, None),
        "offline": ("installing/offline.html", {"mall_name": MALL, "home": "/noor/club"}, None),
    }
