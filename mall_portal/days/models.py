"""What the network's board is made of: sums of days, kept as far as the mark goes.

A year of a mall is hundreds of thousands of purchases: nobody waits for their sum. A job adds what
has been recorded since; what it has not reached yet is added where a page is read (`sql/`). So the
board always tells what the purchases and the ledger tell, which a proof checks.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access

_KEPT = access(app="select insert update delete")


class DayMark(Base):
    """Up to which id (exclusive) purchases, returns and transfers are in the sums."""

    __tablename__ = "day_mark"
    __table_args__ = ({"schema": "mall_portal", "info": _KEPT},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    upto: Mapped[UUID]
    kept_at: Mapped[datetime]


class ShopDay(Base):
    """What a shop sold on a day of the mall: `sales` after discounts, `spent` of it paid with
    anybody's credit or points, `returned` what was paid back in money; rial."""

    __tablename__ = "shop_day"
    __table_args__ = ({"schema": "mall_portal", "info": _KEPT},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    purchases: Mapped[int]
    sales: Mapped[int]
    spent: Mapped[int]
    returns: Mapped[int]
    returned: Mapped[int]


class ValueDay(Base):
    """What moved in an account of the ledger on a day: `outstanding` (by issuer), `points` (by the
    scope that they count in), `reserve` (by the same) and `fee`.

    `raised` less what returns took back, `lowered` less what they put back, and `expired`: their
    sum (+ - -) is how much the account grew, seen as what is owed or had. Rial, or points.
    """

    __tablename__ = "value_day"
    __table_args__ = ({"schema": "mall_portal", "info": _KEPT},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    raised: Mapped[int]
    lowered: Mapped[int]
    expired: Mapped[int]


class LotDay(Base):
    """Lots of credit that were granted on one day and end on another (`NEVER`: no end), summed:
    what was granted, what of it expired, what is left. Rial."""

    __tablename__ = "lot_day"
    __table_args__ = (
        Index(
            "lot_day_left_ix",
            "mall_id",
            "granted_on",
            "expires_on",
            "remaining",
            postgresql_where=text("remaining <> 0"),
        ),
        {"schema": "mall_portal", "info": _KEPT},
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    expires_on: Mapped[date] = mapped_column(primary_key=True)
    granted_on: Mapped[date] = mapped_column(primary_key=True)
    issuer_id: Mapped[UUID] = mapped_column(primary_key=True)
    granted: Mapped[int]
    expired: Mapped[int]
    remaining: Mapped[int]


class MemberDays(Base):
    """On which days a member bought: a bit for each of sixty days, so that members of any stretch
    are counted, not guessed. `block` numbers the sixties since 1970."""

    __tablename__ = "member_days"
    __table_args__ = ({"schema": "mall_portal", "info": _KEPT},)
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    block: Mapped[int] = mapped_column(Integer(), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(BigInteger())
