"""Sample values of the till, the rules and the partners of a shop."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from exchange.agreements.worth import Worth
from timcheh.web.form import Form
from timcheh.web.period import Picker


def _preview() -> Sample:
    return Sample(
        member=Sample(
            name="نرگس احمدی",
            tail="1238",
            enrols=False,
            is_customer=True,
            card="",
            wishes=["خرید بزرگ"],
        ),
        problem="",
        total=6_000_000,
        discount=300_000,
        spent_value=1_700_000,
        to_pay=4_000_000,
        spendable=Sample(
            credit=1_500_000,
            points=20,
            points_value=200_000,
            current=2_300_000,
            withdrawable=1_500_000,
            rest=["۸۰٬۰۰۰ تومان بیش از سقف امروز برای گروه این مشتری است."],
            lots=[
                Sample(text="اعتبار لاله", unit="rial", value=1_500_000, until=date(2026, 1, 5)),
                Sample(text="۲۰ امتیاز نور", unit="point", value=200_000, until=None),
            ],
        ),
        vat_added=0,
        listed=[{"name": "دسته رز هلندی", "list": "همکاران", "price": 2_400_000}],
        spent=[
            Sample(text="اعتبار لاله", value=1_500_000),
            Sample(text="۲۰ امتیاز نور", value=200_000),
        ],
        earned=[
            Sample(text="اعتبار نزد همکاران", unit="rial", amount=200_000, until=None),
            Sample(text="امتیاز مشترک نور", unit="point", amount=40, until=None),
        ],
        reasons=[
            Sample(
                rule="خرید بالای یک میلیون",
                outcome="not_applied",
                because="مبلغ خرید کمتر است.",
                near="",
                parts=[],
            )
        ],
        missed=1,
        near=[],
        needs_approval=False,
        waiting=["هر که بخواهد"],
        active=["خرید بالای ۵۰۰ هزار تومان"],
    )


def till(now: datetime) -> dict[str, Any]:
    return {
        "form": Form(
            {
                "member": "09121234567",
                "spend_credit": "max",
                "lines-0-name": "دسته رز هلندی",
                "lines-0-quantity": "2",
                "lines-0-price": "240000",
                "lines-1-name": "گلدان سفالی",
                "lines-1-price": "120000",
            }
        ),
        "lines": 2,
        "request_key": "key",
        "groups": ["گل شاخه", "گلدان"],
        "last": Sample(
            href="#",
            customer="رضا موسوی",
            number="9999123412341238",
            is_new=True,
            total=3_500_000,
            discount=250_000,
            conceded=100_000,
            spent_value=0,
            to_pay=3_250_000,
            earned="۱۶٬۲۵۰ تومان اعتبار",
        ),
        "branches": [("1", "طبقه همکف"), ("2", "طبقه دوم")],
        "colleagues": [("c-1", "مینا راد"), ("c-2", "سارا کیان")],
        "room": {"line": 1000, "invoice": 1_000_000, "day": 5_000_000},
        "ask_agreement": True,
        "approval": None,
        "preview": _preview(),
    }


def approval(now: datetime) -> dict[str, Any]:
    """The till while the member's word is waited for; a code was sent and tried."""
    asked = Sample(
        id="a-1",
        amount=1_700_000,
        sent=True,
        link="https://club.example/noor/club/approvals/0198-1a2b",
        problem="",
    )
    wrong = {"approval_code": "این کد درست نیست یا زمانش گذشته است."}
    seen = _preview()
    seen.needs_approval = True
    first = till(now)
    form = Form(first["form"].values, wrong)
    return first | {"last": None, "form": form, "approval": asked, "preview": seen}


def returns(now: datetime) -> dict[str, Any]:
    rows = [("نرگس احمدی", 4_000_000, True), ("۰۹۱۲۱۱۱۲۲۳۳", 850_000, False)]
    return {
        "form": Form(),
        "today": True,
        "found": [
            Sample(
                id=f"p-{n}",
                at=now - timedelta(minutes=40 * n),
                customer=who,
                what="دسته رز هلندی و گلدان سفالی",
                to_pay=paid,
                back=back,
            )
            for n, (who, paid, back) in enumerate(rows)
        ],
    }


def empty_till() -> dict[str, Any]:
    nothing = Sample(
        member=None,
        problem="",
        total=0,
        discount=0,
        spent_value=0,
        to_pay=0,
        vat_added=0,
        listed=[],
        spendable=None,
        spent=[],
        earned=[],
        reasons=[],
        missed=0,
        near=[],
        needs_approval=False,
        waiting=[],
        active=[],
    )
    return {
        "form": Form(),
        "lines": 1,
        "request_key": "key",
        "groups": [],
        "last": None,
        "branches": [],
        "colleagues": [],
        "room": None,
        "ask_agreement": False,
        "approval": None,
        "preview": nothing,
    }


_ROLES = [("cashier", "صندوق‌دار"), ("accountant", "حسابدار"), ("manager", "مدیر")]
_PLACES = [("", "همه فروشگاه"), ("b-1", "طبقه همکف"), ("b-2", "طبقه دوم")]


def _person(n: int, name: str, *roles: tuple[str, str], me: bool = False) -> Sample:
    return Sample(
        id=f"s-{n}",
        name=name,
        mobile=f"۰۹۱۲۱۱۱۲۲۳{n}",
        me=me,
        has_come=n != 3,
        roles=[
            Sample(id=f"r-{n}-{k}", name=role, means="همه کارها", place=place, may_withdraw=not me)
            for k, (role, place) in enumerate(roles)
        ],
    )


def staff() -> dict[str, Any]:
    return {
        "people": [
            _person(1, "لاله صارمی", ("مالک", "همه فروشگاه"), me=True),
            _person(2, "سامان کریمی", ("مدیر", "طبقه دوم"), ("حسابدار", "همه فروشگاه")),
            _person(3, "سارا کیان", ("صندوق‌دار", "طبقه همکف")),
        ],
        "form": Form({"mobile": "0912"}, {"mobile": "شماره موبایل ۱۱ رقم است."}),
        "roles": _ROLES,
        "places": _PLACES,
    }


def staff_one() -> dict[str, Any]:
    person = _person(3, "سارا کیان", ("صندوق‌دار", "طبقه همکف"))
    return {"person": person, "second": "", "form": Form(), "roles": _ROLES, "places": _PLACES}


def rules(now: datetime) -> dict[str, Any]:
    return {
        "version": 7,
        "since": now - timedelta(days=12),
        "rules": [
            Sample(
                name="هفته گلدان",
                when="گروه‌های سبد شامل «گلدان» باشد",
                then=["۲۰٪ تخفیف روی گروه «گلدان»"],
                exclusive=True,
                ends_at=now + timedelta(days=6),
                per_member_cap=None,
                budget=50_000_000,
                given=31_400_000,
            ),
            Sample(
                name="۵٪ اعتبار هر خرید",
                when="",
                then=[
                    "۵٪ اعتبار نزد همکاران، ۳۰ روز اعتبار دارد",
                    "هر ۱۰٬۰۰۰ تومان یک امتیاز مشترک نور",
                ],
                exclusive=False,
                ends_at=None,
                per_member_cap=5_000_000,
                budget=None,
                given=None,
            ),
        ],
    }


def partners(now: datetime) -> dict[str, Any]:
    return {
        "received": [
            Sample(
                id="a-9",
                name="کتاب پرستو",
                fee_bps=200,
                max_share_bps=3000,
                ends_at=date(2026, 9, 22),
                at=now - timedelta(days=1),
            )
        ],
        "agreements": [
            Sample(
                id="a-1",
                name="لاله",
                direction="issues",
                state="in_force",
                fee_bps=200,
                max_share_bps=3000,
                notice_days=0,
                ends_at=None,
                brought=126_400_000,
            ),
            Sample(
                id="a-2",
                name="لاله",
                direction="accepts",
                state="in_force",
                fee_bps=200,
                max_share_bps=5000,
                notice_days=0,
                ends_at=None,
                brought=41_900_000,
            ),
            Sample(
                id="a-3",
                name="نان سحر",
                direction="issues",
                state="proposed",
                fee_bps=150,
                max_share_bps=10000,
                notice_days=0,
                ends_at=date(2026, 9, 22),
                brought=0,
            ),
            Sample(
                id="a-4",
                name="کفش مهدی",
                direction="accepts",
                state="terminated",
                fee_bps=200,
                max_share_bps=3000,
                notice_days=0,
                ends_at=None,
                brought=9_000_000,
            ),
        ],
        "worth": [
            ("لاله", Worth(84, 12, 131, 962_000_000, 41_900_000, 838_000, 96, 126_400_000)),
            ("کفش مهدی", Worth(7, 0, 9, 51_000_000, 9_000_000, 180_000, 0, 0)),
        ],
        "together": Worth(88, 12, 138, 998_000_000, 50_900_000, 1_018_000, 0, 126_400_000),
        "picker": Picker(
            [("۳۰ روز", "#", True), ("این ماه", "#", False), ("ماه پیش", "#", False)],
            Form(),
            "#",
            "",
            wrong=False,
        ),
        "query": "",
        "shops": [("1", "کتاب پرستو"), ("2", "خواربار امید")],
        "form": Form(),
        "can_edit": True,
    }
