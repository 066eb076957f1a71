"""The member's approval at the till: what is shown while it is waited for, and its answer."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency

from merchants.approvals.errors import ApprovalRequired
from merchants.approvals.models import SpendApproval
from merchants.approving.http import approvals_of
from merchants.approving.service import Asked, latest_of
from merchants.permissions import TILL, branches_of
from timcheh.db import Scope
from timcheh.errors import Invalid, RateLimited, error_detail
from timcheh.text.digits import digits_to_latin
from timcheh.web.pages import PageContext

CODE: Final = "approval_code"
SEND: Final = "approval_send"
"""Fields of the till's form: the code that was read out, and the button that sends one."""
_LONGEST_KEY: Final = 255


@get("/{mall_slug:str}/shop/till/approval", include_in_schema=False)
async def till_approval(shop_page: NamedDependency[PageContext]) -> Response[dict[str, str]]:
    """What became of the request of a form's key; asking does nothing."""
    caller = shop_page.caller
    branches_of(caller, TILL)
    key = shop_page.request.query_params.get("key", "")[:_LONGEST_KEY]
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await latest_of(uow, caller, key)
        now = uow.now
    return Response({} if found is None else {"state": found.state_at(now)})


ROUTES: Final = (till_approval,)


async def take_code(page: PageContext, fields: Mapping[str, str], key: str) -> None:
    """The code that was typed, if one was. Raises Invalid for a wrong one, RateLimited."""
    typed = "".join(digits_to_latin(fields.get(CODE, "")).split())
    if not typed:
        return
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        asked = await latest_of(uow, page.caller, key)
        right = asked is not None and (
            asked.state in ("approved", "used")
            or await approvals_of(page.services).try_code(uow, page.caller, asked.id, typed)
        )
    if not right:
        raise Invalid.field(f"/{CODE}", "approval_code_wrong")


async def asked_again(page: PageContext, key: str) -> dict[str, Any] | None:
    """The request that waits for its code still, for a form that comes back."""
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        found = await latest_of(uow, page.caller, key)
        return _shown(page, found) if found is not None and found.state == "open" else None


async def ask_member(
    page: PageContext,
    error: ApprovalRequired,
    branch_id: UUID | None,
    key: str,
    *,
    sends: bool,
) -> dict[str, Any]:
    """Asks the member of a sale that was refused for want of it; `sends` a code by message too.

    `merchants/till/_approval.html` shows it: `problem` is why nothing could be asked or sent.
    """
    caller, approvals = page.caller, approvals_of(page.services)
    assert error.member_id is not None
    asked = Asked(caller.shop, caller.id, key, error.member_id, error.amount, branch_id)
    nothing = {"id": "", "amount": error.amount, "sent": False, "link": ""}
    try:
        async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            approval = await approvals.ask(uow, asked)
    except RateLimited as refused:
        return nothing | {"problem": error_detail(refused, page.locale)}
    shown = _shown(page, approval)
    if not sends:
        return shown
    try:
        async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            live = await approvals.ask(uow, asked)
            await approvals.send_code(uow, live)
    except RateLimited as refused:
        return shown | {"problem": error_detail(refused, page.locale)}
    return _shown(page, live)


def _shown(page: PageContext, approval: SpendApproval) -> dict[str, Any]:
    return {
        "id": approval.id,
        "amount": approval.amount,
        "sent": approval.code_hash is not None,
        "link": page.public_address(f"club/approvals/{approval.id}"),
        "problem": "",
    }
