"""What the living style page shows: each component with plausible values, in all its states."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from timcheh.web.charts import Chart, Series
from timcheh.web.form import Form
from timcheh.web.frame import Toast
from timcheh.web.period import Picker

TEMPLATE = "styleguide.html"
_SHOPS = ("گل‌آرا", "لاله", "نان سحر", "کتاب پرستو")
_COLOURS = (
    *("ground", "surface", "sunken", "ink", "muted", "line", "edge"),
    *("accent", "accent-strong", "accent-soft", "accent-deep", "lapis", "lapis-soft"),
    *("saffron", "saffron-soft", "pomegranate", "pomegranate-soft", "cypress", "cypress-soft"),
)
_STATES = (
    *("active", "suspended", "closed", "incomplete", "proposed", "in_force", "declined"),
    *("terminated", "draft", "approved", "completed", "cancelled", "confirmed", "authorized"),
    *("returned", "expired"),
)
_MILLION = 10_000_000  # rial in a million toman
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def context(now: datetime | None = None) -> dict[str, Any]:
    """The values of `styleguide.html`. `now` (aware) fixes the dates, for pictures and tests."""
    now = now or datetime.now(UTC)
    return {
        "colours": _COLOURS,
        "empty_form": Form(),
        "good_form": Form(
            {"shop": "گل‌آرا", "limit": "۲۵۰۰۰۰۰۰", "kind": "b", "starts": "۱۴۰۴/۱۰/۰۵"}
        ),
        "met_form": Form(
            {"sign": "گل‌آرا", "cap": "9000000", "trade": "b", "greet": "yes"},
            message="سارا کیان‌پور امروز ساعت ۱۰:۴۲ این را عوض کرده است",
            theirs={"sign": "گل‌آرای نور", "cap": "7500000", "trade": "a", "greet": ""},
            afresh="#",
        ),
        "bad_form": Form(
            {"mobile": "0912", "sheba": "IR00"},
            {
                "mobile": "شماره موبایل باید با ۰۹ شروع شود و ۱۱ رقم باشد.",
                "sheba": "این شبا درست نیست. ۲۴ رقم بعد از IR را دوباره بخوانید.",
            },
        ),
        "steps": [
            {"label": label, "href": "#", "here": here, "done": done}
            for label, here, done in (
                ("فروشگاه", False, True),
                ("مالک و حساب", False, True),
                ("قرارداد", True, False),
                ("بازبینی", False, False),
            )
        ],
        "shops": _SHOPS,
        "rows": [
            Sample(name=name, note=note, amount=amount, position=position, state=state)
            for name, note, amount, position, state in (
                ("گل‌آرا", "گل و گیاه", 428 * _MILLION // 10, -31_500_000, "active"),
                ("لاله", "پوشاک", 1_204 * _MILLION // 10, 84_250_000, "active"),
                ("نان سحر", "نانوایی", 96 * _MILLION // 10, 0, "suspended"),
                ("کتاب پرستو", "کتاب‌فروشی", 210 * _MILLION // 10, 2_147_003, "incomplete"),
            )
        ],
        "grid": sample_grid(),
        "states": _STATES,
        "charts": sample_charts(),
        "picker": Picker(
            [("۷ روز", "#", True), ("این ماه", "#", False)], Form(), "#", "۷ روز", wrong=False
        ),
        "now": now,
        "past": now - timedelta(days=1, hours=3),
        "later": now + timedelta(days=40),
        "toasts": (Toast("خرید ثبت شد.", undo="#"), Toast("ارتباط با سرور قطع است.", "bad")),
    }


def sample_charts() -> dict[str, Chart]:
    """Each kind of chart, and each state: nothing, one value, below zero, many, not all known."""
    week = ("ش", "ی", "د", "س", "چ", "پ", "ج")
    names = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
    sold = (14, 22, 18, 30, 26, 41, 33)
    days = [f"{day} دی".translate(_PERSIAN) for day in range(1, 31)]
    ages = ("تا ۳۰ روز", "۳۱ تا ۶۰ روز", "۶۱ تا ۹۰ روز", "بیش از ۹۰ روز")
    return {
        "bars": Chart(
            "sample-bars",
            "فروش هفت روز",
            week,
            [Series("فروش", [each * _MILLION for each in sold])],
            "روز",
            names=names,
            excel="#",
        ),
        "pairs": Chart(
            "sample-pairs",
            "اعتبار داده‌شده و مصرف‌شده",
            ("مهر", "آبان", "آذر", "دی"),
            [
                Series("داده‌شده", [each * _MILLION for each in (42, 57, 61, 38)]),
                Series("مصرف‌شده", [each * _MILLION for each in (20, 31, 48, 40)]),
            ],
            "ماه",
            excel="#",
        ),
        "below": Chart(
            "sample-below",
            "خالص نزد صندوق",
            ("مهر", "آبان", "آذر", "دی", "بهمن"),
            [Series("خالص", [each * _MILLION for each in (12, -8, 5, -21, 3)], "lapis")],
            "ماه",
            note="زیر خط صفر یعنی بدهکار به صندوق.",
            excel="#",
        ),
        "lines": Chart(
            "sample-lines",
            "خریدهای یک ماه",
            days,
            [
                Series("این ماه", [40 + 9 * (day * 7 % 5) + day for day in range(30)]),
                Series(
                    "ماه پیش", [38 + 7 * (day * 3 % 5) if day % 9 else None for day in range(30)]
                ),
            ],
            "روز",
            kind="lines",
            measure="count",
            excel="#",
        ),
        "stacked": Chart(
            "sample-stacked",
            "اعتبار در گردش بر پایه عمر",
            ("مهر", "آبان", "آذر", "دی"),
            [
                Series(age, [(9 - 2 * at) * (month + 3) * _MILLION for month in range(4)])
                for at, age in enumerate(ages)
            ],
            "ماه",
            kind="stacked",
            excel="#",
        ),
        "parts": Chart(
            "sample-parts",
            "عمر اعتبارِ امروز",
            ages,
            [Series("مانده", [each * _MILLION for each in (84, 41, 22, 9)])],
            "عمر",
            excel="#",
        ),
        "ranks": Chart(
            "sample-ranks",
            "پرفروش‌ترین فروشگاه‌ها",
            _SHOPS,
            [Series("فروش", [each * _MILLION for each in (184, 121, 66, 9)])],
            "فروشگاه",
            excel="#",
        ),
        "one": Chart(
            "sample-one",
            "فروش امروز",
            ["امروز"],
            [Series("فروش", [8 * _MILLION])],
            "روز",
            excel="#",
        ),
        "empty": Chart("sample-empty", "فروش هفت روز", [], [Series("فروش", [])], "روز", excel="#"),
    }


def sample_grid() -> Sample:
    """A fund's matrix of four shops."""
    spent = (
        (None, 84, 12, 0),
        (31, None, 5, 22),
        (0, 9, None, 3),
        (17, 46, 0, None),
    )
    return Sample(
        columns=[Sample(name=name) for name in _SHOPS],
        rows=[
            Sample(
                name=name,
                href="#",
                cells=[
                    None
                    if amount is None
                    else Sample(amount=amount * 1_250_000, level=min(5, amount // 18 + 1), href="#")
                    for amount in line
                ],
                total=sum(amount or 0 for amount in line) * 1_250_000,
            )
            for name, line in zip(_SHOPS, spent, strict=True)
        ],
        column_totals=[sum(line[at] or 0 for line in spent) * 1_250_000 for at in range(4)],
        total=sum(amount or 0 for line in spent for amount in line) * 1_250_000,
    )
