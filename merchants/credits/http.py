"""Gifts outside a purchase over the API, for a shop's key."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.credits.service import Gift, grant_credit
from merchants.purchases.bodies import MemberBody, member_ref
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.web.bodies import Body, Moment
from timcheh.web.context import AnyRequest
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT, REFUSES


class GiftBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`amount` in rial or points; `scope` is own, partners, network or a scope's id."""

    member: MemberBody
    amount: Annotated[int, Meta(ge=1, le=10**15)]
    scope: Annotated[str, Meta(min_length=1, max_length=64)]
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    unit: Literal["rial", "point"] = "rial"
    available_from: Moment | None = None
    expires_at: Moment | None = None


class GiftOut(Struct):
    """The lot that was granted."""

    id: UUID
    member_id: UUID
    unit: str
    amount: int
    issuer_id: UUID
    scope_id: UUID
    available_from: datetime
    expires_at: datetime | None


class CreditController(Controller):
    """Gifts outside a purchase."""

    path = "/api/v1/credits"
    tags = ("credits",)

    @post(summary="Grant a gift", opt={IDEMPOTENT: True, REFUSES: (404,)})
    async def grant(
        self,
        request: AnyRequest,
        data: JSONBody[GiftBody],
        merchant_caller: NamedDependency[Caller],
    ) -> Response[GiftOut]:
        member = member_ref(data.member)
        gift = Gift(
            data.amount,
            data.unit,
            data.scope,
            data.reason,
            data.available_from,
            data.expires_at,
        )
        shop = merchant_caller.shop

        async def work(uow: Any) -> GiftOut:
            done = await grant_credit(uow, shop, member, gift, merchant_caller.id)
            await record(
                uow,
                merchant_caller,
                "credit.granted",
                "lot",
                done.lot_id,
                merchant_id=shop,
                after={"amount": gift.amount, "unit": gift.unit, "reason": gift.reason},
            )
            return GiftOut(
                done.lot_id,
                done.member_id,
                gift.unit,
                gift.amount,
                shop,
                done.scope_id,
                done.available_from,
                done.expires_at,
            )

        return await run_idempotent(
            request, merchant_caller, work, scope=Scope.mall(merchant_caller.mall_id)
        )
