"""The mall's people in its portal: who they are, and helping whoever has lost their phone."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from mall_portal.people.service import Colleague, colleagues, find_person
from merchants.facade import shop_names
from timcheh.access.second_factor.resetting import RESET, reset_second_factor
from timcheh.audit import record
from timcheh.errors import NotFound
from timcheh.web.pages import Html, PageContext

MANAGE: Final = "staff.manage"
_HERE: Final = "/{mall_slug:str}/mall/people"


@get(_HERE, include_in_schema=False)
async def people(mall_page: NamedDependency[PageContext]) -> Html:
    """The mall's own, and whoever of a shop has a second factor."""
    page = mall_page
    page.caller.require(MANAGE)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        found = await colleagues(uow)
        shops = await shop_names(uow)
    context = {"people": [_shown(page, each, shops) for each in found]}
    return page.render("mall_portal/people/list.html", context)


@post(_HERE + "/{staff_id:uuid}/second-factor/reset", include_in_schema=False)
async def second_factor_reset(
    mall_page: NamedDependency[PageContext], staff_id: FromPath[UUID]
) -> Html:
    """Who has lost phone and codes signs in with the password alone and turns it on anew."""
    page = mall_page
    page.caller.require(MANAGE)
    if staff_id == page.caller.id:
        raise NotFound
    async with page.database.unit_of_work(page.caller.scope) as uow:
        person = await find_person(uow, staff_id)
        await reset_second_factor(
            uow,
            person,
            by=page.caller.name,
            mall_name=page.mall.name,
            door=page.public_address(),
            locale=page.locale,
        )
        await record(uow, page.caller, RESET, "staff", staff_id)
    return page.go(page.url("people"), page.text("staff-second-reset", name=person.name))


ROUTES: Final = (people, second_factor_reset)


def _shown(page: PageContext, each: Colleague, shops: dict[UUID, str]) -> dict[str, Any]:
    def place(merchant_id: UUID | None) -> str:
        return shops.get(merchant_id, "") if merchant_id else page.mall.name

    return {
        "id": each.staff.id,
        "name": each.staff.name,
        "mobile": each.staff.mobile,
        "works": [(page.text(f"role-{role.role}"), place(role.merchant_id)) for role in each.roles],
        "second": each.second,
        "me": each.staff.id == page.caller.id,
    }
