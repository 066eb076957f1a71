"""A shop's partners in its portal: what is agreed, what waits, and the acts on it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from exchange.agreements.models import Agreement
from exchange.agreements.proposal import read_proposal
from exchange.agreements.service import accept, decline, list_agreements, propose, terminate
from exchange.permissions import MANAGE, READ
from merchants.facade import find_accounts, shop_names, spent_across
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.text.normalise import sort_key
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext

_Act = Callable[[UnitOfWork, UUID, UUID], Awaitable[Agreement]]
_Spent = Mapping[UUID, int]

_MOST: Final = 500
_MOMENT: Final = timedelta(microseconds=1)


@get("/{mall_slug:str}/shop/partners", include_in_schema=False)
async def partners(shop_page: NamedDependency[PageContext]) -> Html:
    """What is agreed with other shops."""
    shop_page.caller.require(READ)
    return await _page(shop_page, Form())


@post("/{mall_slug:str}/shop/partners", include_in_schema=False, status_code=200)
async def propose_one(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Proposes to another shop that it accepts this one's partner credit."""
    caller = shop_page.caller
    caller.require(MANAGE)
    try:
        asked = read_proposal(data)
        async with _mall(shop_page) as uow:
            agreement = await propose(
                uow,
                caller.shop,
                asked.acceptor_id,
                fee_bps=asked.fee_bps,
                max_share_bps=asked.max_share_bps,
                ends_at=asked.ends_at,
                notice_days=asked.notice_days,
            )
            await _note(uow, shop_page, "proposed", agreement.id)
            name = (await shop_names(uow))[asked.acceptor_id]
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        return await _page(shop_page, form, error.status)
    return shop_page.go(shop_page.url("partners"), shop_page.text("partners-proposed", shop=name))


@post(
    "/{mall_slug:str}/shop/partners/{agreement_id:uuid}/accept",
    include_in_schema=False,
    status_code=200,
)
async def accept_one(shop_page: NamedDependency[PageContext], agreement_id: FromPath[UUID]) -> Html:
    """Takes the other shop's credit from now on."""
    return await _act(shop_page, agreement_id, accept, "accepted")


@post(
    "/{mall_slug:str}/shop/partners/{agreement_id:uuid}/decline",
    include_in_schema=False,
    status_code=200,
)
async def decline_one(
    shop_page: NamedDependency[PageContext], agreement_id: FromPath[UUID]
) -> Html:
    """Says no to a proposal."""
    return await _act(shop_page, agreement_id, decline, "declined")


@post(
    "/{mall_slug:str}/shop/partners/{agreement_id:uuid}/terminate",
    include_in_schema=False,
    status_code=200,
)
async def terminate_one(
    shop_page: NamedDependency[PageContext], agreement_id: FromPath[UUID]
) -> Html:
    """Ends an agreement, or takes a proposal back."""
    return await _act(shop_page, agreement_id, terminate, "terminated")


ROUTES: Final = (partners, propose_one, accept_one, decline_one, terminate_one)


def _mall(page: PageContext) -> Any:
    # An answer changes who accepts another shop's scope; the service checks whose it is.
    return page.database.unit_of_work(Scope.mall(page.caller.mall_id))


async def _act(page: PageContext, agreement_id: UUID, act: _Act, what: str) -> Html:
    page.caller.require(MANAGE)
    async with _mall(page) as uow:
        await act(uow, page.caller.shop, agreement_id)
        await _note(uow, page, what, agreement_id)
    return page.go(page.url("partners"), page.text(f"partners-{what}"))


async def _note(uow: UnitOfWork, page: PageContext, what: str, agreement_id: UUID) -> None:
    caller = page.caller
    await record(
        uow, caller, f"agreement.{what}", "agreement", agreement_id, merchant_id=caller.shop
    )


async def _page(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(caller.scope) as uow:
        rows = await list_agreements(uow, caller.shop, None, _MOST)
        names = await shop_names(uow)
    async with _mall(page) as uow:
        brought = await _brought(uow, caller.shop, rows)
    received: list[dict[str, Any]] = []
    agreed: list[dict[str, Any]] = []
    for row in rows:
        waits = row.state == "proposed" and row.acceptor_id == caller.shop
        shown = _shown(page, row, names, brought)
        (received if waits and shown["state"] == "proposed" else agreed).append(shown)
    context = {
        "received": received,
        "agreements": agreed,
        "shops": sorted(
            ((str(id), name) for id, name in names.items() if id != caller.shop),
            key=lambda shop: sort_key(shop[1]),
        ),
        "form": form,
        "can_edit": caller.may(MANAGE),
    }
    return page.render("exchange/partners.html", context, status=status)


async def _brought(uow: UnitOfWork, shop: UUID, rows: Sequence[Agreement]) -> _Spent:
    """What was spent under each agreement, rial."""
    issuers = list({row.issuer_id for row in rows})
    accounts = await find_accounts(uow, issuers)
    scopes = {id: account.partners_scope_id for id, account in accounts.items()}
    spent = await spent_across(uow, shop, list(scopes.values()))
    # A pair of shops has one agreement in force; what an earlier one brought shows with it.
    return {row.id: spent.get((scopes[row.issuer_id], row.acceptor_id), 0) for row in rows}


def _shown(
    page: PageContext, row: Agreement, names: Mapping[UUID, str], brought: _Spent
) -> dict[str, Any]:
    issues = row.issuer_id == page.caller.shop
    return {
        "id": row.id,
        "name": names.get(row.acceptor_id if issues else row.issuer_id, ""),
        "direction": "issues" if issues else "accepts",
        "state": _state(row, page),
        "fee_bps": row.fee_bps,
        "max_share_bps": row.max_share_bps,
        "notice_days": row.notice_days,
        # The end is exclusive: the day before it is the last.
        "ends_at": row.ends_at - _MOMENT if row.ends_at else None,
        "at": row.created_at,
        "brought": brought[row.id] if row.state in ("accepted", "terminated") else 0,
    }


def _state(row: Agreement, page: PageContext) -> str:
    """The state as people see it: time ends an agreement without anybody's act."""
    over = row.ends_at is not None and row.ends_at <= page.now
    if row.state in ("accepted", "proposed") and over:
        return "ended"
    return {"accepted": "in_force", "withdrawn": "terminated"}.get(row.state, row.state)
