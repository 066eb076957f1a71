"""Where the doors are, and where one goes on to from them."""

from urllib.parse import quote

from timcheh.module import Audience
from timcheh.web.frame import AUDIENCE_PATH
from timcheh.web.pages import Html, PageContext


def door_of(page: PageContext, audience: Audience) -> str:
    """The address of an audience's sign-in."""
    return f"{_home(page, audience)}/sign-in"


def onward(page: PageContext, audience: Audience, data: dict[str, str], welcome: str = "") -> Html:
    """To the page that was wanted before the door, else to the audience's first."""
    return page.go(_wanted(page, audience, data) or _home(page, audience), welcome or None)


def next_query(page: PageContext, audience: Audience, data: dict[str, str]) -> str:
    """Carries the page that is wanted over to the door's next step: `?next=…`, or nothing."""
    wanted = _wanted(page, audience, data)
    return f"?next={quote(wanted)}" if wanted else ""


def next_of(page: PageContext) -> str:
    """The page that is wanted, as the address says it."""
    return str(page.request.query_params.get("next") or "")


def _wanted(page: PageContext, audience: Audience, data: dict[str, str]) -> str:
    wanted = data.get("next") or next_of(page)
    return wanted if _leads_home(wanted, _home(page, audience)) else ""


def _leads_home(wanted: str, home: str) -> bool:
    """Only a page of the same audience is gone on to: never an address from outside."""
    return (
        wanted.startswith(f"{home}/")
        and not any(c in wanted for c in "\\\r\n")
        and (not wanted.startswith(f"{home}/sign-"))
    )


def _home(page: PageContext, audience: Audience) -> str:
    return f"/{page.mall.slug}/{AUDIENCE_PATH[audience]}"
