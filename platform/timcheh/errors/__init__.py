"""One tree of errors for the whole product. Services raise; the web layer renders.

    TimchehError            500 internal_error
    ├── BadRequest          400 bad_request
    ├── Unauthenticated     401 unauthenticated
    ├── Forbidden           403 forbidden
    ├── NotFound            404 not_found          absent and someone else's alike
    ├── Conflict            409 conflict           the state doesn't allow it
    │   ├── ChangedMeanwhile 409 changed_meanwhile somebody else was faster: look again
    │   └── TryAgain        409 try_again          nothing was done, send it again
    ├── PayloadTooLarge     413 payload_too_large
    ├── Unprocessable       422 unprocessable      understood, but not possible
    │   └── Invalid         422 validation         carries field errors
    ├── RateLimited         429 rate_limited       carries retry_after (seconds)
    └── Unavailable         503 unavailable        try again later

A module's own error is a subclass with its own `code`; its texts are the Fluent messages
`error-<code>` (title) and `error-<code>.detail`, a field's is `field-<code>`.
In a log an exception is told by `describe` or `trace`, which leave its message out.
"""

from timcheh.errors.fields import FieldError, pointer
from timcheh.errors.problems import Problems
from timcheh.errors.telling import describe, trace
from timcheh.errors.texts import error_detail, error_title, field_message
from timcheh.errors.tree import (
    BadRequest,
    ChangedMeanwhile,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    TimchehError,
    TryAgain,
    Unauthenticated,
    Unavailable,
    Unprocessable,
)

__all__ = [
    "BadRequest",
    "ChangedMeanwhile",
    "Conflict",
    "FieldError",
    "Forbidden",
    "Invalid",
    "NotFound",
    "PayloadTooLarge",
    "Problems",
    "RateLimited",
    "TimchehError",
    "TryAgain",
    "Unauthenticated",
    "Unavailable",
    "Unprocessable",
    "describe",
    "error_detail",
    "error_title",
    "field_message",
    "pointer",
    "trace",
]
