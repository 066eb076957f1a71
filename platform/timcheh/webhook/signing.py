"""The signature of a delivery, which proves that it is ours and fresh."""

import hashlib
import hmac
from typing import Final

HEADER: Final = "Timcheh-Signature"


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """`t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of `<t>.<body>` under the endpoint's secret.

    The receiver computes the same, compares in constant time, and refuses a `t` that is older
    than a few minutes, so that a recorded delivery can't be sent again.
    """
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={mac.hexdigest()}"
