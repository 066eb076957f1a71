"""Pages: a handler names the one it needs as a parameter and renders through it.

    mall_page, shop_page, club_page    someone of that audience is signed in (else: to sign-in)
    staff_page                         either of the first two: whose the address is
    front_page                         anyone; `mall` is there if the address has a mall_slug

The address begins with `/{mall_slug:str}/mall`, `/shop` or `/club`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import blake2s
from typing import Any, Final, get_args
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar import Response

from timcheh.access.caller import Caller
from timcheh.access.permissions import StaffAudience
from timcheh.access.sessions import LiveSession
from timcheh.calendar import local_date
from timcheh.db import Database
from timcheh.errors import NotFound, TimchehError, Unauthenticated
from timcheh.errors.texts import error_detail
from timcheh.malls import MallInfo
from timcheh.module import Audience
from timcheh.money import MoneyUnit
from timcheh.text.catalogue import translate
from timcheh.text.digits import persian_digits
from timcheh.text.locale import Locale
from timcheh.voice import Voice
from timcheh.web.callers import check_csrf, session_of
from timcheh.web.context import AnyRequest, context_of, current_context
from timcheh.web.cookies import forget_toast, remember_toast, toasts_of
from timcheh.web.csrf import masked
from timcheh.web.errors import SignInNeeded
from timcheh.web.form import Form
from timcheh.web.frame import AUDIENCE_PATH, Brand, Frame, Theme, Toast, ToastKind, View, nav_links
from timcheh.web.seen import SEEN, write_seen
from timcheh.web.services import Services

PAGE_AUDIENCES: Final[dict[str, Audience | None]] = {
    "mall_page": "mall",
    "shop_page": "merchant",
    "club_page": "member",
    "staff_page": None,
    "front_page": None,
}
"""Each dependency and whose pages they are, where its name alone says it."""

_URI: Final = "/?#[]:@!$&'()*+,;=%~"
"""What may stand in an address as it is (RFC 3986 §2.2), `%` of what is encoded already."""
_THEMES: Final = frozenset(get_args(Theme))


Html = Response[Any]
"""What a page's handler answers: a page, a part of one, or the way to another."""


class PageContext:
    """What a page handler works with: the mall, who is looking, and how to answer."""

    __slots__ = ("_mall", "_session", "audience", "now", "request", "services")

    def __init__(
        self,
        request: AnyRequest,
        services: Services,
        mall: MallInfo | None,
        audience: Audience | None,
        session: LiveSession | None,
    ) -> None:
        self.request, self.services, self.audience = request, services, audience
        self.now = datetime.now(UTC)
        self._mall, self._session = mall, session

    @property
    def mall(self) -> MallInfo:
        """The mall of the address. Raises NotFound where the address names none."""
        if self._mall is None:
            raise NotFound
        return self._mall

    @property
    def session(self) -> LiveSession:
        """The session. Raises Unauthenticated on a page that is open to anyone."""
        if self._session is None:
            raise Unauthenticated
        return self._session

    @property
    def caller(self) -> Caller:
        """Who is signed in; `caller.scope` is the scope to work in."""
        return self.session.caller

    @property
    def permissions(self) -> frozenset[str]:
        """What the caller may do, here or in one of the shop's branches."""
        return self.caller.permissions.union(*self.caller.branch_permissions.values())

    @property
    def database(self) -> Database:
        return self.services.database

    @property
    def locale(self) -> Locale:
        """The language that this browser chose, else the mall's."""
        return page_locale(self.request, self._mall)

    @property
    def htmx(self) -> bool:
        """Whether a fragment is asked for, not a whole page."""
        headers = context_of(self.request).headers
        return b"hx-request" in headers and b"hx-boosted" not in headers

    @property
    def address(self) -> str:
        """Where the request comes from: the client's IP address."""
        return context_of(self.request).address

    @property
    def unit(self) -> MoneyUnit:
        """The unit in which the mall shows and reads money; toman where there is no mall."""
        return MoneyUnit(self._mall.display_unit) if self._mall else MoneyUnit.TOMAN

    @property
    def zone(self) -> ZoneInfo:
        """Where the mall's days begin and end."""
        return ZoneInfo(self.mall.timezone)

    @property
    def today(self) -> date:
        """The mall's day in which the page is asked for."""
        return local_date(self.now, self.zone)

    @property
    def voice(self) -> Voice:
        """How something is said on this page."""
        return Voice(self.locale, self.unit)

    @property
    def brand(self) -> Brand:
        """The mall's own face."""
        return brand_of(self._mall)

    def text(self, message_id: str, **params: object) -> str:
        """A text of the catalogue in the page's language."""
        return translate(self.locale, message_id, **params)

    def digits(self, text: object) -> str:
        """A number or a code with its digits as the page's language writes them."""
        return persian_digits(str(text)) if self.locale is Locale.FA else str(text)

    def url(self, path: str = "") -> str:
        """The address of a page of this audience: `url("customers")`."""
        assert self.audience is not None
        root = f"/{self.mall.slug}/{AUDIENCE_PATH[self.audience]}"
        return f"{root}/{path}".rstrip("/")

    def public_address(self, path: str = "") -> str:
        """A whole address of the mall, for messages, papers and QR codes."""
        return self.services.settings.public_address(self.mall.slug, path)

    def render(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        toasts: Iterable[Toast] = (),
    ) -> Response[str]:
        """The template as a response: a whole page, or a fragment for htmx."""
        carried = toasts_of(self.request)
        view = self._view([*carried, *toasts])
        html = self.services.renderer.render(template, context or {}, view)
        response = Response(html, status_code=status, media_type="text/html")
        if carried:
            forget_toast(self.request, response)
        return response

    def go(
        self,
        location: str,
        toast: str | None = None,
        kind: ToastKind = "done",
        *,
        undo: str | None = None,
    ) -> Response[Any]:
        """Sends the browser to another page (303), where `toast` is shown once.

        `undo` is the address to POST to that takes it back: the toast then has a button for it.
        """
        # A part of it may come from the address that was asked for, decoded.
        address = quote(location, safe=_URI)
        headers = {"HX-Redirect": address} if self.htmx else {"Location": address}
        response: Response[Any] = Response(
            "", status_code=200 if self.htmx else 303, headers=headers, media_type="text/html"
        )
        if toast is not None:
            remember_toast(self.request, response, Toast(toast, kind, undo))
        return response

    def form(self, values: Mapping[str, str]) -> Form:
        """A form that changes what it shows; it remembers what that was (`web.meanwhile`)."""
        return Form({**values, SEEN: write_seen(values, self.now)})

    def refused(self, typed: Mapping[str, str], error: TimchehError) -> Form:
        """The form with what was typed and the error's words. Raises the error if it means that
        what the address names isn't there: no form can mend that.
        """
        self._mendable(error)
        return Form.refused(typed, error, self.locale)

    def turned_back(self, location: str, error: TimchehError) -> Response[Any]:
        """Sends the browser to a page that tells why nothing was done. Raises as `refused` does."""
        self._mendable(error)
        return self.go(location, error_detail(error, self.locale), "bad")

    @staticmethod
    def _mendable(error: TimchehError) -> None:
        if type(error) is NotFound:
            raise error

    def _view(self, toasts: Iterable[Toast]) -> View:
        return View(
            locale=self.locale,
            theme=page_theme(self.request),
            nonce=context_of(self.request).nonce,
            csrf_token=masked(self._session.csrf_token) if self._session else "",
            path=self.request.scope["path"],
            unit=self.unit,
            now=self.now,
            frame=self._frame() if self._session else None,
            brand=self.brand,
            toasts=tuple(toasts),
            trial=self._mall.trial_of if self._mall else None,
        )

    def _frame(self) -> Frame:
        assert self.audience is not None
        session, mall = self.session, self.mall
        return Frame(
            audience=self.audience,
            mall_name=mall.name,
            mall_slug=mall.slug,
            links=nav_links(
                self.services.menu,
                audience=self.audience,
                mall_slug=mall.slug,
                path=self.request.scope["path"],
                permissions=self.permissions,
                text=self.text,
            ),
            place=session.place,
            person=session.caller.name,
            role=self.text(f"role-{session.role}") if session.role else "",
            who=_who(session.caller),
        )


def _who(caller: Caller) -> str:
    """The same for as long as somebody works for the same shop, whatever the session."""
    who = f"{caller.id} {caller.merchant_id}"
    return blake2s(who.encode(), digest_size=8).hexdigest()


def brand_of(mall: MallInfo | None) -> Brand:
    """The face of a mall's pages; the product's own where there is no mall."""
    if mall is None:
        return Brand()
    logo = f"/{mall.slug}/logo.png?v={mall.logo_mark}" if mall.logo_mark else None
    return Brand(mall.primary_colour, logo)


def page_parameter(parameters: Iterable[str]) -> str | None:
    """The page dependency that a handler with these parameters asks for, if any."""
    return next((name for name in parameters if name in PAGE_AUDIENCES), None)


def page_provider() -> Callable[[], PageContext]:
    """A dependency: the page that `open_page` has made before the handler was called."""

    def provide() -> PageContext:
        page = current_context.get().page
        if page is None:
            raise Unauthenticated
        return page

    return provide


def staff_audience(request: AnyRequest) -> StaffAudience:
    """Whose page it is where an administrator's and a shop's stand at like addresses."""
    return "mall" if request.scope["path"].split("/")[2] == AUDIENCE_PATH["mall"] else "merchant"


async def open_page(request: AnyRequest, name: str) -> None:
    """Makes the page. Raises NotFound, SignInNeeded or CsrfFailed."""
    context, audience = context_of(request), PAGE_AUDIENCES[name]
    if name == "staff_page":
        audience = staff_audience(request)
    slug = request.path_params.get("mall_slug")
    mall = await context.services.malls.by_slug(slug) if slug is not None else None
    session = None
    if audience is not None:
        session = await session_of(request, audience)
        if mall is None:
            raise NotFound
        if session is None or session.caller.mall_id != mall.mall_id:
            raise SignInNeeded(sign_in_address(mall.slug, audience, request))
        context.caller = session.caller
    context.page = PageContext(request, context.services, mall, audience, session)
    if session is not None:
        await check_csrf(request, session)


def sign_in_address(slug: str, audience: Audience, request: AnyRequest) -> str:
    """Where to sign in, and to come back from if it was a page that was asked for."""
    address = f"/{slug}/{AUDIENCE_PATH[audience]}/sign-in"
    path: str = request.scope["path"]
    home = f"/{slug}/{AUDIENCE_PATH[audience]}"
    return f"{address}?next={quote(path)}" if request.method == "GET" and path != home else address


def page_locale(request: AnyRequest, mall: MallInfo | None) -> Locale:
    """The language of pages: the cookie `lang`, else the mall's, else Persian."""
    chosen = request.cookies.get("lang")
    if chosen in tuple(Locale):
        return Locale(chosen)
    return Locale(mall.locale) if mall else Locale.FA


def page_theme(request: AnyRequest) -> Theme:
    """The theme that the cookie names."""
    chosen: Any = request.cookies.get("theme")
    theme: Theme = chosen if chosen in _THEMES else "system"
    return theme
