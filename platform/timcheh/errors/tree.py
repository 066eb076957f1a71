"""The error classes. See the package's docstring for the tree."""

from collections.abc import Iterable
from typing import ClassVar, Self

from timcheh.errors.fields import FieldError


class TimchehError(Exception):
    """Something a caller can be told about.

    `params` are the variables of its texts and may also be read by programs; nothing secret
    belongs in them. `errors` says which fields are at fault.
    """

    status: ClassVar[int] = 500
    code: str = "internal_error"

    def __init__(
        self, code: str | None = None, *, errors: Iterable[FieldError] = (), **params: object
    ) -> None:
        if code is not None:
            self.code = code
        self.params: dict[str, object] = params
        self.errors: list[FieldError] = list(errors)
        super().__init__(self.code)

    def __str__(self) -> str:
        """For logs only; people get the texts of the catalogue."""
        faults = [f"{error.pointer}: {error.code}" for error in self.errors]
        return " ".join([self.code, *(f"{k}={v!r}" for k, v in self.params.items()), *faults])


class BadRequest(TimchehError):
    """The request can't be understood as one."""

    status = 400
    code = "bad_request"


class Unauthenticated(TimchehError):
    """Nobody is signed in, or the key isn't known."""

    status = 401
    code = "unauthenticated"


class Forbidden(TimchehError):
    """The caller is known and may not do this."""

    status = 403
    code = "forbidden"


class NotFound(TimchehError):
    """Absent, or another's: the two must answer alike, so give no id in `params`."""

    status = 404
    code = "not_found"


class Conflict(TimchehError):
    """Right in itself, but not in the present state."""

    status = 409
    code = "conflict"


class ChangedMeanwhile(Conflict):
    """Somebody else has changed it since it was read."""

    code = "changed_meanwhile"


class TryAgain(Conflict):
    """Others were faster several times in a row and nothing was done: the same request, sent
    again, may well succeed. So it is never kept as a request's outcome.
    """

    code = "try_again"


class PayloadTooLarge(TimchehError):
    """The body exceeds the limit."""

    status = 413
    code = "payload_too_large"


class Unprocessable(TimchehError):
    """Understood and well formed, yet it can't be done as asked."""

    status = 422
    code = "unprocessable"


class Invalid(Unprocessable):
    """One or more fields are wrong; `errors` names each with its JSON pointer."""

    code = "validation"

    @classmethod
    def field(cls, pointer: str, code: str, **params: object) -> Self:
        """For a single field: `raise Invalid.field("/sheba", "sheba_checksum")`."""
        return cls(errors=[FieldError(pointer, code, params)])


class RateLimited(TimchehError):
    """Too many attempts; `retry_after` is in seconds."""

    status = 429
    code = "rate_limited"

    def __init__(self, code: str | None = None, *, retry_after: int, **params: object) -> None:
        super().__init__(code)
        self.params = {**params, "retry_after": retry_after}
        self.retry_after = retry_after


class Unavailable(TimchehError):
    """A part that is needed isn't there now; trying again later may work."""

    status = 503
    code = "unavailable"
