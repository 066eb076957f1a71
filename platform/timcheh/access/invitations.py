"""Invitations: a link with which a new member of staff chooses a password.

The link is signed, not stored: it names the account and a last moment, and its signature covers
the account's password as it is. Choosing a password therefore uses the link up.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from timcheh.access.models import Staff
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound

LIFETIME: Final = timedelta(days=7)
_SIGNATURE = 16


def invitation(secret: str, staff: Staff, now: datetime) -> str:
    """The token of a link that this account can use for `LIFETIME`, once."""
    head = staff.id.bytes + int((now + LIFETIME).timestamp()).to_bytes(6, "big")
    return urlsafe_b64encode(head + _sign(secret, head, staff)).decode().rstrip("=")


async def invited(uow: UnitOfWork, secret: str, token: str) -> Staff:
    """Whose link it is, in the mall's scope. Raises NotFound: used, too old, or never given."""
    try:
        written = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        staff_id, until = UUID(bytes=written[:16]), int.from_bytes(written[16:22], "big")
    except ValueError:
        raise NotFound from None
    staff = await uow.session.get(Staff, (uow.scope.mall_id, staff_id))
    if staff is None or not hmac.compare_digest(written[22:], _sign(secret, written[:22], staff)):
        raise NotFound
    # Only now is the moment known to be ours: any six bytes could be one that no calendar has.
    if datetime.fromtimestamp(until, UTC) < uow.now:
        raise NotFound
    return staff


def choose_password(staff: Staff, password_hash: str, now: datetime) -> None:
    """Sets the password; every invitation of the account ends with it."""
    staff.password_hash, staff.password_changed_at = password_hash, now


def _sign(secret: str, head: bytes, staff: Staff) -> bytes:
    said = b"invitation" + staff.mall_id.bytes + head + (staff.password_hash or "").encode()
    return hmac.new(secret.encode(), said, hashlib.sha256).digest()[:_SIGNATURE]
