"""Staff in the shop's portal: who works here, in which roles and branches, inviting, changing."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.people.service import (
    Actor,
    Employee,
    can_reset,
    employees,
    find_employee,
    give_role,
    invite,
    take_role,
)
from merchants.permissions import STAFF, branches_of
from merchants.shops.models import Branch
from merchants.shops.service import list_branches, shop_name
from merchants.typed import Typed
from timcheh.access.limits import Limit
from timcheh.access.models import StaffRole
from timcheh.access.second_factor.resetting import RESET, reset_second_factor
from timcheh.access.second_factor.service import factors_of
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.errors import NotFound, TimchehError
from timcheh.text.identifiers import IdentifierError
from timcheh.text.identifiers import mobile as read_mobile
from timcheh.web.form import Fields, Form
from timcheh.web.join import inviter_of
from timcheh.web.pages import Html, PageContext

MESSAGES: Final = Limit("shop-invitations", count=30, window=3600)
"""Invitations of one shop, so that nobody is flooded with messages through it."""
_HERE: Final = "/{mall_slug:str}/shop/staff"
_WHOLE: Final = ""  # of the form: the whole shop


@get(_HERE, include_in_schema=False)
async def staff(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's people."""
    return await _list(shop_page, Form())


@post(_HERE, include_in_schema=False, status_code=200)
async def staff_invited(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Invites somebody by text message, or gives one more role to who has an account."""
    page, caller = shop_page, shop_page.caller
    actor = _actor(page)
    typed = Typed(data)
    name, role = typed.needed("name", 100), typed.choice("role", actor.roles)
    try:
        mobile = read_mobile(data.get("mobile", ""))
    except IdentifierError as error:
        mobile = ""
        typed.fault("mobile", error.code)
    try:
        typed.check()
        branch_id = await _branch(page, data.get("branch", _WHOLE))
        await page.services.limiter.hit(MESSAGES, f"{caller.mall_id} {caller.shop}")
        async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            person = await invite(
                uow,
                caller.shop,
                actor,
                inviter_of(page),
                shop=await shop_name(uow, caller.shop),
                mobile=mobile,
                name=name,
                role=role,
                branch_id=branch_id,
            )
            await record(uow, caller, "staff.invited", "staff", person.id, after={"role": role})
    except TimchehError as error:
        return await _list(page, page.refused(data, error), error.status)
    return page.go(page.url("staff"), page.text("staff-invited", name=person.name))


@get(_HERE + "/{staff_id:uuid}", include_in_schema=False)
async def staff_one(shop_page: NamedDependency[PageContext], staff_id: FromPath[UUID]) -> Html:
    """One of them."""
    return await _one(shop_page, staff_id, Form())


@post(_HERE + "/{staff_id:uuid}/roles", include_in_schema=False, status_code=200)
async def role_given(
    shop_page: NamedDependency[PageContext], staff_id: FromPath[UUID], data: Fields
) -> Html:
    """One more role, from their next click on."""
    page, caller = shop_page, shop_page.caller
    actor = _actor(page)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await find_employee(uow, caller.shop, staff_id)
    asked = page.request.query_params  # what a toast takes back
    fields = {name: data.get(name) or asked.get(name) or _WHOLE for name in ("role", "branch")}
    typed = Typed(fields)
    role = typed.choice("role", actor.roles)
    try:
        typed.check()
        branch_id = await _branch(page, fields["branch"])
        async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            await give_role(uow, caller.shop, actor, staff_id, role, branch_id)
            await record(uow, caller, "staff.role_given", "staff", staff_id, after={"role": role})
    except TimchehError as error:
        return await _one(page, staff_id, page.refused(data, error), error.status)
    return page.go(page.url(f"staff/{staff_id}"), page.text("staff-role-given"))


@post(
    _HERE + "/{staff_id:uuid}/roles/{role_id:uuid}/withdraw",
    include_in_schema=False,
    status_code=200,
)
async def role_withdrawn(
    shop_page: NamedDependency[PageContext], staff_id: FromPath[UUID], role_id: FromPath[UUID]
) -> Html:
    """Takes a role away, from their next click on."""
    page, caller = shop_page, shop_page.caller
    actor = _actor(page)
    try:
        async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            before = await take_role(uow, caller.shop, actor, staff_id, role_id)
            await record(uow, caller, "staff.role_withdrawn", "staff", staff_id)
    except TimchehError as error:
        return await _one(page, staff_id, page.refused({}, error), error.status)
    said = page.text("staff-role-withdrawn", name=before.staff.name)
    if len(before.roles) == 1:  # they have left
        return page.go(page.url("staff"), said)
    role = next(each for each in before.roles if each.id == role_id)
    query = urlencode({"role": role.role, "branch": role.branch_id or _WHOLE})
    here = page.url(f"staff/{staff_id}")
    return page.go(here, said, undo=f"{here}/roles?{query}")


@post(_HERE + "/{staff_id:uuid}/invite", include_in_schema=False, status_code=200)
async def staff_invited_again(
    shop_page: NamedDependency[PageContext], staff_id: FromPath[UUID]
) -> Html:
    """Sends the link once more."""
    page, caller = shop_page, shop_page.caller
    _actor(page)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        person = await find_employee(uow, caller.shop, staff_id)
    try:
        await page.services.limiter.hit(MESSAGES, f"{caller.mall_id} {caller.shop}")
    except TimchehError as error:
        return await _one(page, staff_id, Form.refused({}, error, page.locale), error.status)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        shop = await shop_name(uow, caller.shop)
        await inviter_of(page).tell(uow, person.staff, shop, person.roles[0].role)
    done = page.text("staff-invited", name=person.staff.name)
    return page.go(page.url(f"staff/{staff_id}"), done)


@post(_HERE + "/{staff_id:uuid}/second-factor/reset", include_in_schema=False)
async def second_factor_reset(
    shop_page: NamedDependency[PageContext], staff_id: FromPath[UUID]
) -> Html:
    """Who has lost phone and codes signs in with the password alone and turns it on anew."""
    page, caller = shop_page, shop_page.caller
    actor = _actor(page)
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        person = await find_employee(uow, caller.shop, staff_id)
        if not await can_reset(uow, caller.shop, actor, person):
            raise NotFound
        await reset_second_factor(
            uow,
            person.staff,
            by=caller.name,
            mall_name=page.mall.name,
            door=page.public_address("shop/sign-in"),
            locale=page.locale,
        )
        await record(uow, caller, RESET, "staff", staff_id, merchant_id=caller.shop)
    done = page.text("staff-second-reset", name=person.staff.name)
    return page.go(page.url(f"staff/{staff_id}"), done)


ROUTES: Final = (
    staff,
    staff_invited,
    staff_one,
    role_given,
    role_withdrawn,
    staff_invited_again,
    second_factor_reset,
)


def _actor(page: PageContext) -> Actor:
    """Raises MissingPermission for whoever is in charge of nobody."""
    branches = branches_of(page.caller, STAFF)
    return Actor(page.caller.id, page.session.role == "owner", branches)


async def _branches(page: PageContext) -> list[Branch]:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return await list_branches(uow, page.caller.shop)


async def _branch(page: PageContext, typed: str) -> UUID | None:
    """The branch that was chosen; None: the whole shop. Raises NotFound for another's."""
    if typed == _WHOLE:
        return None
    found = next((each.id for each in await _branches(page) if str(each.id) == typed), None)
    if found is None:
        raise NotFound
    return found


async def _list(page: PageContext, form: Form, status: int = 200) -> Html:
    actor = _actor(page)
    branches = await _branches(page)
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        found = await employees(uow, page.caller.shop)
    names = {each.id: each.name for each in branches}
    context = {
        "people": [_shown(page, each, actor, names) for each in found],
        "form": form,
        **_choices(page, actor, branches),
    }
    return page.render("merchants/people/list.html", context, status=status)


async def _one(page: PageContext, staff_id: UUID, form: Form, status: int = 200) -> Html:
    actor = _actor(page)
    branches = await _branches(page)
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        found = await find_employee(uow, page.caller.shop, staff_id)
        factors = await factors_of(uow, staff_id)
        can = await can_reset(uow, page.caller.shop, actor, found) if factors.on else False
    names = {each.id: each.name for each in branches}
    context = {
        "person": _shown(page, found, actor, names),
        "second": "reset" if can else "on" if factors.on else "",
        "form": form,
        **_choices(page, actor, branches),
    }
    return page.render("merchants/people/one.html", context, status=status)


def _choices(page: PageContext, actor: Actor, branches: list[Branch]) -> dict[str, Any]:
    """What the form offers this person: roles, and where they hold."""
    mine = [
        (str(each.id), each.name)
        for each in branches
        if each.closed_at is None and (actor.branches is None or each.id in actor.branches)
    ]
    whole = [(_WHOLE, page.text("staff-whole-shop"))] if actor.branches is None else []
    roles = [(role, page.text(f"role-{role}")) for role in reversed(actor.roles)]
    return {"roles": roles, "places": whole + mine}


def _shown(
    page: PageContext, each: Employee, actor: Actor, names: dict[UUID, str]
) -> dict[str, Any]:
    me = each.staff.id == actor.staff_id
    return {
        "id": each.staff.id,
        "name": each.staff.name,
        "mobile": page.digits(each.staff.mobile),
        "me": me,
        "has_come": each.staff.has_come,
        "roles": [_role(page, role, actor, names, me=me) for role in each.roles],
    }


def _role(
    page: PageContext, role: StaffRole, actor: Actor, names: dict[UUID, str], *, me: bool
) -> dict[str, Any]:
    whole = page.text("staff-whole-shop")
    return {
        "id": role.id,
        "name": page.text(f"role-{role.role}"),
        "means": page.text(f"staff-means-{role.role}"),
        "place": names.get(role.branch_id, "") if role.branch_id else whole,
        "may_withdraw": not me and actor.may_assign(role.role, role.branch_id),
    }
