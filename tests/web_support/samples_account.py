"""Sample values of a person's own page in a portal, and of the second step at the door."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from tests.web_support import samples_till
from timcheh.web.form import Form

_ORIGIN = "http://localhost:8000"


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str | None]]:
    """name -> (template, context, the menu's path)."""
    off = Sample(on=False, app_since=None, passkeys=[], codes=0)
    wrong = Form({}, {"password-app": "گذرواژه درست نیست."})
    return {
        "shop-account": ("account/own.html", _own(off), ""),
        "shop-account-on": ("account/own.html", _own(_on(now)), ""),
        "shop-account-refused": ("account/own.html", _own(_on(now)) | {"form": wrong}, ""),
        "shop-staff-lost": (
            "merchants/people/one.html",
            samples_till.staff_one() | {"second": "reset"},
            "staff",
        ),
        "shop-account-app": (
            "account/app.html",
            {
                "qr": "otpauth://totp/x:09121234567?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=x",
                "secret": "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
                "form": Form(),
            },
            "",
        ),
        "shop-account-codes": (
            "account/codes.html",
            {"codes": [f"k7{each}mx-r2w{each}p" for each in range(10)]},
            "",
        ),
    }


def front_pages(mall_name: str) -> dict[str, tuple[str, dict[str, Any], None]]:
    """The second step at the door."""
    door = {"mall_name": mall_name, "here": "#", "next": "", "back": "#"}
    wrong = Form({}, {"second_factor": "کد درست نیست، یا یک بار به کار رفته است."})
    return {
        "sign-in-second": (
            "sign_in/second.html",
            door | {"form": Form(), "app": True, "origin": _ORIGIN},
            None,
        ),
        "sign-in-second-refused": (
            "sign_in/second.html",
            door | {"form": wrong, "app": False, "origin": _ORIGIN},
            None,
        ),
    }


def people() -> dict[str, Any]:
    """The mall's own, and two of shops."""

    def one(id: str, name: str, works: list[tuple[str, str]], **more: bool) -> dict[str, Any]:
        mobile = f"0912123456{id}"
        return {"id": id, "name": name, "mobile": mobile, "works": works} | {
            "second": True, "me": False, **more,
        }  # fmt: skip

    return {
        "people": [
            one("1", "مریم رستگار", [("مدیر مجتمع", "مجتمع نور")], me=True),
            one("2", "کاوه بهرامی", [("حسابدار", "مجتمع نور")], second=False),
            one("3", "سامان کریمی", [("مالک", "گل‌آرا"), ("مدیر", "لاله")]),
        ]
    }


def _own(factors: Sample) -> dict[str, Any]:
    return {
        "name": "سامان کریمی",
        "mobile": "09121234567",
        "factors": factors,
        "full": False,
        "origin": _ORIGIN,
        "elsewhere": "/noor/shop/account",
        "form": Form({"name": "رایانه ویندوزی"}),
    }


def _on(now: datetime) -> Sample:
    key = Sample(
        id="k-1",
        name="رایانه دفتر",
        created_at=now - timedelta(days=20),
        last_used_at=now - timedelta(hours=2),
    )
    return Sample(on=True, app_since=now - timedelta(days=40), passkeys=[key], codes=8)
