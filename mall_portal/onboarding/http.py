"""Shops over the API, for the mall's key."""

from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from mall_portal.closing.service import set_state
from mall_portal.onboarding.service import (
    deposit,
    list_shops,
    onboard,
    set_limit,
)
from merchants.facade import (
    Merchant,
    MerchantAccount,
    NewShop,
    find_account,
    find_accounts,
    find_shop,
)
from timcheh.access.caller import Caller
from timcheh.audit import record
from timcheh.db import Database, UnitOfWork
from timcheh.errors import FieldError, Invalid
from timcheh.ledger import queries
from timcheh.text.identifiers import IdentifierError, national_or_company_id, sheba
from timcheh.web.bodies import Body
from timcheh.web.context import AnyRequest
from timcheh.web.idempotency import run_idempotent
from timcheh.web.openapi import IDEMPOTENT, REFUSES
from timcheh.web.pagination import Page, PageRequest

Money = Annotated[int, Meta(ge=0, le=10**15)]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
# The look-ahead: `$` alone would let a line end follow.
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}(?!\n)$")]


class NewMerchantBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shop; `national_id` is a کد ملی or a شناسه ملی, `credit_limit` in rial."""

    name: Name
    slug: Slug
    category: Name | None = None
    national_id: str | None = None
    sheba: str | None = None
    credit_limit: Money | None = None


class ChangeMerchantBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Absent fields stay as they are."""

    credit_limit: Money | None = None
    state: Literal["active", "suspended"] | None = None


class DepositBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Collateral, rial."""

    amount: Annotated[int, Meta(ge=1, le=10**15)]


class DepositOut(Struct):
    """The deposit's transfer, and the shop's collateral after it, rial."""

    id: UUID
    merchant_id: UUID
    amount: int
    deposit: int


class MerchantOut(Struct):
    """A shop as the mall sees it; rial."""

    id: UUID
    name: str
    slug: str
    category: str | None
    state: str
    national_id: str | None
    sheba: str | None
    credit_limit: int | None
    deposit: int


class NewMerchantOut(MerchantOut):
    """A shop that was just opened, with its key, which is shown this once."""

    api_key: str


def _fields(
    merchant: Merchant, account: MerchantAccount, limit: int | None, held: int
) -> dict[str, Any]:
    return {
        "id": merchant.id,
        "name": merchant.name,
        "slug": merchant.slug,
        "category": merchant.category,
        "state": merchant.state,
        "national_id": account.national_id,
        "sheba": account.sheba,
        "credit_limit": limit,
        "deposit": held,
    }


def _checked(data: NewMerchantBody) -> NewShop:
    """Identifiers in their one form. Raises Invalid with the pointer of every wrong one."""
    faults: list[FieldError] = []
    found: dict[str, str | None] = {}
    for field, check in (("national_id", national_or_company_id), ("sheba", sheba)):
        given = getattr(data, field)
        try:
            found[field] = check(given) if given is not None else None
        except IdentifierError as error:
            faults.append(FieldError(f"/{field}", error.code))
    if faults:
        raise Invalid(errors=faults)
    return NewShop(data.name, data.slug, data.category, found["national_id"], found["sheba"])


async def _read(uow: UnitOfWork, merchant_id: UUID) -> MerchantOut:
    merchant = await find_shop(uow, merchant_id)
    account = await find_account(uow, merchant_id)
    position = (await queries.positions(uow))[merchant_id]
    return MerchantOut(**_fields(merchant, account, position.credit_limit, position.deposit))


class MerchantController(Controller):
    """Shops of the mall."""

    path = "/api/v1/merchants"
    tags = ("merchants",)

    @post(summary="Bring a shop on board", opt={REFUSES: (409,)})
    async def onboard(
        self,
        data: JSONBody[NewMerchantBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> NewMerchantOut:
        shop = _checked(data)
        async with database.unit_of_work(mall_caller.scope) as uow:
            done = await onboard(uow, shop, data.credit_limit)
            await record(uow, mall_caller, "merchant.onboarded", "merchant", done.merchant.id)
            seen = await _read(uow, done.merchant.id)
        return NewMerchantOut(
            **{name: getattr(seen, name) for name in MerchantOut.__struct_fields__},
            api_key=done.api_key,
        )

    @get(summary="Shops, in the order they came")
    async def list(
        self,
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
        paging: NamedDependency[PageRequest],
    ) -> Page[MerchantOut]:
        async with database.unit_of_work(mall_caller.scope) as uow:
            rows = await list_shops(uow, paging.after(UUID), paging.fetch)
            positions = await queries.positions(uow)
            accounts = await find_accounts(uow, [row.id for row in rows])
            shown = {
                row.id: MerchantOut(
                    **_fields(
                        row,
                        accounts[row.id],
                        positions[row.id].credit_limit,
                        positions[row.id].deposit,
                    )
                )
                for row in rows
            }
        return paging.page(rows, lambda row: shown[row.id], lambda row: row.id)

    @get("/{merchant_id:uuid}", summary="One shop")
    async def one(
        self,
        merchant_id: FromPath[UUID],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> MerchantOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            return await _read(uow, merchant_id)

    @patch("/{merchant_id:uuid}", summary="Change a shop's limit or state")
    async def change(
        self,
        merchant_id: FromPath[UUID],
        data: JSONBody[ChangeMerchantBody],
        mall_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> MerchantOut:
        async with database.unit_of_work(mall_caller.scope) as uow:
            before = await _read(uow, merchant_id)
            if data.state is not None:
                await set_state(uow, merchant_id, data.state)
            if data.credit_limit is not None:
                await set_limit(uow, merchant_id, data.credit_limit)
            after = await _read(uow, merchant_id)
            await record(
                uow,
                mall_caller,
                "merchant.changed",
                "merchant",
                merchant_id,
                merchant_id=merchant_id,
                before={"state": before.state, "credit_limit": before.credit_limit},
                after={"state": after.state, "credit_limit": after.credit_limit},
            )
        return after

    @post("/{merchant_id:uuid}/deposits", summary="Receive collateral", opt={IDEMPOTENT: True})
    async def deposit(
        self,
        request: AnyRequest,
        merchant_id: FromPath[UUID],
        data: JSONBody[DepositBody],
        mall_caller: NamedDependency[Caller],
    ) -> Response[DepositOut]:
        async def work(uow: Any) -> DepositOut:
            transfer_id = await deposit(uow, merchant_id, data.amount, mall_caller.id)
            await record(
                uow,
                mall_caller,
                "deposit.received",
                "merchant",
                merchant_id,
                merchant_id=merchant_id,
                after={"amount": data.amount},
            )
            held = (await queries.positions(uow))[merchant_id].deposit
            return DepositOut(transfer_id, merchant_id, data.amount, held)

        return await run_idempotent(request, mall_caller, work)
