"""A shop's rule sets: immutable versions, and how much of each capped rule is used up."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from timcheh.db import Base, access
from timcheh.ids import NIL


class RuleSet(Base):
    """One published version of a shop's rules, as the API's JSON. Never changed."""

    __tablename__ = "rule_set"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(
                app="select insert",
                merchant="select insert",
                member="select",
                posting="select",
                member_rows=(),
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rules: Mapped[list[Any]]
    actor_id: Mapped[UUID | None]
    created_at: Mapped[datetime]


class RuleUsage(Base):
    """What a rule with a cap or budget has given, in rial, by the rule's name.

    One row per member, and one under the nil member for the total. Only capped rules have rows.
    """

    __tablename__ = "rule_usage"
    __table_args__ = (
        CheckConstraint("used >= 0", name="used"),
        {
            "schema": "merchants",
            "info": access(app="select", merchant="select", posting="select insert update"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(f"'{NIL}'::uuid"))
    used: Mapped[int]
    times: Mapped[int] = mapped_column(server_default="0")  # purchases that it gave something in
    day: Mapped[date] = mapped_column(server_default=text("'1970-01-01'"))  # the last local day
    day_used: Mapped[int] = mapped_column(server_default="0")  # rial, on that day


class Entitlement(Base):
    """A member's one use of a one-time rule, open until `expires_at`.

    Made when the member comes to fulfil the rule's condition, for those held out of it too, so
    that both can be compared; once in the life of the rule's name.
    """

    __tablename__ = "entitlement"
    __table_args__ = (
        Index("entitlement_rule_ix", "mall_id", "merchant_id", "rule"),
        {
            "schema": "merchants",
            "info": access(
                app="select insert",
                merchant="select",
                member="select",
                posting="select insert update",
            ),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    held_out: Mapped[bool]
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    purchase_id: Mapped[UUID | None]  # that used it


class OfferExposure(Base):
    """A purchase to which a rule with a hold-out applied, or would have but for the hold-out, or
    but for the member's activating it.

    `value` is what it gave, rial (0 where held out or not activated). Only purchases that became
    `confirmed` count.
    """

    __tablename__ = "offer_exposure"
    __table_args__ = (
        {
            "schema": "merchants",
            "info": access(app="select", merchant="select", posting="select insert"),
        },
    )
    mall_id: Mapped[UUID] = mapped_column(primary_key=True)
    merchant_id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    purchase_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    held_out: Mapped[bool]
    value: Mapped[int]
    rules_version: Mapped[int]
    occurred_at: Mapped[datetime]
