"""Each fact of a customer as an SQL expression, NULL where it is missing.

What `timcheh.rules.facts.customer_values` says of one customer, said of all; a property test
holds the two to each other.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Integer,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    null,
    or_,
    text,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import array

from merchants.customers.models import Customer
from merchants.places.models import Nearness
from merchants.profiles.models import CustomerProfile
from timcheh.calendar import TEHRAN, Jalali, local_date
from timcheh.rules.facts import HOLDINGS, NEAR_FOR, NEARNESS, PERSONAL
from timcheh.rules.rfm import GRID, RFM_SEGMENTS, SCORES, RfmScale
from timcheh.rules.seasons import SEASONS, season_bits

Columns = dict[str, ColumnElement[Any]]

# As in `merchants.jalali_month_bit`: four years in 1461 days, a cycle of 33 years in 12053.
_EPOCH, _EPOCH_DAY = date(1970, 1, 1), 1075195
_CYCLE, _FOUR_YEARS, _YEAR = 12053, 1461, 365
_HELD = text(
    """
    SELECT h.member_id, h.credit, h.points FROM merchants.holdings(:mall, :merchant, ARRAY(
        SELECT x.member_id FROM merchants.customer x
        WHERE x.mall_id = :mall AND x.merchant_id = :merchant
          AND (x.first_at IS NOT NULL OR x.source IN ('purchase', 'door'))
    ), :at) h
    """
)


@dataclass(frozen=True, slots=True)
class Tables:
    """The customers, with what else is asked for beside them, and the facts' expressions."""

    source: FromClause
    columns: Columns


def tables(
    mall_id: UUID,
    merchant_id: UUID,
    asked: frozenset[str],
    now: datetime,
    scale: RfmScale | None,
    zone: tzinfo = TEHRAN,
) -> Tables:
    """The joins and expressions for the facts in `asked`. Amounts in rial, days in the zone."""
    today = local_date(now, zone)
    source: FromClause = Customer.__table__
    columns = _of_history(today, str(zone)) | _of_shop() | _of_scores(scale, today, str(zone))
    columns["member.birthday_in_days"] = _days_until(Customer.birthday, today)
    if any(name.startswith("member.") for name in asked):
        source = _with_profiles(source)
        columns |= {f"member.{name}": _plain(getattr(CustomerProfile, name)) for name in PERSONAL}
        columns["member.wedding_in_days"] = _days_until(CustomerProfile.wedding_date, today)
    if not HOLDINGS.isdisjoint(asked):
        held = (
            _HELD.bindparams(mall=mall_id, merchant=merchant_id, at=now)
            .columns(
                column("member_id", Uuid()),
                column("credit", BigInteger()),
                column("points", BigInteger()),
            )
            .subquery("held")
        )
        source = source.outerjoin(held, held.c.member_id == Customer.member_id)
        # Of somebody whom the shop has only listed it knows no more than it wrote (`has_met`).
        met = or_(Customer.first_at.is_not(None), Customer.source.in_(("purchase", "door")))
        columns["customer.credit"] = case((met, func.coalesce(held.c.credit, 0)))
        columns["customer.points"] = case((met, func.coalesce(held.c.points, 0)))
    if not NEARNESS.isdisjoint(asked):
        source, near = _with_nearness(source, now)
        columns |= near
    return Tables(source, columns)


def _with_profiles(source: FromClause) -> FromClause:
    profile = CustomerProfile
    return source.outerjoin(
        profile,
        and_(
            profile.mall_id == Customer.mall_id,
            profile.merchant_id == Customer.merchant_id,
            profile.member_id == Customer.member_id,
        ),
    )


def _with_nearness(source: FromClause, now: datetime) -> tuple[FromClause, Columns]:
    """Who has said that they are near a branch, while that counts."""
    near = Nearness
    joined = source.outerjoin(
        near,
        and_(
            near.mall_id == Customer.mall_id,
            near.merchant_id == Customer.merchant_id,
            near.member_id == Customer.member_id,
            near.seen_at <= now,
            near.seen_at > now - timedelta(minutes=NEAR_FOR),
        ),
    )
    seconds = func.extract("epoch", literal(now, DateTime(timezone=True)) - near.seen_at)
    minutes = cast(func.floor(seconds / 60), Integer())
    return joined, {
        "customer.near_metres": _plain(near.metres),
        "customer.near_minutes": minutes,
    }


def _of_history(today: date, zone: str) -> Columns:
    c = Customer
    span = _days(_day(c.last_at, zone) - _day(c.first_at, zone))
    return {
        "customer.purchases": _plain(c.purchases),
        "customer.visits": _plain(c.visits),
        "customer.spend": _plain(c.spend),
        "customer.average_basket": case((c.purchases > 0, c.spend // c.purchases)),
        "customer.last_basket": _plain(c.last_basket),
        "customer.days_since_last": _days_since(c.last_at, today, zone),
        "customer.days_since_first": _days_since(c.first_at, today, zone),
        "customer.average_gap": case((c.visits > 1, span // (c.visits - 1))),
        "customer.product_groups": _plain(c.bought),
        "customer.seasons": func.array_remove(
            array(
                [
                    case((c.months.op("&")(season_bits(season)) > 0, cast(season, Text())))
                    for season in SEASONS
                ]
            ),
            null(),
        ),
        "customer.is_new": c.purchases == 0,
    }


def _of_shop() -> Columns:
    c = Customer
    return {
        "customer.groups": _plain(c.groups),
        "customer.tags": _plain(c.tags),
        "customer.tier": _plain(c.tier),
        "customer.tier_progress": _plain(c.tier_progress),
        "customer.source": _plain(c.source),
    }


def _of_scores(scale: RfmScale | None, today: date, zone: str) -> Columns:
    """A shop without a scale has no scores, and neither has who never bought."""
    if scale is None:
        number, word = cast(null(), Integer()), cast(null(), Text())
        return {
            "rfm.recency": number,
            "rfm.frequency": number,
            "rfm.monetary": number,
            "rfm.segment": word,
        }
    c = Customer
    recency = SCORES - _above(_days_since(c.last_at, today, zone), scale.recency)
    frequency = 1 + _above(_plain(c.purchases), scale.frequency)
    monetary = 1 + _above(_plain(c.spend), scale.monetary)
    place = (recency - 1) * SCORES + (frequency + monetary + 1) // 2 - 1
    grid = [segment for row in GRID for segment in row]
    segment = case(
        *(
            (place.in_([at for at, each in enumerate(grid) if each == name]), cast(name, Text()))
            for name in RFM_SEGMENTS
        )
    )
    bought = and_(c.purchases > 0, c.last_at.is_not(None))
    scores = {"recency": recency, "frequency": frequency, "monetary": monetary, "segment": segment}
    return {f"rfm.{name}": case((bought, each)) for name, each in scores.items()}


def _above(value: ColumnElement[Any], bounds: tuple[int, ...]) -> ColumnElement[Any]:
    """How many of the bounds a value is above."""
    total: ColumnElement[Any] = literal(0, Integer())
    for bound in bounds:
        total = total + cast(value > literal(bound, BigInteger()), Integer())
    return total


def _plain(mapped: Any) -> ColumnElement[Any]:
    """The column itself: what the mapper puts around it says nothing here."""
    found: ColumnElement[Any] = mapped.expression
    return found


def _day(moment: Any, zone: str) -> ColumnElement[Any]:
    return cast(func.timezone(zone, moment), Date())


def _days(difference: Any) -> ColumnElement[Any]:
    """Dates subtract to a number of days, which SQLAlchemy takes for an interval."""
    return type_coerce(difference, Integer())


def _days_since(moment: Any, today: date, zone: str) -> ColumnElement[Any]:
    return _days(literal(today, Date()) - _day(moment, zone))


def _days_until(day: Any, today: date) -> ColumnElement[Any]:
    """Days to the next Jalali anniversary; who was born on 30 Esfand has it on the last day."""
    year = Jalali.of(today).year
    starts = [Jalali(each, 1, 1).to_date() for each in (year, year + 1, year + 2)]
    born = _day_of_year(day)
    this, coming = (
        (start - today).days + func.least(born, (end - start).days - 1)
        for start, end in pairwise(starts)
    )
    return case((day.is_(None), null()), (this >= 0, this), else_=coming)


def _day_of_year(day: Any) -> ColumnElement[Any]:
    """The Jalali day of the year, from 0."""
    days = _days(day - literal(_EPOCH, Date())) + _EPOCH_DAY
    within = (days % _CYCLE) % _FOUR_YEARS
    return case((within > _YEAR, (within - 1) % _YEAR), else_=within)
