"""The OpenAPI document: what the framework derives, completed with what it can't know.

Which caller an operation takes, the problems it may answer with and the Idempotency-Key follow
from the handler itself, so that the document can't drift from the code.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from litestar import Litestar, Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from timcheh.access.caller import CallerKind
from timcheh.rules.json_schema import rule_components
from timcheh.web.callers import kinds_for
from timcheh.web.context import AnyRequest
from timcheh.web.problems import PROBLEM, Problem

API_PREFIX: Final = "/api/v1"
IDEMPOTENT: Final = "idempotent"
"""`opt` of a handler that takes an Idempotency-Key: `@post(..., opt={IDEMPOTENT: True})`."""
UNLESS_DRY_RUN: Final = "unless_dry_run"
"""For `IDEMPOTENT`, where a body with `dry_run` moves nothing and needs no key."""
REFUSES: Final = "refuses"
"""`opt` of a handler: further statuses it may refuse with: `opt={REFUSES: (404, 409)}`."""

_SCHEMES: Final = {
    "mall": ("mallKey", "A mall's key."),
    "merchant": ("merchantKey", "A shop's key."),
    "terminal": ("terminalKey", "A terminal's key."),
}
_TITLES: Final = {
    400: "The request can't be read",
    401: "No key, or an unknown one",
    403: "A key of another kind, or a missing permission",
    404: "Absent, or another's",
    408: "The body came too slowly",
    409: "Not possible in the present state",
    413: "The body is too large",
    415: "Not JSON",
    422: "Faulty values, or not possible with them",
    429: "Too many requests",
}
_UNSAFE: Final = frozenset({"post", "put", "patch", "delete"})
_KEY_PARAMETER: Final[dict[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Makes the request happen once: a repetition gets the first answer again.",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": "^[ -~]*[!-~][ -~]*$",
    },
}


class _Nowhere(Router):
    """Where the framework's own documentation pages go, so that they are not served."""

    def register(self, value: Any) -> list[Any]:
        return []


def openapi_config(version: str) -> OpenAPIConfig:
    """What the framework needs to know. It serves nothing itself."""
    return OpenAPIConfig(
        title="Timcheh",
        version=version,
        description="A loyalty network for shopping centres: many shops, one member base, one "
        "provable ledger. Money is an integer in rial, times are RFC 3339 in UTC.",
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                name: SecurityScheme(type="http", scheme="bearer", description=text)
                for name, text in _SCHEMES.values()
            }
        ),
        openapi_router=_Nowhere("/framework-schema", route_handlers=[]),
        create_examples=False,
    )


@get(f"{API_PREFIX}/openapi.json", include_in_schema=False, sync_to_thread=False)
def openapi_document(request: AnyRequest) -> Response[bytes]:
    """The document, made once for the process."""
    state = request.app.state
    if "openapi_document" not in state:
        state.openapi_document = msgspec.json.encode(build_document(request.app))
    return Response(
        state.openapi_document,
        media_type="application/json",
        headers={"Cache-Control": "public, max-age=300"},
    )


def build_document(app: Litestar) -> dict[str, Any]:
    """The completed document, of the API's operations and `/health` only."""
    document = app.openapi_schema.to_schema()
    handlers = _handlers(app)
    paths: dict[str, Any] = {}
    for path, item in document.get("paths", {}).items():
        if not (path.startswith(f"{API_PREFIX}/") or path == "/health"):
            continue
        for method, operation in item.items():
            if isinstance(operation, dict) and (path, method) in handlers:
                _complete(operation, method, path, handlers[path, method])
        paths[path] = item
    document["paths"] = paths
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(_body_schemas(paths, handlers))
    schemas.update(rule_components())
    _admit_overlaps(document)
    return document


def _admit_overlaps(node: Any) -> None:
    """Turns `oneOf` into `anyOf`: the framework writes a union as if no value could be of two of
    its kinds, yet 1 is an integer and a number.
    """
    if isinstance(node, dict):
        if "oneOf" in node:
            node["anyOf"] = node.pop("oneOf")
        for value in node.values():
            _admit_overlaps(value)
    elif isinstance(node, list):
        for value in node:
            _admit_overlaps(value)


def _body_schemas(
    paths: dict[str, Any], handlers: dict[tuple[str, str], HTTPRouteHandler]
) -> dict[str, Any]:
    """The schemas of bodies and problems, by the library that decodes them: it knows which
    fields are refused. The bodies' references are set to them."""
    bodies = {
        place: handler.parsed_data_field.annotation
        for place, handler in handlers.items()
        if handler.parsed_data_field is not None and "requestBody" in _operation(paths, place)
    }
    kinds = [Problem, *bodies.values()]
    references, schemas = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    for place, reference in zip(bodies, references[1:], strict=True):
        for content in _operation(paths, place)["requestBody"]["content"].values():
            content["schema"] = reference
    return schemas


def _operation(paths: dict[str, Any], place: tuple[str, str]) -> dict[str, Any]:
    path, method = place
    found: dict[str, Any] = paths.get(path, {}).get(method, {})
    return found


def _handlers(app: Litestar) -> dict[tuple[str, str], HTTPRouteHandler]:
    return {
        (route.path_format, method.lower()): handler
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler)
        for method in handler.http_methods
    }


def _complete(operation: dict[str, Any], method: str, path: str, handler: HTTPRouteHandler) -> None:
    kinds = _kinds(handler)
    if kinds:
        operation["security"] = [{_SCHEMES[kind][0]: []} for kind in kinds if kind in _SCHEMES]
    if needed := handler.opt.get(IDEMPOTENT):
        parameter = _KEY_PARAMETER | {"required": needed != UNLESS_DRY_RUN}
        operation.setdefault("parameters", []).append(parameter)
    responses = operation.setdefault("responses", {})
    responses.pop("400", None)  # the framework's own, which isn't a problem document
    if path.startswith(API_PREFIX):
        for status in sorted(set(_statuses(operation, method, path, handler))):
            responses[str(status)] = _problem(status)


def _kinds(handler: HTTPRouteHandler) -> tuple[CallerKind, ...]:
    return kinds_for(handler.parsed_fn_signature.parameters) or ()


def _statuses(
    operation: dict[str, Any], method: str, path: str, handler: HTTPRouteHandler
) -> Iterator[int]:
    """The statuses that a problem may come with."""
    yield 400
    if _kinds(handler):
        yield from (401, 403, 429)
    if "{" in path:
        yield 404
    if operation.get("parameters") or operation.get("requestBody"):
        yield 422
    if method in _UNSAFE:
        yield from (404, 408, 409, 413, 415, 422)
    yield from handler.opt.get(REFUSES, ())


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": _TITLES.get(status, "Refused"),
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
