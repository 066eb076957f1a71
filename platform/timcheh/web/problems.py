"""Errors as `application/problem+json` (RFC 9457), in the caller's language."""

from typing import Any, Final

import asyncpg
import msgspec
import structlog
from litestar import Response
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.exceptions.http_exceptions import MethodNotAllowedException, RequestEntityTooLarge
from sqlalchemy.exc import TimeoutError as PoolTimeout

from timcheh.db.microbatch import OutcomeUnknown
from timcheh.db.races import driver_error
from timcheh.errors import (
    BadRequest,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    TimchehError,
    Unauthenticated,
    Unavailable,
    describe,
    error_detail,
    error_title,
    field_message,
)
from timcheh.text.locale import Locale
from timcheh.web.bodies import faults_of
from timcheh.web.context import AnyRequest, context_of
from timcheh.web.errors import BadJson, MethodNotAllowed, UnsupportedMediaType

PROBLEM: Final = "application/problem+json"
_log = structlog.get_logger(__name__)


class FieldProblem(msgspec.Struct):
    """A fault of one field. `pointer` is a JSON pointer (RFC 6901) into what was sent."""

    pointer: str
    code: str
    message: str


class Problem(msgspec.Struct, omit_defaults=True):
    """Every error looks like this. `code` is stable; title and detail are for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FieldProblem] = []


def problem_of(error: TimchehError, locale: Locale, request_id: str) -> Problem:
    """An error in words."""
    return Problem(
        type=f"urn:timcheh:error:{error.code}",
        title=error_title(error, locale),
        status=error.status,
        detail=error_detail(error, locale),
        code=error.code,
        request_id=request_id,
        errors=[
            FieldProblem(fault.pointer, fault.code, field_message(fault, locale))
            for fault in error.errors
        ],
    )


def problem_bytes(error: TimchehError, locale: Locale, request_id: str) -> bytes:
    """The body of a problem response."""
    return msgspec.json.encode(problem_of(error, locale, request_id))


def problem_headers(error: TimchehError) -> dict[str, str]:
    """The headers that belong to a status."""
    if isinstance(error, RateLimited):
        return {"Retry-After": str(error.retry_after)}
    if error.status == 401:
        return {"WWW-Authenticate": "Bearer"}
    return {}


def problem_response(request: AnyRequest, error: TimchehError) -> Response[Any]:
    """The response to an error."""
    context = context_of(request)
    return Response(
        problem_bytes(error, context.locale, context.id),
        status_code=error.status,
        media_type=PROBLEM,
        headers=problem_headers(error),
    )


def handle_timcheh_error(request: AnyRequest, error: TimchehError) -> Response[Any]:
    """Exception handler of our own tree."""
    if error.status >= 500:
        _log.error("request failed", request_id=context_of(request).id, exc_info=error)
    return problem_response(request, error)


def handle_http_exception(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """Exception handler of what the framework raises."""
    response = handle_timcheh_error(request, translate_exception(error))
    if allow := (error.headers or {}).get("allow"):
        response.headers["Allow"] = allow
    return response


def handle_unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """Exception handler of everything else: logged with its trace, answered without it."""
    cause = driver_error(error)
    if isinstance(cause, _AWAY):
        _log.error("a part is away", request_id=context_of(request).id, error=describe(error))
        return problem_response(request, Unavailable())
    if isinstance(cause, _LOST) or getattr(error, "connection_invalidated", False):
        _log.error("a connection broke", request_id=context_of(request).id, error=describe(error))
        return problem_response(request, OutcomeUnknown())
    _log.error("unexpected error", request_id=context_of(request).id, exc_info=error)
    return problem_response(request, TimchehError())


# The work may be committed or not: the same idempotency key tells.
_LOST: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.AdminShutdownError,
    asyncpg.exceptions.CrashShutdownError,
)
# Nothing was begun, or nothing of it is left: the caller may simply try again.
_AWAY: Final = (
    ConnectionError,
    FileNotFoundError,
    PoolTimeout,
    asyncpg.exceptions.CannotConnectNowError,
    asyncpg.exceptions.InsufficientResourcesError,  # no disk, memory or connections left
)

_BY_STATUS: Final[dict[int, type[TimchehError]]] = {
    400: BadJson,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    413: PayloadTooLarge,
    415: UnsupportedMediaType,
    503: Unavailable,
}


def translate_exception(error: HTTPException) -> TimchehError:
    """The framework's exception as one of ours."""
    if isinstance(error, ValidationException):
        return Invalid(errors=_field_errors(error))
    if isinstance(error, NotFoundException):
        return NotFound()
    if isinstance(error, MethodNotAllowedException):
        return MethodNotAllowed()
    if isinstance(error, RequestEntityTooLarge):
        return PayloadTooLarge()
    if error.status_code >= 500 and error.status_code != 503:
        return TimchehError()
    return _BY_STATUS.get(error.status_code, BadRequest)()


def _field_errors(error: ValidationException) -> list[FieldError]:
    """Faults of parameters; those of bodies are found by our own decoder (`bodies`)."""
    if not isinstance(error.extra, list):
        return [FieldError("", "invalid")]
    faults = []
    for entry in error.extra:
        key, message = str(entry.get("key", "")), str(entry.get("message", ""))
        where = "" if key in ("", "data") else "/" + key.replace(".", "/")
        faults += [
            FieldError(where + fault.pointer, fault.code, fault.params)
            for fault in faults_of(message)
        ]
    return faults or [FieldError("", "invalid")]
