"""What a shop writes of a customer, and the fields that it makes up itself."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from members.facade import FactError, fact_lists, fact_values, read_described, read_words
from merchants.customers.service import find_customer
from merchants.permissions import CUSTOMERS_WRITE, branches_of
from merchants.profiles.fields import (
    KINDS,
    add_field,
    ask_again,
    end_field,
    list_fields,
    read_value,
    write_value,
)
from merchants.profiles.models import CustomField
from merchants.profiles.service import (
    Known,
    find_customer_profile,
    find_referrer,
    write_known,
)
from timcheh.calendar import local_date
from timcheh.db import UnitOfWork
from timcheh.errors import FieldError, Invalid, TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext

_LONGEST_NOTE: Final = 1_000


@get("/{mall_slug:str}/shop/customers/{member_id:uuid}/profile", include_in_schema=False)
async def customer_profile(
    shop_page: NamedDependency[PageContext], member_id: FromPath[UUID]
) -> Html:
    """What the shop knows, to be written on."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        fields = await list_fields(uow, caller.shop)
        values = await _values(uow, shop_page, member_id, fields)
        row = await find_customer_profile(uow, caller.shop, member_id)
    shared = row.shared if row else []
    form = shop_page.form(values)
    return _page(shop_page, member_id, values["name"], fields, shared, form)


@post("/{mall_slug:str}/shop/customers/{member_id:uuid}/profile", include_in_schema=False)
async def customer_written(
    shop_page: NamedDependency[PageContext], member_id: FromPath[UUID], data: Fields
) -> Html:
    """Takes the shop's word."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        name = (await find_customer(uow, caller.shop, member_id)).name or ""
        row = await find_customer_profile(uow, caller.shop, member_id)
        shared = list(row.shared) if row else []
        fields = await list_fields(uow, caller.shop)
    written = Written("customer.profile_changed", "customer", member_id)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            now = _values(uow, shop_page, member_id, fields)
            data = await reconciled(uow, shop_page, data, now, written)
            row = await find_customer_profile(uow, caller.shop, member_id)
            before = dict(row.custom) if row else {}
            known = await _read(uow, shop_page, member_id, fields, before, data)
            await write_known(uow, caller, member_id, known)
    except TimchehError as error:
        refused = shop_page.refused(data, error)
        return _page(shop_page, member_id, name, fields, shared, refused, error.status)
    address = shop_page.url(f"customers/{member_id}")
    return shop_page.go(address, shop_page.text("customer-kept"))


@get("/{mall_slug:str}/shop/customers/fields", include_in_schema=False)
async def own_fields(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's own fields."""
    return await _fields(shop_page, Form())


@post("/{mall_slug:str}/shop/customers/fields", include_in_schema=False)
async def own_field_added(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Adds one."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    choices = [line.strip() for line in data.get("choices", "").splitlines() if line.strip()]
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            await add_field(uow, caller.shop, data.get("label", ""), data.get("kind", ""), choices)
    except Invalid as error:
        refused = Form.refused(data, error, shop_page.locale)
        return await _fields(shop_page, refused, error.status)
    return shop_page.go(shop_page.url("customers/fields"), shop_page.text("fields-added"))


@post("/{mall_slug:str}/shop/customers/fields/{field_id:uuid}/end", include_in_schema=False)
async def own_field_ended(
    shop_page: NamedDependency[PageContext], field_id: FromPath[UUID]
) -> Html:
    """Asks for it no more."""
    caller = shop_page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await end_field(uow, caller.shop, field_id)
    here = shop_page.url("customers/fields")
    return shop_page.go(here, shop_page.text("fields-ended"), undo=f"{here}/{field_id}/again")


@post("/{mall_slug:str}/shop/customers/fields/{field_id:uuid}/again", include_in_schema=False)
async def own_field_asked_again(
    shop_page: NamedDependency[PageContext], field_id: FromPath[UUID]
) -> Html:
    """Asks for it as before."""
    caller, here = shop_page.caller, shop_page.url("customers/fields")
    branches_of(caller, CUSTOMERS_WRITE)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            await ask_again(uow, caller.shop, field_id)
    except TimchehError as error:
        return shop_page.turned_back(here, error)
    return shop_page.go(here, shop_page.text("fields-again"))


ROUTES: Final = (
    customer_profile,
    customer_written,
    own_fields,
    own_field_added,
    own_field_ended,
    own_field_asked_again,
)


async def _values(
    uow: UnitOfWork, page: PageContext, member_id: UUID, fields: Sequence[CustomField]
) -> dict[str, str]:
    """What the shop knows, as it is typed."""
    shop = page.caller.shop
    customer = await find_customer(uow, shop, member_id)
    row = await find_customer_profile(uow, shop, member_id)
    referrer = row.referrer_id if row else None
    values = fact_values(customer.name, customer.birthday, row, page.locale)
    values["note"] = (row.note if row else None) or ""
    values["referrer"] = (await find_customer(uow, shop, referrer)).mobile if referrer else ""
    for field in fields:
        value = row.custom.get(str(field.id)) if row else None
        values[_name(field)] = write_value(field, value, page.locale)
    return values


async def _read(
    uow: UnitOfWork,
    page: PageContext,
    member_id: UUID,
    fields: Sequence[CustomField],
    before: dict[str, Any],
    data: dict[str, str],
) -> Known:
    """What the form says. `before`: values of fields that are not asked for any more stay."""
    faults: list[FieldError] = []
    custom = dict(before)
    for field in fields:
        try:
            custom[str(field.id)] = read_value(field, data.get(_name(field), ""))
        except FactError as error:
            faults.append(FieldError(f"/{_name(field)}", error.code, error.params))
    note = referrer = person = None
    try:
        note = read_words(data.get("note", ""), longest=_LONGEST_NOTE) or None
    except FactError as error:
        faults.append(FieldError("/note", error.code, error.params))
    try:
        person = read_described(data, local_date(page.now))
    except Invalid as error:
        faults += error.errors
    try:
        referrer = await find_referrer(uow, page.caller.shop, member_id, data.get("referrer", ""))
    except Invalid as error:
        faults += error.errors
    if faults or person is None:
        raise Invalid(errors=faults)
    kept = {id: value for id, value in custom.items() if value is not None}
    return Known(person.name, person.birthday, person.facts, note, kept, referrer)


def _page(
    page: PageContext,
    member_id: UUID,
    name: str,
    fields: Sequence[CustomField],
    shared: Sequence[str],
    form: Form,
    status: int = 200,
) -> Html:
    context = {
        "member_id": member_id,
        "name": name,
        "form": form,
        "lists": fact_lists(page.locale, form.value("province")),
        "shared": [page.text(f"fact-{fact}") for fact in shared],
        "fields": [
            {
                "name": _name(field),
                "label": field.label,
                "kind": field.kind,
                "choices": [(choice, choice) for choice in field.choices]
                or [("yes", page.text("ui-yes")), ("no", page.text("ui-no"))],
            }
            for field in fields
        ],
    }
    return page.render("merchants/customers/profile.html", context, status=status)


async def _fields(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    branches_of(caller, CUSTOMERS_WRITE)
    async with page.database.unit_of_work(caller.scope) as uow:
        fields = await list_fields(uow, caller.shop)
    context = {
        "form": form,
        "kinds": [(kind, page.text(f"fields-kind-{kind}")) for kind in KINDS],
        "fields": [
            {"id": field.id, "label": field.label, "kind": field.kind, "choices": field.choices}
            for field in fields
        ],
    }
    return page.render("merchants/customers/fields.html", context, status=status)


def _name(field: CustomField) -> str:
    return f"field-{field.id}"
