"""Identifiers: UUIDv7, so that keys made one after another lie side by side in an index."""

import os
import time
from datetime import datetime, timedelta
from uuid import UUID

NIL = UUID(int=0)
_CLOCK_ERROR = timedelta(minutes=10)
"""How far the clock of whoever tells when something happened may be before ours."""


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, the rest random."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)


def first_id_at(moment: datetime) -> UUID:
    """The smallest UUIDv7 that can have been made at an aware moment or later.

    So that rows of a period are a range of their primary key.
    """
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (0x2 << 62))


def first_id_since(moment: datetime) -> UUID:
    """The smallest that a row about something that happened at a moment or later can have.

    Such a row is made when it is told of: later, or earlier by a clock's error at most.
    """
    return first_id_at(moment - _CLOCK_ERROR)


def read_id(text: str | None) -> UUID | None:
    """An id that came with an address or a form; None for none, and for what can be none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
