"""Gift cards over the API, for a shop's key."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.giftcards.service import issue_gift_card
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Scope
from timcheh.web.bodies import Body, Moment
from timcheh.web.context import AnyRequest
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT


class GiftCardBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`amount` in rial; `scope` is own, partners or network; dates bound when it can be spent."""

    amount: Annotated[int, Meta(ge=1, le=10**15)]
    scope: Annotated[str, Meta(min_length=1, max_length=64)] = "own"
    available_from: Moment | None = None
    expires_at: Moment | None = None


class GiftCardOut(Struct):
    """A card; its number pays at a till as `spend.gift_card`."""

    id: UUID
    number: str
    amount: int
    lot_id: UUID
    available_from: datetime
    expires_at: datetime | None


class GiftCardController(Controller):
    """Gift cards."""

    path = "/api/v1/gift-cards"
    tags = ("credits",)

    @post(summary="Issue a gift card", opt={IDEMPOTENT: True})
    async def issue(
        self,
        request: AnyRequest,
        data: JSONBody[GiftCardBody],
        merchant_caller: NamedDependency[Caller],
    ) -> Response[GiftCardOut]:
        shop = merchant_caller.shop

        async def work(uow: Any) -> GiftCardOut:
            card = await issue_gift_card(
                uow,
                shop,
                data.amount,
                data.scope,
                merchant_caller.id,
                available_from=data.available_from,
                expires_at=data.expires_at,
            )
            await record(
                uow,
                merchant_caller,
                "gift_card.issued",
                "gift_card",
                card.id,
                merchant_id=shop,
                after={"amount": data.amount, "scope": data.scope},
            )
            return GiftCardOut(
                card.id,
                card.number,
                data.amount,
                card.lot_id,
                card.available_from,
                card.expires_at,
            )

        return await run_idempotent(
            request, merchant_caller, work, scope=Scope.mall(merchant_caller.mall_id)
        )
