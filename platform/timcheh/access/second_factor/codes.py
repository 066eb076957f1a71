"""Recovery codes and the codes of an app, as text."""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Final

import pyotp

from timcheh.text.normalise import normalise

HOW_MANY: Final = 10
DIGITS: Final = 6
STEP: Final = 30
"""Seconds for which an app shows one code (RFC 6238)."""
_SLACK: Final = 1
"""Steps that an app's clock may be off, either way."""
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_HALF: Final = 5


def new_recovery_codes() -> list[str]:
    """Fresh codes of ten letters and digits, 49 bits each, none easily read as another."""
    return [f"{_part()}-{_part()}" for _ in range(HOW_MANY)]


def hash_recovery_code(secret_key: str, staff: bytes, typed: str) -> bytes:
    """What is kept of a code; spaces, dashes and capitals don't matter, nor Persian digits."""
    plain = "".join(each for each in normalise(typed).lower() if each.isalnum())
    text = b"recovery code " + staff + plain.encode()
    return hmac.new(secret_key.encode(), text, hashlib.sha256).digest()


def new_secret() -> str:
    """A fresh secret of an app: 160 bits in base32."""
    return pyotp.random_base32()


def address_for_app(secret: str, account: str, issuer: str) -> str:
    """What the QR code for an app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def step_of_code(secret: str, typed: str, now: datetime, after: int) -> int | None:
    """The time step of which this is the code, if one is near and later than `after`."""
    code = "".join(normalise(typed).split())
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return None
    app, here = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    for step in range(here - _SLACK, here + _SLACK + 1):
        if step > after and hmac.compare_digest(app.generate_otp(step), code):
            return step
    return None


def _part() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_HALF))
