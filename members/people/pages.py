"""A member's own profile, on their phone."""

from typing import Final

from litestar import get, post
from litestar.di import NamedDependency

from members.people.service import find_member, introduce
from members.profiles.forms import fact_lists, fact_values, read_described
from members.profiles.queries import find_profile
from members.profiles.service import write_profile
from timcheh.calendar import local_date
from timcheh.db import UnitOfWork
from timcheh.errors import TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext

_LINKS: Final = (
    (
        ("club-me-profile", "profile", "user-round"),
        ("club-me-cards", "cards", "id-card"),
        ("club-me-rewards", "rewards", "ticket"),
        ("club-me-gifts", "gifts", "gift"),
        ("club-me-invite", "invite", "user-plus"),
    ),
    (
        ("club-me-passkeys", "passkeys", "key-round"),
        ("club-me-consents", "consents", "shield-check"),
        ("club-me-data", "data", "download"),
        ("club-me-erase", "erase", "trash-2"),
    ),
)


@get("/{mall_slug:str}/club/me", include_in_schema=False)
async def me(club_page: NamedDependency[PageContext]) -> Html:
    """Where a member's own things are."""
    async with club_page.database.unit_of_work(club_page.caller.scope) as uow:
        member = await find_member(uow, id=club_page.caller.id)
    text = club_page.text
    links = [
        [(text(name), text(f"{name}.detail"), path, sign) for name, path, sign in group]
        for group in _LINKS
    ]
    return club_page.render("members/club/me.html", {"member": member, "links": links})


@get("/{mall_slug:str}/club/profile", include_in_schema=False)
async def profile(club_page: NamedDependency[PageContext]) -> Html:
    """What the member has said of themselves."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(caller.scope) as uow:
        values = await _values(club_page, uow)
    return _page(club_page, club_page.form(values))


@post("/{mall_slug:str}/club/profile", include_in_schema=False)
async def profile_written(club_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Takes the member's word."""
    caller = club_page.caller
    written = Written("member.described", "member", caller.id)
    try:
        async with club_page.database.unit_of_work(caller.scope) as uow:
            data = await reconciled(uow, club_page, data, _values(club_page, uow), written)
            person = read_described(data, local_date(club_page.now))
            await introduce(uow, caller.id, person.name, person.birthday)
            await write_profile(uow, caller.id, person.facts)
    except TimchehError as error:
        return _page(club_page, club_page.refused(data, error), error.status)
    return club_page.go(club_page.url("profile"), club_page.text("profile-kept"))


ROUTES: Final = (me, profile, profile_written)


async def _values(page: PageContext, uow: UnitOfWork) -> dict[str, str]:
    member = await find_member(uow, id=page.caller.id)
    said = await find_profile(uow, page.caller.id)
    return fact_values(member.name, member.birthday, said, page.locale)


def _page(page: PageContext, form: Form, status: int = 200) -> Html:
    context = {"form": form, "lists": fact_lists(page.locale, form.value("province"))}
    return page.render("members/club/profile.html", context, status=status)
