"""Segments in the shop's portal: the list, the builder with its live count, the people in one."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.audience import audience_of, scope_for
from merchants.conditions import Builder, read_builder, show_builder
from merchants.conditions.showing import sentence_of
from merchants.customers.queries import CustomerKey, customer_key
from merchants.customers.sorting import tag_customers
from merchants.listing import Window, cut
from merchants.permissions import CUSTOMERS, branches_of
from merchants.segments.models import Segment
from merchants.segments.ready import BY_KEY, READY
from merchants.segments.service import (
    add_segment,
    change_segment,
    condition_of,
    drop_segment,
    find_segment,
    list_segments,
    read_when,
    restore_segment,
)
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, TimchehError
from timcheh.money import MoneyUnit
from timcheh.rules import Condition, Place, write_condition
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext

_WINDOW: Final = CustomerKey


@get("/{mall_slug:str}/shop/segments", include_in_schema=False)
async def segment_list(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's segments with how many are in each now, and what can be opened at once."""
    branches_of(shop_page.caller, CUSTOMERS)
    async with shop_page.database.unit_of_work(shop_page.caller.scope) as uow:
        rows = await list_segments(uow, shop_page.caller.shop)
    segments = [
        {
            "id": row.id,
            "name": row.name,
            "sentence": await sentence_of(shop_page, condition_of(row)),
            "count": await _count(shop_page, condition_of(row)),
        }
        for row in rows
    ]
    ready = {
        kind: [(key, shop_page.text(f"ready-{key}")) for key in found]
        for kind, found in READY.items()
    }
    return shop_page.render("merchants/segments/list.html", {"segments": segments, "ready": ready})


@get("/{mall_slug:str}/shop/segments/new", include_in_schema=False)
async def segment_new(shop_page: NamedDependency[PageContext]) -> Html:
    """An empty builder, or one that was made ready."""
    branches_of(shop_page.caller, CUSTOMERS)
    key = shop_page.request.query_params.get("ready", "")
    condition = read_when(BY_KEY.get(key))
    values = {"name": shop_page.text(f"ready-{key}")} if key in BY_KEY else {}
    return await _form(shop_page, Form(values), Builder.of(condition, shop_page.unit))


@post("/{mall_slug:str}/shop/segments/new", include_in_schema=False, status_code=200)
async def segment_add(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Saves what was built; what can't be saved comes back as it was typed."""
    branches_of(shop_page.caller, CUSTOMERS)
    caller, builder = shop_page.caller, read_builder(data)
    try:
        condition = _condition(builder, shop_page.unit)
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            row = await add_segment(uow, caller.shop, data.get("name", ""), condition)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        return await _form(shop_page, form, builder, status=error.status)
    return shop_page.go(
        shop_page.url(f"segments/{row.id}"), shop_page.text("segments-saved", name=row.name)
    )


@post("/{mall_slug:str}/shop/segments/count", include_in_schema=False, status_code=200)
async def segment_count(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """How many meet what is being built, and the condition as a sentence: a fragment."""
    branches_of(shop_page.caller, CUSTOMERS)
    try:
        condition = _condition(read_builder(data), shop_page.unit)
    except Invalid:
        return shop_page.render("merchants/segments/_count.html", {"count": None, "sentence": ""})
    context = {
        "count": await _count(shop_page, condition),
        "sentence": await sentence_of(shop_page, condition),
    }
    return shop_page.render("merchants/segments/_count.html", context)


@get("/{mall_slug:str}/shop/segments/{segment_id:uuid}", include_in_schema=False)
async def segment_one(shop_page: NamedDependency[PageContext], segment_id: FromPath[UUID]) -> Html:
    """Who is in a segment now: the shop's own customers, and nobody else's."""
    branches_of(shop_page.caller, CUSTOMERS)
    row = await _find(shop_page, segment_id)
    condition = condition_of(row)
    window = Window.asked(shop_page.request.query_params, _WINDOW)
    async with _looking(shop_page, condition) as uow:
        audience = await audience_of(uow, shop_page.caller.shop, condition)
        total = await audience.count(uow)
        people = await audience.page(uow, window)
    shown = cut(window, people, customer_key, shop_page.url(f"segments/{segment_id}"), {})
    context = {
        "segment": {"id": row.id, "name": row.name},
        "sentence": await sentence_of(shop_page, condition),
        "customers": shown.rows,
        "next": shown.next,
        "previous": shown.previous,
        "total": total,
    }
    return shop_page.render("merchants/segments/one.html", context)


@get("/{mall_slug:str}/shop/segments/{segment_id:uuid}/edit", include_in_schema=False)
async def segment_edit(shop_page: NamedDependency[PageContext], segment_id: FromPath[UUID]) -> Html:
    """The builder of a segment."""
    branches_of(shop_page.caller, CUSTOMERS)
    row = await _find(shop_page, segment_id)
    builder = Builder.of(condition_of(row), shop_page.unit)
    return await _form(shop_page, shop_page.form(_values(shop_page, row)), builder, row)


@post(
    "/{mall_slug:str}/shop/segments/{segment_id:uuid}/edit",
    include_in_schema=False,
    status_code=200,
)
async def segment_change(
    shop_page: NamedDependency[PageContext], segment_id: FromPath[UUID], data: Fields
) -> Html:
    """Saves the change."""
    branches_of(shop_page.caller, CUSTOMERS)
    caller, builder = shop_page.caller, read_builder(data)
    row, unit = await _find(shop_page, segment_id), shop_page.unit
    written = Written("segment.changed", "segment", segment_id)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            now, typed = _values_now(shop_page, uow, segment_id), builder.along(data, unit)
            data = await reconciled(uow, shop_page, typed, now, written)
            builder = builder.kept_in(data, unit)
            name, condition = data.get("name", ""), _condition(builder, unit)
            await change_segment(uow, caller.shop, segment_id, name, condition, None)
            await record(uow, caller, *written, after={"name": name})
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        builder = builder.kept_in(form.values, unit)
        return await _form(shop_page, form, builder, row, error.status)
    return shop_page.go(shop_page.url(f"segments/{segment_id}"), shop_page.text("segments-changed"))


@post(
    "/{mall_slug:str}/shop/segments/{segment_id:uuid}/delete",
    include_in_schema=False,
    status_code=200,
)
async def segment_drop(shop_page: NamedDependency[PageContext], segment_id: FromPath[UUID]) -> Html:
    """Removes a segment; its people stay as they are."""
    branches_of(shop_page.caller, CUSTOMERS)
    async with shop_page.database.unit_of_work(shop_page.caller.scope) as uow:
        name = await drop_segment(uow, shop_page.caller.shop, segment_id)
    return shop_page.go(
        shop_page.url("segments"),
        shop_page.text("segments-dropped", name=name),
        undo=shop_page.url(f"segments/{segment_id}/restore"),
    )


@post(
    "/{mall_slug:str}/shop/segments/{segment_id:uuid}/restore",
    include_in_schema=False,
    status_code=200,
)
async def segment_restored(
    shop_page: NamedDependency[PageContext], segment_id: FromPath[UUID]
) -> Html:
    """It is there again."""
    branches_of(shop_page.caller, CUSTOMERS)
    try:
        async with shop_page.database.unit_of_work(shop_page.caller.scope) as uow:
            row = await restore_segment(uow, shop_page.caller.shop, segment_id)
    except TimchehError as error:
        return shop_page.turned_back(shop_page.url("segments"), error)
    said = shop_page.text("segments-restored", name=row.name)
    return shop_page.go(shop_page.url(f"segments/{row.id}"), said)


@post(
    "/{mall_slug:str}/shop/segments/{segment_id:uuid}/tag",
    include_in_schema=False,
    status_code=200,
)
async def segment_tag(
    shop_page: NamedDependency[PageContext], segment_id: FromPath[UUID], data: Fields
) -> Html:
    """Puts a tag on everybody who is in the segment now."""
    branches_of(shop_page.caller, CUSTOMERS)
    condition = condition_of(await _find(shop_page, segment_id))
    here = shop_page.url(f"segments/{segment_id}")
    try:
        async with _looking(shop_page, condition) as uow:
            shop = shop_page.caller.shop
            members = await (await audience_of(uow, shop, condition)).members(uow)
            count = await tag_customers(uow, shop, members, data.get("tag", ""))
    except Invalid as error:
        form = Form.refused(data, error, shop_page.locale)
        return shop_page.go(here, form.error("tag") or form.message, "bad")
    return shop_page.go(here, shop_page.text("segments-tagged", count=count))


ROUTES: Final = (
    segment_list,
    segment_new,
    segment_add,
    segment_count,
    segment_one,
    segment_edit,
    segment_change,
    segment_drop,
    segment_restored,
    segment_tag,
)


def _condition(builder: Builder, unit: MoneyUnit) -> Condition | None:
    """What was built, if it can be asked of customers. Raises Invalid."""
    where = f"/{builder.prefix}-kept"  # rows offer nothing else: only what was kept can be wrong
    condition = builder.condition(unit)
    return None if condition is None else read_when(write_condition(condition), where)


def _values(page: PageContext, row: Segment) -> dict[str, str]:
    return Builder.of(condition_of(row), page.unit).along({"name": row.name}, page.unit)


async def _values_now(page: PageContext, uow: UnitOfWork, segment_id: UUID) -> dict[str, str]:
    return _values(page, await find_segment(uow, page.caller.shop, segment_id))


def _looking(page: PageContext, condition: Condition | None) -> Any:
    caller = page.caller
    return page.database.unit_of_work(scope_for(caller.mall_id, caller.shop, condition))


async def _count(page: PageContext, condition: Condition | None) -> int:
    async with _looking(page, condition) as uow:
        return await (await audience_of(uow, page.caller.shop, condition)).count(uow)


async def _find(page: PageContext, segment_id: UUID) -> Segment:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return await find_segment(uow, page.caller.shop, segment_id)


async def _form(
    page: PageContext,
    form: Form,
    builder: Builder,
    row: Segment | None = None,
    status: int = 200,
) -> Html:
    context = {
        "form": form,
        "builder": await show_builder(
            page, builder, Place.CUSTOMER, form.errors, theirs=form.theirs
        ),
        "segment": {"id": row.id, "name": row.name} if row else None,
    }
    return page.render("merchants/segments/form.html", context, status=status)
