"""What a shop knows of its customers over the API, and the fields of its own making."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from members.facade import FACTS
from merchants.customers.service import find_customer
from merchants.profiles.bodies import (
    Facts,
    ProfileBody,
    Reading,
    read_birthday,
    read_custom,
    read_facts_of,
    read_name,
    read_note,
)
from merchants.profiles.fields import add_field, end_field, list_fields
from merchants.profiles.models import CustomField
from merchants.profiles.service import (
    Known,
    find_customer_profile,
    find_referrer,
    set_referrer,
    write_known,
)
from timcheh.access.caller import Caller
from timcheh.calendar import local_date
from timcheh.db import Database, UnitOfWork
from timcheh.web.bodies import Body
from timcheh.web.pagination import Page

Label = Annotated[str, Meta(min_length=1, max_length=60)]


class ProfileOut(Facts, frozen=True, kw_only=True):
    """What the shop knows. `shared` names the facts that are the member's own words, by consent."""

    custom: dict[str, Any]
    shared: list[str]
    updated_at: datetime | None


class ReferrerBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Mobile or member number of another customer of the shop; none takes the referrer out."""

    referrer: Annotated[str, Meta(max_length=40)] | None


class ReferrerOut(Struct):
    """By whom the customer came."""

    referrer_id: UUID | None


class FieldBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field of the shop's own; `choices` for one of the kind choice."""

    label: Label
    kind: Literal["text", "number", "date", "choice", "yes_no"]
    choices: Annotated[list[Label], Meta(max_length=30)] = []  # noqa: RUF012


class FieldOut(Struct):
    """As in the body; its id is what profiles name it by in `custom`."""

    id: UUID
    label: str
    kind: str
    choices: list[str]


class CustomerProfileController(Controller):
    """What a shop knows of one of its customers, beyond purchases."""

    path = "/api/v1/customers/{member_id:uuid}/profile"
    tags = ("customers",)

    @get(summary="What the shop knows of a customer")
    async def read(
        self,
        member_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ProfileOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return await _profile(uow, merchant_caller.shop, member_id)

    @put(summary="Replace what the shop knows of a customer")
    async def replace(
        self,
        member_id: FromPath[UUID],
        data: JSONBody[ProfileBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ProfileOut:
        shop = merchant_caller.shop
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await find_customer(uow, shop, member_id)
            await write_known(
                uow, merchant_caller, member_id, await _known(uow, shop, member_id, data)
            )
            return await _profile(uow, shop, member_id)


class ReferrerController(Controller):
    """By whom a customer came."""

    path = "/api/v1/customers/{member_id:uuid}/referrer"
    tags = ("customers",)

    @get(summary="By whom a customer came")
    async def read(
        self,
        member_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ReferrerOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await find_customer(uow, merchant_caller.shop, member_id)
            row = await find_customer_profile(uow, merchant_caller.shop, member_id)
            return ReferrerOut(row.referrer_id if row else None)

    @put(summary="Note by whom a customer came")
    async def set(
        self,
        member_id: FromPath[UUID],
        data: JSONBody[ReferrerBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ReferrerOut:
        shop = merchant_caller.shop
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await find_customer(uow, shop, member_id)
            referrer = await find_referrer(uow, shop, member_id, data.referrer or "")
            await set_referrer(uow, merchant_caller, member_id, referrer)
            return ReferrerOut(referrer)


class FieldController(Controller):
    """Fields that a shop adds to what it knows of its customers."""

    path = "/api/v1/customer-fields"
    tags = ("customers",)

    @get(summary="The shop's own fields")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> Page[FieldOut]:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return Page([_field(row) for row in await list_fields(uow, merchant_caller.shop)])

    @post(summary="Add a field")
    async def add(
        self,
        data: JSONBody[FieldBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> FieldOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            shop = merchant_caller.shop
            return _field(await add_field(uow, shop, data.label, data.kind, data.choices))

    @delete("/{field_id:uuid}", summary="Ask for a field no more; what was written stays")
    async def end(
        self,
        field_id: FromPath[UUID],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> None:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await end_field(uow, merchant_caller.shop, field_id)


async def _known(uow: UnitOfWork, merchant_id: UUID, member_id: UUID, body: ProfileBody) -> Known:
    """Raises Invalid, naming each fault."""
    row = await find_customer_profile(uow, merchant_id, member_id)
    before, referrer = (dict(row.custom), row.referrer_id) if row else ({}, None)
    today, reading = local_date(uow.now), Reading()
    known = Known(
        read_name(body, reading),
        read_birthday(body, today, reading),
        read_facts_of(body, today, reading),
        read_note(body, reading),
        read_custom(body, await list_fields(uow, merchant_id), before, reading),
        referrer,
    )
    reading.check()
    return known


async def _profile(uow: UnitOfWork, merchant_id: UUID, member_id: UUID) -> ProfileOut:
    customer = await find_customer(uow, merchant_id, member_id)
    row = await find_customer_profile(uow, merchant_id, member_id)
    return ProfileOut(
        name=customer.name,
        birthday=customer.birthday,
        note=row.note if row else None,
        **{fact: getattr(row, fact, None) for fact in FACTS},
        custom=dict(row.custom) if row else {},
        shared=list(row.shared) if row else [],
        updated_at=row.updated_at if row else None,
    )


def _field(row: CustomField) -> FieldOut:
    return FieldOut(row.id, row.label, row.kind, list(row.choices))
