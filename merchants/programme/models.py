"""A shop's rule sets: immutable versions, and how much of each capped rule is used up."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, text
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
