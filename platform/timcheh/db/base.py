"""Table declarations. Every table says here who may do what with which of its rows.

The declaration is the only source: `timcheh.db.security` turns it into grants and policies, and
a test compares the live catalogue with it, so a table without one fails the build.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "pk": "%(table_name)s_pk",
    "ix": "%(table_name)s_%(column_0_N_name)s_ix",
    "uq": "%(table_name)s_%(column_0_N_name)s_uq",
    "ck": "%(table_name)s_%(constraint_name)s_ck",
    "fk": "%(table_name)s_%(column_0_N_name)s_fk",
}


class Base(DeclarativeBase):
    """One metadata for all modules; strings are text, integers bigint, times timestamptz."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it as a plain class attribute
        UUID: Uuid(),
        str: Text(),
        int: BigInteger(),
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
    }


@dataclass(frozen=True, slots=True)
class TableAccess:
    """What each role may do with a table: SQL verbs per role, and which column owns a row.

    An empty verb string is no grant at all; a verb with columns in brackets is a grant on those.
    `merchant_rows`/`member_rows` name the columns that must equal the transaction's shop or member
    (any one of them); an empty tuple means that the role sees every row of its mall, which only
    suits rows that are public inside a mall.
    """

    app: str
    merchant: str
    member: str
    posting: str
    merchant_rows: tuple[str, ...]
    member_rows: tuple[str, ...]


def access(
    *,
    app: str = "",
    merchant: str = "",
    member: str = "",
    posting: str = "",
    merchant_rows: Sequence[str] = ("merchant_id",),
    member_rows: Sequence[str] = ("member_id",),
) -> dict[str, TableAccess]:
    """The `info` of a table. Verbs are separated by spaces: `app="select insert update"`.

    `member="select update(name, birthday)"`: of its own row it changes these columns and no other.

    `timcheh_owner` may do everything. `posting` is the role that owns the SQL functions.
    Policies always hold `mall_id`; the merchant and member roles are narrowed by the row columns.
    """
    return {
        "access": TableAccess(
            app, merchant, member, posting, tuple(merchant_rows), tuple(member_rows)
        )
    }
