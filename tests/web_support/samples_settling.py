"""Sample values of how a settlement is paid: results, bank files, the bank's answers."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from timcheh.web.form import Form

_SHEBA = "IR820540102680020817909002"
_RESULTS = [
    ("paid", "انجام شد"),
    ("refused", "انجام نشد یا برگشت"),
    ("collateral", "از سپرده برداشته شد"),
    ("unknown", "نامعلوم"),
]
_LINES = (
    ("خواربار امید", -142_780_000, "received", "", "140509-118"),
    ("گل‌آرا", -31_500_000, "waiting", "", ""),
    ("نان سحر", 12_040_500, "refused", "شبا بسته است", ""),
    ("لاله", 84_250_000, "sent", "", ""),
)


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path)."""
    template = "shared_pool/settlement/one.html"
    return {
        "mall-settlement-paying": (template, _paying(now), "settlements"),
        "mall-settlement-bad": (template, {**_paying(now), "form": _mistaken()}, "settlements"),
        "mall-settlement-bank": (
            "shared_pool/banking/bank.html",
            _bank(now),
            "settlements",
        ),
        "mall-settlement-bank-first": (
            "shared_pool/banking/bank.html",
            {**_bank(now), "account": None, "files": [], "can_make": False},
            "settlements",
        ),
        "mall-settlement-answers": (
            "shared_pool/banking/answers.html",
            _answers(now),
            "settlements",
        ),
        "mall-settlement-statements": (
            "shared_pool/statements/list.html",
            {
                "settlement_id": "s-0",
                "state": "approved",
                "created_at": now,
                "statements": [
                    Sample(merchant_id=f"shop-{n}", shop=name, net=net, result=result)
                    for n, (name, net, result, _, _) in enumerate(_LINES)
                ],
            },
            "settlements",
        ),
        "mall-fund-account": (
            "shared_pool/banking/account.html",
            {
                "form": Form({"holder": "مجتمع نور", "sheba": _SHEBA, "profile": "common"}),
                "profiles": [("common", "عمومی (پایا، ISO 20022)"), ("mehr", "مهر ایران")],
            },
            "settlements",
        ),
    }


def shop_pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """The fund as one shop sees it."""
    template = "shared_pool/ownfund/fund.html"
    none = {"partners": [], "statements": [], "next": "", "fees": 0, "points": 0, "wallet": 0}
    start = {**_own(now), **none, "position": 0, "on_its_way": 0, "since": None, "used": 0}
    over = {**_own(now), "position": -61_000_000, "on_its_way": -12_000_000, "used": 160_000_000}
    return {
        "shop-fund": (template, _own(now), "fund"),
        "shop-fund-none": (template, start, "fund"),
        "shop-fund-over": (template, over, "fund"),
    }


def _own(now: datetime) -> dict[str, Any]:
    partners = (
        ("گل‌آرا", 12_640_000, 4_190_000),
        ("خواربار امید", 3_125_000, 8_802_000),
        ("نان سحر", 910_000, 910_000),
    )
    results = ("sent", "paid", "refused")
    return {
        "position": 84_250_000,
        "on_its_way": 71_400_000,
        "since": now - timedelta(days=9),
        "partners": [
            Sample(name=name, accepted=here, spent=there, net=here - there)
            for name, here, there in partners
        ],
        "fees": 333_500,
        "points": -1_200_000,
        "wallet": 2_450_000,
        "deposit": 100_000_000,
        "limit": 50_000_000,
        "cover": 150_000_000,
        "used": 96_300_000,
        "statements": [
            Sample(
                id=f"s-{n}",
                at=now - timedelta(days=9 + 30 * n),
                net=71_400_000 - n * 80_000_000 // 2,
                result=result,
                note="شبا بسته است" if result == "refused" else "",
            )
            for n, result in enumerate(results)
        ],
        "next": "#",
        "previous": "",
    }


def _paying(now: datetime) -> dict[str, Any]:
    steps = (("پیش‌نویس", "مریم رستگار", 5), ("تأیید نفر دوم", "کاوه بهرامی", 4))
    return {
        "settlement": Sample(
            id="s-0",
            state="approved",
            created_at=now,
            total_pay=174_280_000,
            total_receive=96_290_500,
            fees=3_380_000,
            settled=2,
            steps=[
                *(Sample(label=a, by=b, at=now - timedelta(hours=c)) for a, b, c in steps),
                Sample(label="انجام", by="", at=None),
            ],
        ),
        "lines": [
            Sample(
                merchant_id=f"shop-{n}",
                name=name,
                sheba="" if n == 1 else _SHEBA,
                net=net,
                result=result,
                note=note,
                reference=reference,
            )
            for n, (name, net, result, note, reference) in enumerate(_LINES)
        ],
        "form": Form({"line-shop-1": "on"}),
        "results": _RESULTS,
        "can_approve": False,
        "can_complete": True,
        "can_mark": True,
        "can_cancel": False,
        "is_own_draft": False,
    }


def _mistaken() -> Form:
    return Form(
        {"result": "refused"},
        {
            "lines": "دست‌کم یک فروشگاه را برگزینید.",
            "note": "بنویسید چرا پرداخت نشد؛ فروشگاه هم این را می‌بیند.",
        },
    )


def _bank(now: datetime) -> dict[str, Any]:
    name = f"{_SHEBA}00000001"
    return {
        "settlement": Sample(id="s-0", state="approved", created_at=now),
        "account": Sample(holder="مجتمع نور", sheba=_SHEBA, bank="بانک پارسیان"),
        "ready": Sample(count=3, total=96_290_500),
        "stuck": [
            Sample(
                href="#",
                name="کتاب پرستو",
                amount=1_204_000,
                why="شبا ندارد؛ در صفحه فروشگاه بنویسید یا پرداخت را به روش دیگری ثبت کنید.",
            )
        ],
        "files": [
            Sample(
                id=f"f-{n}",
                name=f"{name}{2 - n}",
                payments=4 - n,
                total=96_290_500 - n * 10_000_000,
                made_at=now - timedelta(hours=n),
                made_by="کاوه بهرامی",
                withdrawn=n == 1,
            )
            for n in range(2)
        ],
        "form": Form(),
        "can": True,
        "can_make": True,
        "can_answer": True,
        "size": 2,
    }


def _answers(now: datetime) -> dict[str, Any]:
    results = ("paid", "refused", "unknown", "paid")
    names = ("لاله", "نان سحر", "خواربار امید", "گل‌آرا")
    return {
        "settlement": Sample(id="s-0", created_at=now),
        "answers": [
            Sample(
                row=n + 3,
                name=name,
                amount=84_250_000 // (n + 1) // 10 * 10,
                result=result,
                now="paid" if n == 3 else "sent",
                changes=n != 3,
                note="حساب بسته است" if result == "refused" else "",
                reference="140509-77" if result == "paid" else "",
            )
            for n, (name, result) in enumerate(zip(names, results, strict=True))
        ],
        "misfits": [
            Sample(row=9, code="other_amount", sheba=_SHEBA, amount="۸۴٬۲۵۰"),
        ],
        "counts": {"paid": 1, "refused": 1, "unknown": 1},
        "marks": "[]",
        "some": True,
    }
