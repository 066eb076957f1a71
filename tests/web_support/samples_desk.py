"""Sample values of the mall's desk: members, one of them, a purchase of theirs."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from tests.web_support import samples_club

_PEOPLE = (("نرگس کاظمی", "09121234567", "گل‌آرا"), ("", "09351112233", "لاله"))


def pages(now: datetime, behind: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path); `behind`: what is told of a purchase."""
    listed, one = "shared_pool/desk/list.html", "shared_pool/desk/member.html"
    rows = [_member(now, *person) for person in _PEOPLE] + [_erased(now)]
    some = {"members": rows, "q": "", "next": "#", "previous": ""}
    bought = behind | {"member": rows[0]}
    return {
        "mall-members": (listed, some, "members"),
        "mall-members-none": (listed, {**some, "members": [], "next": ""}, "members"),
        "mall-members-filtered": (listed, {**some, "members": [], "q": "زهره"}, "members"),
        "mall-member": (one, _one(now, rows[0]), "members"),
        "mall-member-erased": (one, _nobody(now), "members"),
        "mall-purchase": ("shared_pool/desk/purchase.html", bought, "members"),
    }


def _member(now: datetime, name: str, mobile: str, by: str) -> Sample:
    return Sample(
        id=f"m-{mobile}",
        name=name,
        mobile=mobile,
        number="9999123412341238",
        erased=False,
        since=now - timedelta(days=90),
        by=by,
    )


def _erased(now: datetime) -> Sample:
    gone = {"mobile": "", "number": "", "erased": True}
    return Sample(**vars(_member(now, "", "0", "")) | gone)


def _one(now: datetime, member: Sample) -> dict[str, Any]:
    home, history = samples_club.home(now), samples_club.history(now)
    return {
        "member": member,
        "cards": [
            _card("1238", until=(now + timedelta(days=300)).date()),
            _card("7720", "lost", ended_at=now - timedelta(days=40), successor="1238"),
        ],
        "can_block": True,
        "can_renew": True,
        "credit": home["credit"],
        "points": home["points"],
        "expiring": home["expiring"],
        "leaving": now + timedelta(days=5),
        "shops": home["shops"],
        "days": history["days"],
        "next": "#",
        "paged": True,
    }


def _nobody(now: datetime) -> dict[str, Any]:
    nothing = {"shops": [], "days": [], "cards": [], "expiring": None, "leaving": None}
    empty = {"credit": 0, "points": Sample(count=0, value=0), "next": "", "paged": False}
    return {**_one(now, _erased(now)), **nothing, **empty}


def _card(tail: str, state: str = "active", **more: Any) -> Sample:
    rest = {"printed": True, "until": None, "ended_at": None, "successor": ""}
    return Sample(**{"tail": tail, "state": state, **rest, **more})
