"""A shop's customers: a member as that one shop knows them, with the facts its rules ask for."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access


class Customer(Base):
    """Made by the first confirmed purchase at the shop or by the member's own act.

    What is told of purchases (`purchases`, `spend`, `first_at`, `last_at`, and from `visits` to
    `months`) is kept by each purchase and return in its own transaction, and always what
    `merchants.customer_history` tells: `spend` and `last_basket` in rial, after discounts and
    less what came back; `visits` are days; `bought` the groups of goods that they kept, `months`
    a bit for each Jalali month. `debt` is earned value the shop still has to take back.
    `tier_progress` is the way to the next tier in per cent.
    """

    __tablename__ = "customer"
    __table_args__ = (
        CheckConstraint("debt >= 0", name="debt"),
        Index("customer_member_ix", "mall_id", "member_id"),
        {
            "schema": "merchants",
            "postgresql_with": {"fillfactor": "80"},
            "info": access(
                app="select insert update delete",
                merchant="select update(name, birthday, groups, tags)",
                member="select",
                posting="select insert update",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    mobile: Mapped[str]
    name: Mapped[str | None]
    birthday: Mapped[date | None]
    purchases: Mapped[int] = mapped_column(server_default="0")
    spend: Mapped[int] = mapped_column(server_default="0")
    first_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None]
    debt: Mapped[int] = mapped_column(server_default="0")
    groups: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    tier: Mapped[str | None]
    source: Mapped[str] = mapped_column(server_default="purchase")
    created_at: Mapped[datetime]
    # `source` is `purchase`, `door`, `portal` or `import`. Unless they came by a purchase, also
    # in which branch, by whose hand, and through which door or import.
    branch_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    door_id: Mapped[UUID | None]
    batch_id: Mapped[UUID | None]
    visits: Mapped[int] = mapped_column(Integer(), server_default="0")
    last_basket: Mapped[int | None]
    bought: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    months: Mapped[int] = mapped_column(SmallInteger(), server_default="0")
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text()), server_default=text("'{}'"))
    tier_since: Mapped[datetime | None]
    tier_progress: Mapped[int | None] = mapped_column(SmallInteger())


def has_met(customer: Customer) -> bool:
    """Whether the person has been here: by a purchase, or of their own accord. Who a shop has only
    listed it knows by what it brought, and by nothing else."""
    return customer.first_at is not None or customer.source in ("purchase", "door")
