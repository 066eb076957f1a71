"""The columns of a sheet of shops, and one of its rows as the steps of the wizard."""

from collections.abc import Mapping, Sequence
from typing import Final

from mall_portal.onboarding.intake import Intake, read_intake
from merchants.facade import TRADES, usual_in
from timcheh.money import MoneyUnit
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale
from timcheh.text.normalise import normalise, search_key
from timcheh.web.numbers import in_percent, in_unit

STEP_OF: Final[Mapping[str, str]] = {
    "name": "shop",
    "trade": "shop",
    "national_id": "shop",
    "branches": "shop",
    "owner_name": "owner",
    "owner_mobile": "owner",
    "sheba": "owner",
    "credit_limit": "terms",
    "deposit": "terms",
    "fee": "terms",
    "contract": "terms",
    "ends_on": "terms",
    "percent": "rules",
}
COLUMNS: Final = tuple(STEP_OF)
NEEDED: Final = ("name", "owner_name", "owner_mobile")
_COMPANY_DIGITS: Final = 11
_BREAKS: Final = str.maketrans(dict.fromkeys("؛;|", "\n"))


def heading(column: str, locale: Locale) -> str:
    """What the template calls a column."""
    return translate(locale, f"bulk-column-{column.replace('_', '-')}")


def meanings(headings: Sequence[str]) -> list[str]:
    """The column that each heading means, in either language; empty where it means none. Each
    column once."""
    known = {search_key(heading(column, each)): column for column in COLUMNS for each in Locale}
    found: list[str] = []
    for text in headings:
        column = known.get(search_key(text), "")
        found.append(column if column not in found else "")
    return found


def read_row(
    cells: Sequence[str], columns: Sequence[str], unit: MoneyUnit, default_limit: int
) -> Intake:
    """A shop from a row. A blank limit is the mall's own, a blank percentage what is usual in the
    trade, 0 no rules. Raises Invalid with the column of every fault."""
    typed: dict[str, dict[str, str]] = {"shop": {}, "owner": {}, "terms": {}, "rules": {}}
    for column, cell in zip(columns, cells, strict=False):
        if column:
            typed[STEP_OF[column]][column] = cell
    shop, terms, rules = typed["shop"], typed["terms"], typed["rules"]
    shop["trade"] = trade_named(shop.get("trade", ""))
    shop["branches"] = shop.get("branches", "").translate(_BREAKS)
    digits = sum(c.isdigit() for c in normalise(shop.get("national_id", "")))
    shop["kind"] = "company" if digits == _COMPANY_DIGITS else "person"
    if not terms.get("credit_limit", "").strip():
        terms["credit_limit"] = in_unit(default_limit, unit)
    usual = usual_in(shop["trade"])
    percent = normalise(rules.get("percent", "")[:20])
    rules["rules"] = "later" if percent in ("0", "0%", "0٪") else "template"
    rules["percent"] = percent or in_percent(usual.bps)
    rules["days"] = str(usual.days)
    return read_intake(typed, unit)


def trade_named(text: str) -> str:
    """The code of a trade by its name in either language; what names none stays, to be refused."""
    wanted = search_key(text[:100])
    for code in TRADES:
        names = (search_key(translate(each, f"category-{code}")) for each in Locale)
        if wanted and (wanted == code or wanted in names):
            return code
    return text.strip()
