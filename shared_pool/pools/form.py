"""What is typed to open a pool and to let a shop take part."""

from collections.abc import Mapping
from typing import Final, NamedTuple
from uuid import UUID

from shared_pool.pools.models import Participant
from timcheh.money import MoneyUnit
from timcheh.web.form import Form
from timcheh.web.numbers import in_percent
from timcheh.web.reader import FormReader

MOST_MONTHS: Final = 120


class PoolAsked(NamedTuple):
    """Prices in rial per point; `months` Jalali, None: for ever."""

    name: str
    issue_price: int
    redeem_price: int
    months: int | None


class TermsAsked(NamedTuple):
    """A shop's terms of acceptance, basis points."""

    merchant_id: UUID
    fee_bps: int
    max_share_bps: int


def read_pool(fields: Mapping[str, str], unit: MoneyUnit) -> PoolAsked:
    """Raises Invalid with every field at fault."""
    reader = FormReader(fields, unit)
    name = reader.text("name")
    issue, redeem = reader.money("issue_price"), reader.money("redeem_price")
    months = reader.count("months", 0, MOST_MONTHS, empty=0)
    if not reader.faults and redeem > issue:
        reader.fault("redeem_price", "above_issue_price")
    reader.check()
    return PoolAsked(name, issue, redeem, months or None)


def read_terms(fields: Mapping[str, str]) -> TermsAsked:
    """Raises Invalid with every field at fault."""
    reader = FormReader(fields)
    shop = reader.id("merchant_id")
    share, fee = reader.percent("max_share_percent"), reader.percent("fee_percent", 0)
    reader.check()
    assert shop is not None  # else it is a fault
    return TermsAsked(shop, fee, share)


def terms_form(row: Participant) -> Form:
    """A shop's terms as they would be typed."""
    return Form(
        {
            "merchant_id": str(row.merchant_id),
            "max_share_percent": in_percent(row.max_share_bps),
            "fee_percent": in_percent(row.fee_bps),
        }
    )
