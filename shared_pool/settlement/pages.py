"""Settlements for the mall's administrators: one person drafts, another approves."""

from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.facade import shop_names
from shared_pool.settlement.models import Settlement, SettlementLine
from shared_pool.settlement.queries import SettlementView, list_views, sheba_numbers
from shared_pool.settlement.results import LONGEST_NOTE, LONGEST_REFERENCE, Mark, mark_and_record
from shared_pool.settlement.service import (
    SETTLED,
    Result,
    SettlementWithLines,
    approve,
    cancel,
    complete,
    draft,
    find_settlement,
    open_settlement,
)
from timcheh.access.staff import staff_names
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import Problems, TimchehError
from timcheh.ids import read_id
from timcheh.text.normalise import normalise
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext

READ: Final = "fund.read"
SETTLE: Final = "fund.settle"
_PAGE: Final = 30
_LINE: Final = "line-"
Step = Callable[[UnitOfWork, UUID, UUID], Awaitable[SettlementWithLines]]


@get("/{mall_slug:str}/mall/settlements", include_in_schema=False)
async def listed(mall_page: NamedDependency[PageContext]) -> Html:
    """Settlements, newest first."""
    mall_page.caller.require(READ)
    after = mall_page.request.query_params.get("after")
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        rows = await list_views(uow, read_id(after), _PAGE + 1)
        names = await staff_names(uow, [row.drafted_by for row in rows])
        in_progress = await open_settlement(uow)
    shown = rows[:_PAGE]
    by_key = mall_page.text("settlement-by-key")
    return mall_page.render(
        "shared_pool/settlement/list.html",
        {
            "settlements": [_listed(row, names.get(row.drafted_by, by_key)) for row in shown],
            "next": f"{mall_page.url('settlements')}?after={shown[-1].id}"
            if len(rows) > _PAGE
            else "",
            "previous": mall_page.url("settlements") if after else "",
            "can_settle": mall_page.caller.may(SETTLE),
            "has_open": in_progress is not None,
        },
    )


@post("/{mall_slug:str}/mall/settlements", include_in_schema=False)
async def drafted(mall_page: NamedDependency[PageContext]) -> Html:
    """Photographs all positions."""
    mall_page.caller.require(SETTLE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        found = await draft(uow, mall_page.caller.id)
        await record(uow, mall_page.caller, "settlement.drafted", "settlement", found.head.id)
    return mall_page.go(
        mall_page.url(f"settlements/{found.head.id}"), mall_page.text("settlement-drafted")
    )


@get("/{mall_slug:str}/mall/settlements/{settlement_id:uuid}", include_in_schema=False)
async def one(mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]) -> Html:
    """One settlement with its lines and steps."""
    mall_page.caller.require(READ)
    return await _shown(mall_page, settlement_id, Form())


@post("/{mall_slug:str}/mall/settlements/{settlement_id:uuid}/results", include_in_schema=False)
async def marked(
    mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID], data: Fields
) -> Html:
    """What became of the lines that are ticked."""
    mall_page.caller.require(SETTLE)
    try:
        marks = _marks(data)
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            found = await mark_and_record(uow, mall_page.caller, settlement_id, marks)
            state = found.head.state
    except TimchehError as error:
        refused = mall_page.refused(data, error)
        return await _shown(mall_page, settlement_id, refused, error.status)
    said = "settlement-all-settled" if state == "completed" else "settlement-marked"
    here = mall_page.url(f"settlements/{settlement_id}")
    return mall_page.go(here, mall_page.text(said, count=len(marks)))


def _marks(data: Fields) -> list[Mark]:
    """Raises Invalid."""
    problems = Problems()
    lines = [id for name in data if (id := read_id(name.removeprefix(_LINE)))]
    if not lines:
        problems.add("/lines", "no_line_chosen")
    result = data.get("result", "")
    if result not in set(Result):
        problems.add("/result", "required")
    words = {}
    for name, most in (("note", LONGEST_NOTE), ("reference", LONGEST_REFERENCE)):
        words[name] = normalise(data.get(name, ""))
        if len(words[name]) > most:
            problems.add(f"/{name}", "too_long", maximum=most)
    if result == Result.REFUSED and not words["note"]:
        problems.add("/note", "reason_missing")
    problems.raise_if_any()
    note, reference = words["note"] or None, words["reference"] or None
    return [Mark(line, Result(result), note, reference) for line in lines]


@post("/{mall_slug:str}/mall/settlements/{settlement_id:uuid}/approve", include_in_schema=False)
async def approved(mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]) -> Html:
    """The second person agrees."""
    return await _step(mall_page, settlement_id, "approved", approve)


@post("/{mall_slug:str}/mall/settlements/{settlement_id:uuid}/complete", include_in_schema=False)
async def completed(mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]) -> Html:
    """The bank has done it."""
    return await _step(mall_page, settlement_id, "completed", complete)


@post("/{mall_slug:str}/mall/settlements/{settlement_id:uuid}/cancel", include_in_schema=False)
async def cancelled(mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]) -> Html:
    """Nobody pays."""

    async def give_up(uow: UnitOfWork, id: UUID, _: UUID) -> SettlementWithLines:
        return await cancel(uow, id)

    return await _step(mall_page, settlement_id, "cancelled", give_up)


async def _step(page: PageContext, settlement_id: UUID, verb: str, step: Step) -> Html:
    page.caller.require(SETTLE)
    here = page.url(f"settlements/{settlement_id}")
    try:
        async with page.database.unit_of_work(page.caller.scope) as uow:
            await step(uow, settlement_id, page.caller.id)
            await record(uow, page.caller, f"settlement.{verb}", "settlement", settlement_id)
    except TimchehError as error:
        return page.turned_back(here, error)
    return page.go(here, page.text(f"settlement-{verb}"))


async def _shown(page: PageContext, settlement_id: UUID, form: Form, status: int = 200) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        found = await find_settlement(uow, settlement_id)
        shops = await shop_names(uow)
        accounts = await sheba_numbers(uow)
        head = found.head
        people = [p for p in (head.drafted_by, head.approved_by, head.completed_by) if p]
        names = await staff_names(uow, people)
    may = page.caller.may(SETTLE)
    own = head.drafted_by == page.caller.id
    settled = sum(line.result in SETTLED for line in found.lines)
    begun = any(line.result not in (Result.WAITING, Result.REFUSED) for line in found.lines)
    return page.render(
        "shared_pool/settlement/one.html",
        {
            "settlement": {
                "id": head.id,
                "state": head.state,
                "created_at": head.created_at,
                "total_pay": head.total_pay,
                "total_receive": head.total_receive,
                "fees": head.fees,
                "settled": settled,
                "steps": _steps(page, head, names),
            },
            "lines": [
                {
                    "merchant_id": line.merchant_id,
                    "name": shops.get(line.merchant_id, page.mall.name),
                    "sheba": accounts.get(line.merchant_id) or "",
                    "net": line.net,
                    "result": shown_result(line),
                    "note": line.note or "",
                    "reference": line.reference or "",
                }
                for line in found.lines
            ],
            "form": form,
            "results": _choices(page, found),
            "can_approve": may and head.state == "draft" and not own,
            "can_complete": may and head.state == "approved",
            "can_mark": may and bool(found.lines) and head.state in ("approved", "completed"),
            "can_cancel": may and head.state in ("draft", "approved") and not begun,
            "is_own_draft": own,
        },
        status=status,
    )


def shown_result(line: SettlementLine) -> str:
    """The result as people say it of a shop that is paid, and of one that pays."""
    if line.net < 0:
        return {Result.PAID: "received", Result.REFUSED: "unpaid"}.get(
            Result(line.result), line.result
        )
    return line.result


def _choices(page: PageContext, found: SettlementWithLines) -> list[tuple[str, str]]:
    """The results that lines can be given now; a completed settlement hears only of the bank."""
    possible = [Result.PAID, Result.REFUSED]
    if any(line.net < 0 for line in found.lines):
        possible.append(Result.COLLATERAL)
    if found.head.state == "approved":
        possible.append(Result.UNKNOWN)
    return [(result.value, page.text(f"settlement-mark-{result}")) for result in possible]


def _steps(page: PageContext, head: Settlement, names: dict[UUID, str]) -> list[dict[str, Any]]:
    done = (
        ("draft", head.drafted_by, head.created_at),
        ("approve", head.approved_by, head.approved_at),
        ("complete", head.completed_by, head.completed_at),
    )
    steps = [
        {
            "label": page.text(f"settlement-step-{step}"),
            "by": names.get(who, page.text("settlement-by-key")) if who else "",
            "at": at,
        }
        for step, who, at in done
    ]
    if head.cancelled_at is not None:
        steps = [step for step in steps if step["at"]]
        label = page.text("settlement-step-cancel")
        steps.append({"label": label, "by": "", "at": head.cancelled_at})
    return steps


def _listed(row: SettlementView, drafted_by: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": row.state,
        "created_at": row.created_at,
        "drafted_by": drafted_by,
        "shops": row.shops,
        "total_pay": row.total_pay,
        "total_receive": row.total_receive,
    }


ROUTES: Final = (listed, drafted, one, approved, marked, completed, cancelled)
