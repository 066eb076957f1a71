"""What the living style page shows: each component with plausible values, in all its states."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from timcheh.web.form import Form
from timcheh.web.frame import Toast

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


def context(now: datetime | None = None) -> dict[str, Any]:
    """The values of `styleguide.html`. `now` (aware) fixes the dates, for pictures and tests."""
    now = now or datetime.now(UTC)
    return {
        "colours": _COLOURS,
        "empty_form": Form(),
        "good_form": Form({"shop": "گل‌آرا", "limit": "۲۵۰۰۰۰۰۰", "kind": "b"}),
        "bad_form": Form(
            {"mobile": "0912", "sheba": "IR00"},
            {
                "mobile": "شماره موبایل باید با ۰۹ شروع شود و ۱۱ رقم باشد.",
                "sheba": "این شبا درست نیست. ۲۴ رقم بعد از IR را دوباره بخوانید.",
            },
        ),
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
        "bars": [(f"{day}", value) for day, value in enumerate((14, 22, 18, 30, 26, 41, 33), 1)],
        "now": now,
        "past": now - timedelta(days=1, hours=3),
        "later": now + timedelta(days=40),
        "toasts": (Toast("خرید ثبت شد.", undo="#"), Toast("ارتباط با سرور قطع است.", "bad")),
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
