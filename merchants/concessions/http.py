"""Limits on what the shop's people and keys may take off a sale, over the API."""

from typing import Annotated, Literal
from uuid import UUID

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.concessions.room import Limit
from merchants.concessions.service import Whose, list_limits, set_limits
from timcheh.access.caller import Caller
from timcheh.access.staff import staff_of
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import FieldError, Invalid
from timcheh.ids import NIL
from timcheh.money import BPS_WHOLE
from timcheh.web.bodies import Body

Rial = Annotated[int, Meta(ge=1, le=10**15)]
Bps = Annotated[int, Meta(ge=1, le=BPS_WHOLE)]


class LimitBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For a role, or for one person of the shop; `program` are keys. What is left out is without
    bound."""

    role: Literal["manager", "cashier", "program"] | None = None
    staff_id: UUID | None = None
    line_bps: Bps | None = None
    per_invoice: Rial | None = None
    per_day: Rial | None = None


class LimitsBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All limits of the shop. Who has none may take off nothing, but for its owner."""

    limits: Annotated[tuple[LimitBody, ...], Meta(max_length=500)]


class LimitOut(Struct):
    """As in the body."""

    role: str | None
    staff_id: UUID | None
    line_bps: int | None
    per_invoice: int | None
    per_day: int | None


class LimitsOut(Struct):
    """All limits of the shop."""

    limits: list[LimitOut]


class ConcessionLimitController(Controller):
    """Discounts of the seller's own accord."""

    path = "/api/v1/concession-limits"
    tags = ("shop",)

    @get(summary="Limits on discounts by the seller")
    async def list(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> LimitsOut:
        async with database.unit_of_work(merchant_caller.scope) as uow:
            return _out(await list_limits(uow, merchant_caller.shop))

    @put(summary="Set the limits on discounts by the seller")
    async def set(
        self,
        data: JSONBody[LimitsBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> LimitsOut:
        # Who works here is known in the mall's scope only.
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            limits = await _read(uow, merchant_caller.shop, data)
        async with database.unit_of_work(merchant_caller.scope) as uow:
            await set_limits(uow, merchant_caller.shop, limits)
        return _out(limits)


async def _read(uow: UnitOfWork, merchant_id: UUID, body: LimitsBody) -> dict[Whose, Limit]:
    """Raises Invalid for a limit for nobody, for a stranger, or for someone named twice."""
    people = {person.id for person, _ in await staff_of(uow, merchant_id)}
    faults: list[FieldError] = []
    found: dict[Whose, Limit] = {}
    for n, each in enumerate(body.limits):
        whose = Whose(each.role or "", each.staff_id or NIL)
        if (each.role is None) == (each.staff_id is None):
            choices = {"choices": "role, staff_id"}
            faults.append(FieldError(f"/limits/{n}", "exactly_one_of", choices))
        elif each.staff_id is not None and each.staff_id not in people:
            faults.append(FieldError(f"/limits/{n}/staff_id", "unknown_person", {}))
        elif whose in found:
            faults.append(FieldError(f"/limits/{n}", "name_taken", {}))
        found[whose] = Limit(each.line_bps, each.per_invoice, each.per_day)
    if faults:
        raise Invalid(errors=faults)
    return found


def _out(limits: dict[Whose, Limit]) -> LimitsOut:
    return LimitsOut(
        [
            LimitOut(
                whose.role or None,
                None if whose.role else whose.staff_id,
                limit.line_bps,
                limit.per_invoice,
                limit.per_day,
            )
            for whose, limit in limits.items()
        ]
    )
