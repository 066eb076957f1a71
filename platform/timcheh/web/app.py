"""The web application: the modules' routes under the platform's conventions."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler

from timcheh.errors import TimchehError
from timcheh.module import Module
from timcheh.settings import Settings
from timcheh.text.catalogue import install
from timcheh.web.account import ROUTES as ACCOUNT_ROUTES
from timcheh.web.bodies import StrictBody
from timcheh.web.callers import CALLER_KINDS, authenticate, caller_provider, kinds_for
from timcheh.web.context import AnyRequest, context_of
from timcheh.web.docs import api_docs
from timcheh.web.error_pages import on_http_exception, on_timcheh_error, on_unexpected
from timcheh.web.health import health, metrics
from timcheh.web.installing.pages import ROUTES as INSTALLING_ROUTES
from timcheh.web.join import ROUTES as JOIN_ROUTES
from timcheh.web.openapi import openapi_config, openapi_document
from timcheh.web.pages import PAGE_AUDIENCES, open_page, page_parameter, page_provider
from timcheh.web.pagination import page_request
from timcheh.web.palette import ROUTES as PALETTE_ROUTES
from timcheh.web.passkey_sign_in import ROUTES as PASSKEY_ROUTES
from timcheh.web.reception import (
    MAXIMUM_BODY,
    MAXIMUM_FORM,
    TAKES_FILES,
    UPLOAD_SECONDS,
    refuse_crowded_form,
)
from timcheh.web.second_factor import ROUTES as SECOND_FACTOR_ROUTES
from timcheh.web.services import Services, build_services
from timcheh.web.shell import API, Shell
from timcheh.web.sign_in import ROUTES as SIGN_IN_ROUTES
from timcheh.web.statics import static_file


def build_app(
    settings: Settings, modules: Sequence[Module], *, services: Services | None = None
) -> Shell:
    """The ASGI application of one process. `services` may be given by tests."""
    install([module.package for module in modules])
    services = services or build_services(settings, modules)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await services.close()

    app = Litestar(
        route_handlers=_routes(modules),
        dependencies=_dependencies(services),
        before_request=_admit,
        dto=StrictBody,
        return_dto=None,
        exception_handlers={
            TimchehError: on_timcheh_error,
            HTTPException: on_http_exception,
            Exception: on_unexpected,
        },
        request_max_body_size=MAXIMUM_FORM,
        openapi_config=openapi_config(services.version),
        lifespan=[lifespan],
        state=State({"services": services}),
        logging_config=None,
        debug=False,
    )
    _resolve_in_turn(app)
    return Shell(app, services)


def _routes(modules: Sequence[Module]) -> list[ControllerRouterHandler]:
    own: list[ControllerRouterHandler] = [
        health,
        metrics,
        openapi_document,
        api_docs,
        static_file,
        *SIGN_IN_ROUTES,
        *PASSKEY_ROUTES,
        *SECOND_FACTOR_ROUTES,
        *ACCOUNT_ROUTES,
        *JOIN_ROUTES,
        *PALETTE_ROUTES,
        *INSTALLING_ROUTES,
    ]
    routes = own + [route for module in modules for route in module.routes]
    return [
        *(route for route in routes if not _of_api(route)),
        Router(
            "/", route_handlers=list(filter(_of_api, routes)), request_max_body_size=MAXIMUM_BODY
        ),
    ]


def _of_api(route: Any) -> bool:
    """Whether a handler or controller answers under `/api/`."""
    paths = getattr(route, "paths", None) or [route.path]
    return all(path.startswith(API) for path in paths)


def _dependencies(services: Services) -> dict[str, Provide]:
    """What every handler can ask for by naming a parameter.

    The providers take no parameters themselves: so the framework has nothing to convert.
    """
    callers = {name: Provide(caller_provider(), sync_to_thread=False) for name in CALLER_KINDS}
    pages = {name: Provide(page_provider(), sync_to_thread=False) for name in PAGE_AUDIENCES}
    return (
        callers
        | pages
        | {
            "services": Provide(lambda: services, sync_to_thread=False),
            "database": Provide(lambda: services.database, sync_to_thread=False),
            "paging": Provide(page_request, sync_to_thread=False),
        }
    )


def _resolve_in_turn(app: Litestar) -> None:
    """Has independent dependencies resolved one after another.

    The framework would start a group of tasks for two or more, which costs more than all the
    rest of a request; ours never wait for anything.
    """
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for _, model in route.route_handler_map.values():
                model.dependency_batches = [
                    {one} for batch in model.dependency_batches for one in batch
                ]


# Kept in the handler's own `opt`: its id is a text that is put together each time it is asked.
_DOOR: Final = "timcheh_door"


async def _admit(request: AnyRequest) -> None:
    """Authenticates, for handlers that name a caller or a page, before anything else is read."""
    handler = request.route_handler
    try:
        kinds, page = handler.opt[_DOOR]
    except KeyError:
        parameters = handler.parsed_fn_signature.parameters
        kinds, page = handler.opt[_DOOR] = kinds_for(parameters), page_parameter(parameters)
    if handler.opt.get(TAKES_FILES) and (reception := context_of(request).reception):
        reception.seconds = UPLOAD_SECONDS
    if request.method == "POST" and not request.scope["path"].startswith(API):
        await refuse_crowded_form(request)
    if kinds is not None:
        await authenticate(request, kinds)
    if page is not None:
        await open_page(request, page)
