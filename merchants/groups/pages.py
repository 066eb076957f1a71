"""Groups in the shop's portal: the list, a new one, the people in one."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.audience import scope_for
from merchants.conditions import Builder, read_builder, show_builder
from merchants.conditions.showing import sentence_of
from merchants.customers.queries import CustomerKey, customer_key
from merchants.groups.models import CustomerGroup
from merchants.groups.service import (
    add_group,
    change_condition,
    condition_of,
    drop_group,
    find_group,
    follow,
    group_page,
    group_sizes,
    list_groups,
    move,
)
from merchants.listing import Window, cut
from merchants.permissions import CUSTOMERS, branches_of
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import TimchehError
from timcheh.rules import Place
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext

_WINDOW: Final = CustomerKey


@get("/{mall_slug:str}/shop/groups", include_in_schema=False)
async def group_list(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's groups and how many are in each."""
    branches_of(shop_page.caller, CUSTOMERS)
    async with shop_page.database.unit_of_work(shop_page.caller.scope) as uow:
        rows = await list_groups(uow, shop_page.caller.shop)
        sizes = await group_sizes(uow, shop_page.caller.shop)
    groups = [
        {
            "id": row.id,
            "name": row.name,
            "automatic": row.condition is not None,
            "sentence": await sentence_of(shop_page, condition_of(row)),
            "count": sizes.get(row.name, 0),
        }
        for row in rows
    ]
    return shop_page.render("merchants/groups/list.html", {"groups": groups})


@get("/{mall_slug:str}/shop/groups/new", include_in_schema=False)
async def group_new(shop_page: NamedDependency[PageContext]) -> Html:
    """A name, and a condition if the group is to follow one."""
    branches_of(shop_page.caller, CUSTOMERS)
    return await _form(shop_page, Form(), Builder())


@post("/{mall_slug:str}/shop/groups/new", include_in_schema=False, status_code=200)
async def group_add(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Makes the group; one with a condition has its people at once."""
    caller, builder = shop_page.caller, read_builder(data)
    branches_of(caller, CUSTOMERS)
    try:
        condition = builder.condition(shop_page.unit)
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            row = await add_group(uow, caller.shop, data.get("name", ""), condition)
        await _follow(shop_page, row)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        return await _form(shop_page, form, builder, status=error.status)
    return shop_page.go(
        shop_page.url(f"groups/{row.id}"), shop_page.text("groups-made", name=row.name)
    )


@get("/{mall_slug:str}/shop/groups/{group_id:uuid}/edit", include_in_schema=False)
async def group_edit(shop_page: NamedDependency[PageContext], group_id: FromPath[UUID]) -> Html:
    """The condition that a group follows, in its builder."""
    branches_of(shop_page.caller, CUSTOMERS)
    row = await _find(shop_page, group_id)
    builder = Builder.of(condition_of(row), shop_page.unit)
    return await _form(shop_page, shop_page.form(builder.along({}, shop_page.unit)), builder, row)


@post(
    "/{mall_slug:str}/shop/groups/{group_id:uuid}/edit",
    include_in_schema=False,
    status_code=200,
)
async def group_change(
    shop_page: NamedDependency[PageContext], group_id: FromPath[UUID], data: Fields
) -> Html:
    """Has the group follow another condition, or none; whom it has is right at once."""
    caller, builder = shop_page.caller, read_builder(data)
    branches_of(caller, CUSTOMERS)
    row, unit = await _find(shop_page, group_id), shop_page.unit
    written = Written("group.changed", "customer_group", group_id)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            now, typed = _values(shop_page, uow, group_id), builder.along(data, unit)
            data = await reconciled(uow, shop_page, typed, now, written)
            builder = builder.kept_in(data, unit)
            condition = builder.condition(unit)
            row = await change_condition(uow, caller.shop, group_id, condition)
            await record(uow, caller, *written)
        await _follow(shop_page, row)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        builder = builder.kept_in(form.values, unit)
        return await _form(shop_page, form, builder, row, error.status)
    return shop_page.go(shop_page.url(f"groups/{group_id}"), shop_page.text("groups-changed"))


@get("/{mall_slug:str}/shop/groups/{group_id:uuid}", include_in_schema=False)
async def group_one(shop_page: NamedDependency[PageContext], group_id: FromPath[UUID]) -> Html:
    """Who is in a group."""
    branches_of(shop_page.caller, CUSTOMERS)
    return await _one(shop_page, group_id, Form())


@post("/{mall_slug:str}/shop/groups/{group_id:uuid}/add", include_in_schema=False, status_code=200)
async def group_put(
    shop_page: NamedDependency[PageContext], group_id: FromPath[UUID], data: Fields
) -> Html:
    """Puts a customer in by mobile or member number."""
    return await _moved(shop_page, group_id, data, "added")


@post(
    "/{mall_slug:str}/shop/groups/{group_id:uuid}/remove",
    include_in_schema=False,
    status_code=200,
)
async def group_take(
    shop_page: NamedDependency[PageContext], group_id: FromPath[UUID], data: Fields
) -> Html:
    """Takes a customer out by mobile or member number."""
    return await _moved(shop_page, group_id, data, "removed")


@post(
    "/{mall_slug:str}/shop/groups/{group_id:uuid}/delete",
    include_in_schema=False,
    status_code=200,
)
async def group_drop(shop_page: NamedDependency[PageContext], group_id: FromPath[UUID]) -> Html:
    """Forgets a group and takes everybody out of it."""
    branches_of(shop_page.caller, CUSTOMERS)
    async with shop_page.database.unit_of_work(shop_page.caller.scope) as uow:
        name = await drop_group(uow, shop_page.caller.shop, group_id)
    return shop_page.go(shop_page.url("groups"), shop_page.text("groups-dropped", name=name))


ROUTES: Final = (
    group_list,
    group_new,
    group_add,
    group_one,
    group_edit,
    group_change,
    group_put,
    group_take,
    group_drop,
)


async def _moved(page: PageContext, group_id: UUID, data: Fields, what: str) -> Html:
    caller = page.caller
    branches_of(caller, CUSTOMERS)
    try:
        async with page.database.unit_of_work(caller.scope) as uow:
            group = await find_group(uow, caller.shop, group_id)
            await move(uow, group, data.get("who", ""), into=what == "added")
    except TimchehError as error:
        form = Form.refused(data, error, page.locale)
        return await _one(page, group_id, form, error.status)
    return page.go(page.url(f"groups/{group_id}"), page.text(f"groups-{what}"))


async def _one(page: PageContext, group_id: UUID, form: Form, status: int = 200) -> Html:
    window = Window.asked(page.request.query_params, _WINDOW)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        group: CustomerGroup = await find_group(uow, page.caller.shop, group_id)
        people, total = await group_page(uow, group, window)
    shown = cut(window, people, customer_key, page.url(f"groups/{group_id}"), {})
    context = {
        "group": {"id": group.id, "name": group.name, "automatic": group.condition is not None},
        "sentence": await sentence_of(page, condition_of(group)),
        "customers": shown.rows,
        "next": shown.next,
        "previous": shown.previous,
        "total": total,
        "form": form,
    }
    return page.render("merchants/groups/one.html", context, status=status)


async def _find(page: PageContext, group_id: UUID) -> CustomerGroup:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return await find_group(uow, page.caller.shop, group_id)


async def _values(page: PageContext, uow: UnitOfWork, group_id: UUID) -> dict[str, str]:
    row = await find_group(uow, page.caller.shop, group_id)
    return Builder.of(condition_of(row), page.unit).along({}, page.unit)


async def _follow(page: PageContext, group: CustomerGroup) -> None:
    scope = scope_for(page.caller.mall_id, page.caller.shop, condition_of(group))
    async with page.database.unit_of_work(scope) as uow:
        await follow(uow, group)


async def _form(
    page: PageContext,
    form: Form,
    builder: Builder,
    group: CustomerGroup | None = None,
    status: int = 200,
) -> Html:
    context = {
        "form": form,
        "builder": await show_builder(
            page, builder, Place.CUSTOMER, form.errors, theirs=form.theirs
        ),
        "group": {"id": group.id, "name": group.name} if group else None,
    }
    return page.render("merchants/groups/form.html", context, status=status)
