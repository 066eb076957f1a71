"""Caps on credit over the API, for a shop's key."""

from typing import Annotated

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.caps.room import Cap
from merchants.caps.service import list_caps, set_caps
from timcheh.access.caller import Caller
from timcheh.db import Database
from timcheh.errors import FieldError, Invalid
from timcheh.web.bodies import Body

Rial = Annotated[int, Meta(ge=1, le=10**15)]


class CapBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rial of credit for a customer group; without `group`: whoever is in none with a cap."""

    group: Annotated[str, Meta(max_length=200)] = ""
    per_invoice: Rial | None = None
    per_day: Rial | None = None


class CapsBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All caps of the shop."""

    caps: Annotated[tuple[CapBody, ...], Meta(max_length=100)]


class CapOut(Struct):
    """As in the body."""

    group: str
    per_invoice: int | None
    per_day: int | None


class CapsOut(Struct):
    """All caps of the shop."""

    caps: list[CapOut]


def _caps(body: CapsBody) -> list[Cap]:
    """Raises Invalid for a cap that bounds nothing, or a group that is named twice."""
    faults, seen = [], set()
    for n, cap in enumerate(body.caps):
        if cap.per_invoice is None and cap.per_day is None:
            faults.append(FieldError(f"/caps/{n}", "cap_of_nothing", {}))
        if cap.group in seen:
            faults.append(FieldError(f"/caps/{n}/group", "name_taken", {}))
        seen.add(cap.group)
    if faults:
        raise Invalid(errors=faults)
    return [Cap(cap.group, cap.per_invoice, cap.per_day) for cap in body.caps]


class CapController(Controller):
    """Caps on the use of credit."""

    path = "/api/v1/credit-caps"
    tags = ("shop",)

    @get(summary="Caps on credit by customer group")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> CapsOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            caps = await list_caps(uow, merchant_caller.shop)
        return CapsOut([CapOut(cap.group, cap.per_invoice, cap.per_day) for cap in caps])

    @put(summary="Set the caps on credit")
    async def set(
        self,
        data: JSONBody[CapsBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> CapsOut:
        caps = _caps(data)
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await set_caps(uow, merchant_caller.shop, caps)
        return CapsOut([CapOut(cap.group, cap.per_invoice, cap.per_day) for cap in caps])
