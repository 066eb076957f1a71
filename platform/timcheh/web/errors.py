"""What can be wrong with a request as such, before any business of ours."""

from collections.abc import Mapping

from timcheh.errors import (
    BadRequest,
    ChangedMeanwhile,
    Conflict,
    TimchehError,
    Unauthenticated,
    Unprocessable,
)


class BadJson(BadRequest):
    """The body isn't JSON, or holds what no text may (the NUL character)."""

    code = "bad_json"


class BodyIncomplete(BadRequest):
    """The connection ended in the middle of the body, or its pieces are no HTTP."""

    code = "body_incomplete"


class BodyTooSlow(TimchehError):
    """The body took longer than any working client needs."""

    status = 408
    code = "body_too_slow"


class MethodNotAllowed(TimchehError):
    """The address exists, but not for this method."""

    status = 405
    code = "method_not_allowed"


class UnsupportedMediaType(TimchehError):
    """The API reads JSON only, and nothing that is compressed."""

    status = 415
    code = "unsupported_media_type"


class SignInNeeded(Unauthenticated):
    """A page was asked for that needs someone signed in; `location` is where to sign in."""

    def __init__(self, location: str) -> None:
        super().__init__()
        self.location = location


class BothWrote(ChangedMeanwhile):
    """What a person typed, somebody else has written otherwise since the form was shown.

    `typed` is the form as it should come back; `theirs` what stands at the fields in question;
    `afresh` is where it is shown without what was typed.
    `params`: `who` is `you`, `other` (then `name` and `when`) or `nobody`, if no log tells.
    """

    code = "both_wrote"

    def __init__(
        self,
        typed: Mapping[str, str],
        theirs: Mapping[str, str],
        afresh: str,
        *,
        who: str = "nobody",
        name: str = "",
        when: str = "",
    ) -> None:
        super().__init__(who=who, name=name, when=when)
        self.typed, self.theirs, self.afresh = typed, theirs, afresh


class IdempotencyKeyRequired(BadRequest):
    """A request that moves value needs an Idempotency-Key."""

    code = "idempotency_key_required"


class IdempotencyKeyInvalid(BadRequest):
    """An Idempotency-Key has 1 to 255 printable ASCII characters."""

    code = "idempotency_key_invalid"


class IdempotencyKeyReused(Unprocessable):
    """The key was used for another request."""

    code = "idempotency_key_reused"


class IdempotencyInProgress(Conflict):
    """The first request with this key hasn't finished."""

    code = "idempotency_in_progress"
