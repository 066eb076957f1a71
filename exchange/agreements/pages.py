"""A shop's partners in its portal: what is agreed, what waits, and the acts on it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from exchange.agreements.models import Agreement
from exchange.agreements.proposal import read_proposal
from exchange.agreements.service import accept, decline, list_agreements, propose, terminate
from exchange.agreements.worth import Pair, Worth, worth_of
from exchange.permissions import MANAGE, READ
from merchants.facade import find_accounts, shop_names
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.ledger.queries import spent_in
from timcheh.sheets import Cell
from timcheh.text.normalise import sort_key
from timcheh.web.downloads import workbook
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.period import page_period, picker, told

_Act = Callable[[UnitOfWork, UUID, UUID], Awaitable[Agreement]]
_Spent = Mapping[UUID, int]

_MOST: Final = 500
_USUAL: Final = "days30"
_CHOICES: Final = ("days30", "month", "last", "quarter", "year")
_HELD: Final = ("accepted", "terminated")
_SHEET: Final = (
    "shop",
    "customers",
    "new",
    "purchases",
    "sales",
    "accepted",
    "fee",
    "sent",
    "spent",
    "net",
)
_MOMENT: Final = timedelta(microseconds=1)


@get("/{mall_slug:str}/shop/partners", include_in_schema=False)
async def partners(shop_page: NamedDependency[PageContext]) -> Html:
    """What is agreed with other shops."""
    shop_page.caller.require(READ)
    return await _page(shop_page, Form())


@get("/{mall_slug:str}/shop/partners/worth.xlsx", include_in_schema=False)
async def worth_sheet(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    """What each partner brought, as a sheet; money in rial."""
    shop_page.caller.require(READ)
    shop, period = shop_page.caller.shop, page_period(shop_page, _USUAL)
    async with _mall(shop_page) as uow:
        names = await shop_names(uow)
        pairs = await _pairs(uow, await list_agreements(uow, shop, None, _MOST))
        found, _ = await worth_of(uow, shop, list(pairs.values()), period)
    rows: list[list[Cell]] = [[name, *each, each.net] for name, each in _by_name(found, names)]
    heading = [shop_page.text(f"partners-sheet-{column}") for column in _SHEET]
    title = told(shop_page, period)
    return await workbook("partners", title, heading, rows, shop_page.locale)


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


ROUTES: Final = (partners, worth_sheet, propose_one, accept_one, decline_one, terminate_one)


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
    caller, period = page.caller, page_period(page, _USUAL)
    async with page.database.unit_of_work(caller.scope) as uow:
        rows = await list_agreements(uow, caller.shop, None, _MOST)
        names = await shop_names(uow)
    async with _mall(page) as uow:
        pairs = await _pairs(uow, rows)
        brought = await _brought(uow, pairs)
        found, together = await worth_of(uow, caller.shop, list(pairs.values()), period)
    received: list[dict[str, Any]] = []
    agreed: list[dict[str, Any]] = []
    for row in rows:
        waits = row.state == "proposed" and row.acceptor_id == caller.shop
        shown = _shown(page, row, names, brought)
        (received if waits and shown["state"] == "proposed" else agreed).append(shown)
    context = {
        "received": received,
        "agreements": agreed,
        "worth": _by_name(found, names),
        "together": together,
        "picker": picker(page, period, page.url("partners"), _CHOICES) if pairs else None,
        "query": period.query,
        "shops": sorted(
            ((str(id), name) for id, name in names.items() if id != caller.shop),
            key=lambda shop: sort_key(shop[1]),
        ),
        "form": form,
        "can_edit": caller.may(MANAGE),
    }
    return page.render("exchange/partners.html", context, status=status)


async def _pairs(uow: UnitOfWork, rows: Sequence[Agreement]) -> dict[UUID, Pair]:
    """By agreement that is or was in force: whose credit of which scope is taken by whom."""
    held = [row for row in rows if row.state in _HELD]
    accounts = await find_accounts(uow, list({row.issuer_id for row in held}))
    return {
        row.id: Pair(row.issuer_id, row.acceptor_id, accounts[row.issuer_id].partners_scope_id)
        for row in held
    }


async def _brought(uow: UnitOfWork, pairs: Mapping[UUID, Pair]) -> _Spent:
    """What was spent under each agreement, rial."""
    spent = await spent_in(uow, list({pair.scope_id for pair in pairs.values()}))
    # A pair of shops has one agreement in force; what an earlier one brought shows with it.
    return {id: spent.get((pair.scope_id, pair.acceptor_id), 0) for id, pair in pairs.items()}


def _by_name(found: Mapping[UUID, Worth], names: Mapping[UUID, str]) -> list[tuple[str, Worth]]:
    """Partners of which anything came, the largest sales first."""
    known = [(names[id], worth) for id, worth in found.items() if id in names]
    return sorted(known, key=lambda each: (-each[1].sales, -each[1].spent, sort_key(each[0])))


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
        "brought": brought.get(row.id, 0),
    }


def _state(row: Agreement, page: PageContext) -> str:
    """The state as people see it: time ends an agreement without anybody's act."""
    over = row.ends_at is not None and row.ends_at <= page.now
    if row.state in ("accepted", "proposed") and over:
        return "ended"
    return {"accepted": "in_force", "withdrawn": "terminated"}.get(row.state, row.state)
