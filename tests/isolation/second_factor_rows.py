"""Rows of a second factor and of a sign-in half done, for the isolation tests."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from timcheh.access.second_factor.models import HalfSignIn, RecoveryCode, StaffTotp
from timcheh.ids import new_id


def second_factor_rows(mall: UUID, staff: UUID, now: datetime) -> Iterator[Any]:
    """One of each table, for somebody of the staff; their app doesn't count yet."""
    yield StaffTotp(mall_id=mall, staff_id=staff, sealed=b"x", created_at=now)
    yield RecoveryCode(mall_id=mall, staff_id=staff, code_hash=b"x")
    yield HalfSignIn(
        mall_id=mall, token_hash=new_id().bytes, staff_id=staff, audience="mall", expires_at=now
    )
