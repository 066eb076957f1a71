"""Errors as pages, for people; the API's callers get problem documents."""

from typing import Any

from litestar import Response
from litestar.exceptions import HTTPException

from timcheh.errors import TimchehError, Unavailable, error_detail, error_title
from timcheh.web.context import AnyRequest, context_of
from timcheh.web.errors import SignInNeeded
from timcheh.web.frame import View
from timcheh.web.pages import brand_of, page_locale, page_theme
from timcheh.web.problems import (
    handle_http_exception,
    handle_timcheh_error,
    handle_unexpected,
    problem_headers,
    translate_exception,
)


def on_timcheh_error(request: AnyRequest, error: TimchehError) -> Response[Any]:
    """Exception handler of our own tree."""
    problem = handle_timcheh_error(request, error)
    return _page(request, error) if _wants_page(request) else problem


def on_http_exception(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """Exception handler of what the framework raises."""
    if _wants_page(request):
        return on_timcheh_error(request, translate_exception(error))
    return handle_http_exception(request, error)


def on_unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """Exception handler of everything else."""
    problem = handle_unexpected(request, error)
    if not _wants_page(request):
        return problem
    return _page(request, Unavailable() if problem.status_code == 503 else TimchehError())


def _wants_page(request: AnyRequest) -> bool:
    """A part of a page that htmx fetches is a page too: it accepts anything."""
    headers = context_of(request).headers
    accepted = headers.get(b"accept", b"")
    html = b"text/html" in accepted or (b"hx-request" in headers and b"json" not in accepted)
    return html and not request.scope["path"].startswith("/api/")


def _page(request: AnyRequest, error: TimchehError) -> Response[Any]:
    context = context_of(request)
    htmx = b"hx-request" in context.headers
    if isinstance(error, SignInNeeded):
        header = "HX-Redirect" if htmx else "Location"
        return Response("", status_code=200 if htmx else 303, headers={header: error.location})
    page = context.page
    mall = page.mall if page is not None and "mall_slug" in request.path_params else None
    locale = page_locale(request, mall)
    parts = request.scope["path"].strip("/").split("/")
    html = context.services.renderer.render(
        "error.html",
        {
            "title": error_title(error, locale),
            "detail": error_detail(error, locale),
            "request_id": context.id,
            "back": "/" + "/".join(parts[:2]) if mall and len(parts) > 2 else "/",
            "mall_name": mall.name if mall else "",
        },
        View(
            locale=locale,
            theme=page_theme(request),
            nonce=context.nonce,
            brand=brand_of(mall),
        ),
    )
    return Response(
        html, status_code=error.status, media_type="text/html", headers=problem_headers(error)
    )
