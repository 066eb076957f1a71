"""The member's approval over the API, for a till of one's own: ask, send a code, hand it in."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from members.facade import find_member
from merchants.approvals.errors import ApprovalOver
from merchants.approvals.models import SpendApproval
from merchants.approving.service import CODE_DIGITS, Approvals, Asked, find_of_shop, find_own
from merchants.purchases.bodies import MemberBody, member_ref
from merchants.purchases.errors import MemberNotFound
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope
from timcheh.errors import Invalid, NotFound
from timcheh.web.bodies import Body
from timcheh.web.context import AnyRequest, context_of
from timcheh.web.openapi import REFUSES
from timcheh.web.services import Services

Rial = Annotated[int, Meta(ge=1, le=10**15)]


class ApprovalBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose value, for the purchase of which idempotency key, and how much of it at most, rial."""

    idempotency_key: Annotated[str, Meta(pattern=r"^[ -~]{1,255}$")]
    member: MemberBody
    amount: Rial


class ApprovalCodeBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the member reads out of their message."""

    code: Annotated[str, Meta(pattern=rf"^[0-9]{{{CODE_DIGITS}}}$")]


class ApprovalOut(Struct):
    """`state` is open, approved, used, refused or lapsed; it counts until `expires_at`."""

    id: UUID
    state: str
    amount: int
    expires_at: datetime


class ApprovalController(Controller):
    """Spending that the member approves, where the shop asks for it above a limit."""

    path = "/api/v1/approvals"
    tags = ("purchases",)

    @post(summary="Ask a member to approve spending", opt={REFUSES: (404, 429)})
    async def ask(
        self,
        request: AnyRequest,
        data: JSONBody[ApprovalBody],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ApprovalOut:
        who = member_ref(data.member)
        async with database.unit_of_work(Scope.mall(till_caller.mall_id)) as uow:
            try:
                member = await find_member(uow, id=who.id, mobile=who.mobile, number=who.card)
            except NotFound:
                raise MemberNotFound from None
            wanted = Asked(
                till_caller.shop,
                till_caller.id,
                data.idempotency_key,
                member.id,
                data.amount,
                till_caller.branch_id,
            )
            return _out(await _approvals(request).ask(uow, wanted), uow.now)

    @post(
        "/{approval_id:uuid}/send",
        status_code=200,
        summary="Send the member a code to read out",
        opt={REFUSES: (409, 429)},
    )
    async def send(
        self,
        request: AnyRequest,
        approval_id: FromPath[UUID],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ApprovalOut:
        async with database.unit_of_work(Scope.mall(till_caller.mall_id)) as uow:
            found = await find_own(uow, till_caller, approval_id)
            if found.state != "open":
                raise ApprovalOver
            await _approvals(request).send_code(uow, found)
            return _out(found, uow.now)

    @post(
        "/{approval_id:uuid}/code",
        status_code=200,
        summary="Hand in the code that the member read out",
        opt={REFUSES: (429,)},
    )
    async def code(
        self,
        request: AnyRequest,
        approval_id: FromPath[UUID],
        data: JSONBody[ApprovalCodeBody],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ApprovalOut:
        async with database.unit_of_work(Scope.mall(till_caller.mall_id)) as uow:
            right = await _approvals(request).try_code(uow, till_caller, approval_id, data.code)
        if not right:
            raise Invalid.field("/code", "approval_code_wrong")
        return await self._read(till_caller, database, approval_id)

    @get("/{approval_id:uuid}", summary="What became of a request for approval")
    async def one(
        self,
        approval_id: FromPath[UUID],
        till_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> ApprovalOut:
        return await self._read(till_caller, database, approval_id)

    async def _read(self, caller: Caller, database: Database, approval_id: UUID) -> ApprovalOut:
        async with database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            found = await find_of_shop(uow, caller, approval_id)
            return _out(found, uow.now)


def approvals_of(services: Services) -> Approvals:
    """The service as this process runs it."""
    return Approvals(services.limiter, services.settings.secret_key.get_secret_value())


def _approvals(request: AnyRequest) -> Approvals:
    return approvals_of(context_of(request).services)


def _out(found: SpendApproval, now: datetime) -> ApprovalOut:
    return ApprovalOut(found.id, found.state_at(now), found.amount, found.expires_at)
