"""Sample values of the mall administrators' pages."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from tests.web_support import (
    samples_account,
    samples_board,
    samples_desk,
    samples_gifts,
    samples_onboarding,
    samples_pools,
    samples_settling,
    samples_trial,
)
from tests.web_support.pickers import period_picker
from timcheh.web.form import Form

_FIELDS = (
    *("name", "category", "state", "missing"),
    *("outstanding", "clearing", "deposit", "credit_limit"),
)
_SHOPS = (
    ("گل‌آرا", "گل و گیاه", "active", "", 428_000_000, -31_500_000, 100_000_000, 50_000_000),
    ("لاله", "پوشاک", "active", "", 1_204_000_000, 84_250_000, 200_000_000, 0),
    ("نان سحر", "نانوایی و قنادی", "active", "", 96_300_000, 12_040_500, 50_000_000, 50_000_000),
    ("کتاب پرستو", "کتاب و لوازم تحریر", "incomplete", "شبا و الگو مانده است", 0, 0, 0, 20_000_000),
    ("خواربار امید", "خواربار", "active", "", 2_310_450_000, -142_780_000, 150_000_000, 0),
    ("کفش مهدی", "پوشاک", "suspended", "", 61_200_000, 0, 30_000_000, 0),
)
_SPENT = (
    (None, 126_400_000, 9_100_000, 0, 31_250_000),
    (41_900_000, None, 6_050_000, 0, 18_700_000),
    (3_300_000, 12_500_000, None, 0, 22_140_000),
    (0, 0, 0, None, 0),
    (88_020_000, 57_600_000, 140_300_000, 0, None),
)
_STEP = 30_000_000


def shops() -> list[Sample]:
    """Six shops in various states."""
    return [
        Sample(id=f"shop-{n}", **dict(zip(_FIELDS, row, strict=True)))
        for n, row in enumerate(_SHOPS)
    ]


def _settings() -> dict[str, Any]:
    values = {
        "name": "مجتمع نور",
        "colour": "#7a1f3d",
        "display_unit": "toman",
        "locale": "fa",
        "network_fee": "1.5",
        "default_credit_limit": "1000000000",
        "return_grace_days": "30",
        "reminder_days": "۷، ۱",
    }
    return {
        "form": Form(values),
        "units": [("toman", "تومان"), ("rial", "ریال")],
        "locales": [("fa", "فارسی"), ("en", "English")],
        "logo": None,
    }


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path)."""
    listed = shops()
    counts = {"active": 4, "incomplete": 1, "suspended": 1}
    paging = {"next": "", "previous": ""}
    some = {"shops": listed, "q": "", "state": "", "counts": counts, "total": 6, **paging}
    some["quota"] = Sample(most=20_000, members=18_400, is_near=True, is_full=False)
    some["drafts"] = samples_onboarding.drafts(now)
    none = {**some, "drafts": [], "shops": [], "counts": {}, "total": 0, "quota": None}
    return {
        **samples_board.pages(now),
        **samples_gifts.mall_pages(now),
        **samples_trial.mall_alerts(now),
        "mall-settings": ("mall_portal/settings/page.html", _settings(), "settings"),
        "mall-people": ("mall_portal/people/list.html", samples_account.people(), "people"),
        **samples_pools.pages(now),
        **samples_desk.pages(now, _why(now)),
        **samples_settling.pages(now),
        "mall-shops": ("mall_portal/shops/list.html", some, "shops"),
        "mall-shops-empty": ("mall_portal/shops/list.html", none, "shops"),
        "mall-shops-filtered": (
            "mall_portal/shops/list.html",
            {**none, "q": "فرش", "counts": counts},
            "shops",
        ),
        **samples_onboarding.pages(now),
        "mall-shop": ("mall_portal/shops/one.html", _shop(now), "shops"),
        "mall-fund": ("shared_pool/fund/overview.html", _fund(), "fund"),
        "mall-fund-cell": ("shared_pool/fund/cell.html", _cell(now), "fund"),
        "mall-fund-why": ("shared_pool/fund/why.html", _why(now), "fund"),
        "mall-proof": ("shared_pool/fund/proof.html", _proof(now), "proof"),
        "mall-settlements": ("shared_pool/settlement/list.html", _settlements(now), "settlements"),
        "mall-settlements-empty": (
            "shared_pool/settlement/list.html",
            {**_settlements(now), "settlements": []},
            "settlements",
        ),
        "mall-settlement": ("shared_pool/settlement/one.html", _settlement(now), "settlements"),
    }


def _shop(now: datetime) -> dict[str, Any]:
    shop = shops()[0]
    vars(shop).update(
        slug="gol-ara",
        national_id="0499370899",
        sheba="IR820540102680020817909002",
        bank="بانک پارسیان",
        created_at=now - timedelta(days=212),
        owner_name="سامان کریمی",
        owner_mobile="09121234567",
    )
    return {
        "shop": shop,
        "checklist": samples_onboarding.checklist(),
        "contract": Sample(number="۱۴۰۵/۱۲", ends_on=now.date() + timedelta(days=200)),
        "facts": Sample(sales=3_482_000_000, purchases=412, customers=238),
        "partners": [
            Sample(name="لاله", direction="issues", terms="تا ۳۰٪ خرید، کارمزد ۲٪"),
            Sample(name="نان سحر", direction="accepts", terms="تا ۵۰٪ خرید، کارمزد ۲٪"),
        ],
        "can_edit": True,
        "limit_form": Form({"credit_limit": "5000000"}),
    }


def _fund() -> dict[str, Any]:
    listed = shops()[:5]
    return {
        "fund": Sample(
            cash=530_000_000,
            fee=11_140_000,
            reserve=72_400_000,
            wallet=0,
            deposits=530_000_000,
            due=96_290_500,
            owed=174_280_000,
        ),
        "grid": Sample(
            columns=[Sample(name=shop.name) for shop in listed],
            rows=[
                Sample(
                    name=shop.name,
                    href=f"#{shop.id}",
                    cells=[
                        None
                        if spent is None
                        else Sample(amount=spent, level=min(5, spent // _STEP + 1), href="#")
                        for spent in row
                    ],
                    total=sum(spent or 0 for spent in row),
                )
                for shop, row in zip(listed, _SPENT, strict=True)
            ],
            column_totals=[sum(row[at] or 0 for row in _SPENT) for at in range(5)],
            total=sum(spent or 0 for row in _SPENT for spent in row),
        ),
        "positions": [
            Sample(
                merchant_id=shop.id,
                name=shop.name,
                accepted=sum(row[at] or 0 for row in _SPENT),
                issued_spent=sum(spent or 0 for spent in _SPENT[at]),
                clearing=shop.clearing,
                deposit=shop.deposit,
                credit_limit=shop.credit_limit,
                used=max(0, -shop.clearing) + 9_000_000 * at,
            )
            for at, shop in enumerate(listed)
        ],
        "picker": period_picker("از آغاز", "این ماه", "ماه پیش", "۹۰ روز گذشته"),
        "query": "",
        "can_settle": True,
        "open_settlement": None,
    }


def _cell(now: datetime) -> dict[str, Any]:
    return {
        "issuer": "گل‌آرا",
        "acceptor": "لاله",
        "here": "#",
        "query": "",
        "period": "از آغاز",
        "total": 4_350_000,
        "count": 4,
        "next": "",
        "previous": "",
        "entries": [
            Sample(
                transfer_id=str(n),
                kind="purchase" if n else "return",
                purchase_id=f"p-{n}",
                at=now - timedelta(hours=9 * n),
                amount=1_500_000 if n else -150_000,
            )
            for n in range(4)
        ],
    }


def _why(now: datetime) -> dict[str, Any]:
    return {
        "issuer": "گل‌آرا",
        "acceptor": "لاله",
        "back": "#",
        "purchase": Sample(
            id="p-1",
            at=now,
            state="confirmed",
            total=12_000_000,
            to_pay=10_500_000,
            spent_value=1_500_000,
        ),
        "spent": [
            Sample(
                issuer="گل‌آرا",
                own=False,
                unit="rial",
                amount=1_300_000,
                value=1_300_000,
                fee=26_000,
            ),
            Sample(issuer="لاله", own=True, unit="rial", amount=200_000, value=200_000, fee=0),
        ],
        "reasons": [],
    }


def _proof(now: datetime) -> dict[str, Any]:
    names = (
        ("هر سند در هر واحد صفر می‌شود", "۴۱۲٬۸۰۳ سند"),
        ("اعتبار در گردش هر فروشگاه برابر اعتبارهای زنده آن است", "۱۴ فروشگاه"),
        ("صندوق تراز است: پایاپای، کارمزد، سپرده، پشتوانه، کیف پول، درگاه و نقد", ""),
        ("هیچ اعتباری زیر صفر نیست", "۹۸٬۴۱۰ اعتبار"),
    )
    return {
        "proof": Sample(
            ok=True,
            at=now,
            checks=[Sample(name=name, ok=True, detail=detail) for name, detail in names],
        ),
        "seal": Sample(
            number=412_803,
            hash="6f1c9d0be21a47c58f3a90ee51d2b7c4a86f03d91e7725cb40a1f8e2d6b93c57",
            at=now - timedelta(minutes=4),
        ),
        "days": [
            Sample(
                day=(now - timedelta(days=n)).date(),
                at=now - timedelta(days=n - 1),
                ok=n != 3,
                checks=19,
                failed=["هیچ اعتباری زیر صفر نیست"] if n == 3 else [],
                number=412_803 - n * 2_880,
                hash=f"{n}f1c9d0be21a47c58f3a90ee51d2b7c4",
            )
            for n in range(1, 6)
        ],
    }


def _settlements(now: datetime) -> dict[str, Any]:
    states = ("draft", "completed", "completed", "cancelled")
    return {
        "settlements": [
            Sample(
                id=f"s-{n}",
                state=state,
                created_at=now - timedelta(days=7 * n),
                drafted_by="مریم رستگار",
                shops=12 - n,
                total_pay=174_280_000 - n * 9_000_000,
                total_receive=170_900_000 - n * 9_000_000,
            )
            for n, state in enumerate(states)
        ],
        "next": "#",
        "previous": "",
        "can_settle": True,
        "has_open": True,
    }


def _settlement(now: datetime) -> dict[str, Any]:
    return {
        "settlement": Sample(
            id="s-0",
            state="draft",
            created_at=now,
            total_pay=174_280_000,
            total_receive=170_900_000,
            fees=3_380_000,
            settled=0,
            steps=[
                Sample(label="پیش‌نویس", by="مریم رستگار", at=now - timedelta(hours=2)),
                Sample(label="تأیید", by="", at=None),
                Sample(label="انجام", by="", at=None),
            ],
        ),
        "lines": [
            Sample(
                merchant_id=shop.id,
                name=shop.name,
                sheba="" if n == 3 else "IR820540102680020817909002",
                net=shop.clearing,
                result="waiting",
                note="",
                reference="",
            )
            for n, shop in enumerate(shops())
            if shop.clearing
        ],
        "form": Form(),
        "results": [],
        "can_approve": True,
        "can_complete": False,
        "can_mark": False,
        "can_cancel": True,
        "is_own_draft": True,
    }
