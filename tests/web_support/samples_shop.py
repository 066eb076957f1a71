"""Sample values of a shop's pages."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from tests.web_support import (
    samples_asking,
    samples_branches,
    samples_gifts,
    samples_offers,
    samples_people,
    samples_pools,
    samples_rewards,
    samples_settling,
    samples_till,
)
from tests.web_support.pickers import period_picker
from timcheh.text.digits import persian_digits
from timcheh.web.charts import Chart, Series
from timcheh.web.form import Form

_DAYS = {"is_today": True, "day_before": "#", "day_after": "#"}
_CUSTOMERS = ("نرگس احمدی", "عضو …۴۴۱۲", "رضا موسوی", "الهام صادقی", "عضو …۰۰۹۷", "کاوه نیک‌نام")


def purchases(now: datetime) -> list[Sample]:
    """The newest few."""
    states = ("confirmed", "authorized", "confirmed", "confirmed", "cancelled", "confirmed")
    return [
        Sample(
            id=f"0198{n}",
            at=now - timedelta(minutes=37 * n + 4),
            state=state,
            customer=name,
            total=6_000_000 + n * 1_370_000,
            spent_value=1_500_000 if n % 2 == 0 else 0,
            to_pay=6_000_000 + n * 1_370_000 - (1_500_000 if n % 2 == 0 else 0),
            earned=("۲۲٬۵۰۰ تومان" if n % 3 else "۴۵ امتیاز") if state == "confirmed" else "",
        )
        for n, (name, state) in enumerate(zip(_CUSTOMERS, states, strict=True))
    ]


def pages(now: datetime) -> dict[str, tuple[str, dict[str, Any], str]]:
    """name -> (template, context, the menu's path)."""
    paging = {"next": "#", "previous": ""}
    bought = {
        "purchases": purchases(now),
        "state": "",
        "filters": [("همه", "#", True), ("ثبت‌شده", "#", False), ("باطل‌شده", "#", False)],
        "q": "",
        "picker": period_picker("از آغاز", "امروز", "۷ روز", "این ماه"),
        "period": {},
        "may_export": True,
        **paging,
    }
    known = {"customers": customers(now), "q": "", "total": 238, "may_write": True, **paging}
    return {
        **samples_people.shop_pages(now),
        **samples_pools.shop_pages(),
        **samples_settling.shop_pages(now),
        "shop-today": ("merchants/today.html", _today(now), ""),
        "shop-today-new": ("merchants/today.html", _first_day(now), ""),
        "shop-purchases": ("merchants/purchases/list.html", bought, "purchases"),
        "shop-purchase": ("merchants/purchases/one.html", _purchase(now), "purchases"),
        "shop-return": ("merchants/purchases/return.html", _return(now), "purchases"),
        "shop-customers": ("merchants/customers/list.html", known, "customers"),
        "shop-customers-empty": (
            "merchants/customers/list.html",
            {**known, "customers": [], "total": 0, "next": ""},
            "customers",
        ),
        "shop-customer": ("merchants/customers/one.html", _customer(now), "customers"),
        "shop-till": ("merchants/till/page.html", samples_till.till(now), "till"),
        "shop-till-approval": ("merchants/till/page.html", samples_till.approval(now), "till"),
        "shop-till-empty": ("merchants/till/page.html", samples_till.empty_till(), "till"),
        "shop-till-returns": (
            "merchants/till/returns.html",
            samples_till.returns(now),
            "till",
        ),
        "shop-till-returns-none": (
            "merchants/till/returns.html",
            {"form": Form({"q": "۴۱"}), "found": [], "today": False},
            "till",
        ),
        **samples_branches.pages(now),
        "shop-trial": ("mall_portal/trials/page.html", {"made_at": None}, "trial"),
        "shop-trial-made": ("mall_portal/trials/page.html", {"made_at": now}, "trial"),
        "shop-staff": ("merchants/people/list.html", samples_till.staff(), "staff"),
        "shop-staff-one": ("merchants/people/one.html", samples_till.staff_one(), "staff"),
        "shop-rules": ("merchants/rules.html", samples_till.rules(now), "rules"),
        **samples_offers.pages(now),
        **samples_gifts.shop_pages(now),
        **samples_rewards.shop_pages(now),
        **samples_asking.shop_pages(now),
        "shop-partners": ("exchange/partners.html", samples_till.partners(now), "partners"),
        "shop-partners-quiet": (
            "exchange/partners.html",
            samples_till.partners(now) | {"worth": []},
            "partners",
        ),
    }


def customers(now: datetime) -> list[Sample]:
    """Six customers, some without a name."""
    return [
        Sample(
            member_id=f"m-{n}",
            name="" if name.startswith("عضو") else name,
            mobile=f"0912***45{n}7",
            purchases=18 - 2 * n,
            spend=142_000_000 - n * 17_300_000,
            last_at=now - timedelta(days=3 * n),
            here=2_500_000 * n,
        )
        for n, name in enumerate(_CUSTOMERS)
    ]


def _today(now: datetime) -> dict[str, Any]:
    return {
        "today": Sample(
            date=now,
            sales=184_600_000,
            sales_before=162_000_000,
            purchases=31,
            customers=28,
            new_customers=4,
            earned_credit=14_230_000,
            earned_points=920,
            spent_value=11_750_000,
            clearing=-31_500_000,
        ),
        "hours": Chart(
            "sales-by-hour",
            "فروش امروز به تفکیک ساعت",
            [persian_digits(str(hour)) for hour in range(9, 20)],
            [Series("فروش", [n * 1_000_000 for n in (3, 8, 14, 22, 19, 9, 7, 12, 25, 31, 18)])],
            "ساعت",
            excel="#",
        ),
        "purchases": purchases(now)[:4],
        "checklist": [],
        **_DAYS,
        "occasions": {
            "people": [
                Sample(name="نرگس احمدی", what="تولد", icon="gift", href="#"),
                Sample(name="رضا موسوی", what="سالگرد ازدواج", icon="sparkles", href="#"),
            ],
            "more": 3,
            "href": "#",
        },
        "alerts": [Sample(text="۲ پیشنهاد همکاری منتظر پاسخ شماست.", href="#", icon="handshake")],
    }


def _first_day(now: datetime) -> dict[str, Any]:
    nothing = Sample(
        date=now,
        sales=0,
        sales_before=0,
        purchases=0,
        customers=0,
        new_customers=0,
        earned_credit=0,
        earned_points=0,
        spent_value=0,
        clearing=0,
    )
    steps = (
        ("الگوی اعتباردهی", "بگویید با هر خرید چه می‌دهید.", True, False),
        ("کالاها و بها", "بدون آن هم می‌فروشید.", False, True),
        ("نخستین خرید", "موبایل مشتری و مبلغ را بنویسید.", False, False),
    )
    return {
        "today": nothing,
        "hours": Chart("sales-by-hour", "فروش", [], [Series("فروش", [])], "ساعت", excel="#"),
        "purchases": [],
        "checklist": [
            Sample(label=label, detail=detail, done=done, optional=optional, href="#")
            for label, detail, done, optional in steps
        ],
        "occasions": {"people": [], "more": 0, "href": "#"},
        "alerts": [],
        **_DAYS,
    }


def _purchase(now: datetime) -> dict[str, Any]:
    until = date(2026, 1, 5)
    return {
        "purchase": Sample(
            id="01980c5e-7a11-7c3e-9b1d-2f0e5d3a9c44",
            at=now - timedelta(hours=1),
            state="confirmed",
            customer="نرگس احمدی",
            customer_href="#",
            number="9999123412341238",
            branch="طبقه همکف",
            cashier="سامان کریمی",
            total=6_000_000,
            discount=300_000,
            conceded=100_000,
            spent_value=1_700_000,
            to_pay=4_000_000,
            vat_added=0,
            rules_version=7,
        ),
        "lines": [
            Sample(
                name="دسته رز هلندی",
                group="گل شاخه",
                quantity="2",
                unit_price=2_400_000,
                paid=3_200_000,
                total=4_800_000,
                returned="",
                commission=160_000,
            ),
            Sample(
                name="گلدان سفالی",
                group="گلدان",
                quantity="1",
                unit_price=1_200_000,
                paid=800_000,
                total=1_200_000,
                returned="۱",
                commission=0,
            ),
        ],
        "spent": [
            Sample(
                issuer="لاله",
                own=False,
                unit="rial",
                amount=1_500_000,
                value=1_500_000,
                fee=30_000,
                until=until,
            ),
            Sample(
                issuer="نور",
                own=False,
                unit="point",
                amount=20,
                value=200_000,
                fee=4_000,
                until=None,
            ),
        ],
        "earned": [
            Sample(
                unit="rial",
                amount=200_000,
                scope="اعتبار نزد همکاران",
                rule="۵٪ اعتبار هر خرید",
                until=until,
            ),
            Sample(
                unit="point",
                amount=40,
                scope="امتیاز مشترک نور",
                rule="هر ۱۰٬۰۰۰ تومان یک امتیاز",
                until=None,
            ),
        ],
        "reasons": [
            {
                "rule": rule,
                "outcome": outcome,
                "because": because,
                "near": near,
                "parts": parts,
            }
            for rule, outcome, because, near, parts in (
                (
                    "۵٪ اعتبار هر خرید",
                    "applied",
                    "۳۰٬۰۰۰ تومان اعتبار داده شد.",
                    "",
                    [
                        "۳۰٬۰۰۰ تومان اعتبار نزد همکاران، تا ۱۵ فروردین ۱۴۰۵. هر جا نزد همکاران"
                        " خرج شود، فروشگاه شما آن را با صندوق تسویه می‌کند."
                    ],
                ),
                (
                    "خرید بالای یک میلیون",
                    "not_applied",
                    "جمع خرید ۶۰۰٬۰۰۰ تومان است و باید دست‌کم ۱٬۰۰۰٬۰۰۰ تومان باشد.",
                    "با ۴۰۰٬۰۰۰ تومان بیشتر در همین فاکتور، این پیشنهاد برقرار می‌شود.",
                    [],
                ),
                ("تخفیف گل شاخه", "capped", "بودجه این الگو رو به پایان بود.", "", []),
            )
        ],
        "returns": [
            Sample(
                id="r-1",
                at=now - timedelta(minutes=20),
                refund=800_000,
                text="۴۰٬۰۰۰ تومان اعتبار به جای خود بازگشت.",
            )
        ],
        "can_return": True,
    }


def _return(now: datetime) -> dict[str, Any]:
    context = _purchase(now)
    for n, (line, left) in enumerate(zip(context["lines"], ("2", ""), strict=True)):
        vars(line).update(n=n, left=left)
    faults = {"quantity-0": "بیش از ۲ عدد نمی‌شود."}
    seen = {
        "refund": 1_650_000,
        "restored": 350_000,
        "taken": ["۱۲٬۰۰۰ تومان اعتبار", "۱۶ امتیاز"],
        "deducted": 30_000,
        "carried": 0,
        "written_off": 0,
    }
    form = Form({"quantity-0": "3"}, faults)
    return {**context, "form": form, "request_key": "key", "seen": seen, "problem": ""}


def _customer(now: datetime) -> dict[str, Any]:
    return {
        "customer": Sample(
            member_id="m-0",
            name="نرگس احمدی",
            mobile="09121234567",
            number="9999123412341238",
            birthday=date(1990, 4, 12),
            purchases=18,
            spend=142_000_000,
            average=7_888_888,
            first_at=now - timedelta(days=320),
            last_at=now - timedelta(days=1),
            debt=350_000,
            way="با خرید، شعبه ونک، سامان کریمی",
        ),
        "profile": [("شغل", "خیاط"), ("شهر", "شیراز")],
        "standing": {
            "tier": "نقره‌ای",
            "progress": 64,
            "groups": ["همکاران", "وفاداران"],
            "value": "رو به وفاداری",
        },
        "form": Form({"tags": "خوش‌حساب، خرید سازمانی"}),
        "may_write": True,
        "here": Sample(total=3_250_000, points=120),
        "lots": [
            Sample(
                unit="rial",
                issuer="گل‌آرا",
                own=True,
                amount=900_000,
                value=900_000,
                until=date(2026, 1, 5),
                why="از خرید ۱۵ آذر با الگوی «۵٪ اعتبار هر خرید»",
            ),
            Sample(
                unit="rial",
                issuer="لاله",
                own=False,
                amount=1_150_000,
                value=1_150_000,
                until=date(2026, 2, 1),
                why="قرارداد همکاری شما با لاله؛ تا ۳۰٪ هر خرید",
            ),
            Sample(
                unit="point",
                issuer="نور",
                own=False,
                amount=120,
                value=1_200_000,
                until=None,
                why="طرح امتیاز مشترک؛ هر امتیاز ۱٬۰۰۰ تومان",
            ),
        ],
        "purchases": purchases(now)[:3],
    }
