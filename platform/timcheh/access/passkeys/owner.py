"""Whose passkey it is."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_


@dataclass(frozen=True, slots=True)
class Owner:
    """A member or a person of the staff, in one mall: exactly one of the two ids is given."""

    mall_id: UUID
    member_id: UUID | None = None
    staff_id: UUID | None = None

    def __post_init__(self) -> None:
        if (self.member_id is None) == (self.staff_id is None):
            raise ValueError("a passkey is a member's or a person's of the staff")

    @property
    def handle(self) -> bytes:
        """How a device knows the account (WebAuthn's user handle): the mall is part of it, since
        all malls of an installation are one host to a device."""
        person = self.member_id or self.staff_id
        assert person is not None
        return self.mall_id.bytes + person.bytes

    def of(self, table: Any) -> ColumnElement[bool]:
        """The rows of a table that are theirs."""
        theirs = (
            table.member_id == self.member_id if self.member_id else table.staff_id == self.staff_id
        )
        return and_(table.mall_id == self.mall_id, theirs)
