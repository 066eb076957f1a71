"""Paying a settlement through the bank: the fund's account, Paya files, what the bank answers."""

import asyncio
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.facade import find_accounts, shop_names
from shared_pool.banking.account import find_fund_account, put_fund_account
from shared_pool.banking.answers import MOST_ROWS, Answers, Asked, read_answers
from shared_pool.banking.ccti import PROFILES
from shared_pool.banking.errors import ResultsUnreadable
from shared_pool.banking.files import (
    content_of,
    files_of,
    make_file,
    payables,
    payments_of,
    withdraw_file,
)
from shared_pool.settlement.pages import READ, SETTLE, shown_result
from shared_pool.settlement.results import MOST_LINES, Mark, mark_and_record
from shared_pool.settlement.service import Result, SettlementWithLines, find_settlement
from timcheh.access.staff import staff_names
from timcheh.audit import record
from timcheh.calendar import DateStyle, format_date
from timcheh.db import UnitOfWork
from timcheh.errors import BadRequest, Invalid, TimchehError
from timcheh.sheets import Cell, Kind, SheetError, open_rows, receive, scratch
from timcheh.text.digits import format_number
from timcheh.text.identifiers import sheba_bank_name
from timcheh.web.downloads import attachment, workbook
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import read_money
from timcheh.web.pages import Html, PageContext
from timcheh.web.reception import TAKES_FILES
from timcheh.web.uploads import chunks_of

_ADDRESS: Final = "/{mall_slug:str}/mall/settlements/{settlement_id:uuid}/bank"
_MOST_BYTES: Final = 2 * 1024 * 1024
_ROOM: Final = 64 * 1024  # of a form around its file
_CCTI: Final = "application/xml"
_MENDED_AT: Final = {"no_sheba": "account"}
"""Of a shop's pages, where an obstacle is taken away."""


@get("/{mall_slug:str}/mall/fund/account", include_in_schema=False)
async def account_shown(mall_page: NamedDependency[PageContext]) -> Html:
    """The account that payments leave from."""
    mall_page.caller.require(SETTLE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        values = await _account_values(mall_page, uow)
    return _account(mall_page, mall_page.form(values))


@post("/{mall_slug:str}/mall/fund/account", include_in_schema=False)
async def account_saved(mall_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Says which it is."""
    mall_page.caller.require(SETTLE)
    written = Written("fund_account.changed", "fund_account", mall_page.mall.mall_id)
    try:
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            now = _account_values(mall_page, uow)
            data = await reconciled(uow, mall_page, data, now, written)
            typed = data.get("most_amount", "")
            most = read_money(typed, "/most_amount", mall_page.unit) if typed.strip() else None
            await put_fund_account(
                uow,
                mall_page.caller,
                data.get("holder", ""),
                data.get("sheba", ""),
                data.get("profile", ""),
                most,
            )
    except TimchehError as error:
        return _account(mall_page, Form.refused(data, error, mall_page.locale), error.status)
    return mall_page.go(mall_page.url("settlements"), mall_page.text("fund-account-saved"))


@get(_ADDRESS, include_in_schema=False)
async def bank_shown(
    mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]
) -> Html:
    """What can be paid by file, the files there are, and where the bank's answer goes."""
    mall_page.caller.require(READ)
    return await _bank(mall_page, settlement_id, Form())


@post(_ADDRESS + "/files", include_in_schema=False)
async def file_made(mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]) -> Html:
    """A file over all that nothing stands in the way of."""
    caller = mall_page.caller
    caller.require(SETTLE)
    here = mall_page.url(f"settlements/{settlement_id}/bank")
    mall = mall_page.mall
    try:
        async with mall_page.database.unit_of_work(caller.scope) as uow:
            day = format_date(uow.now, mall_page.locale, DateStyle.SHORT)
            note = mall_page.text("paya-note", mall=mall.name, day=day)
            file = await make_file(uow, settlement_id, caller.id, ZoneInfo(mall.timezone), note)
            told = {"name": file.name, "payments": file.payments, "total": file.total}
            await record(uow, caller, "bank_file.made", "settlement", settlement_id, after=told)
    except TimchehError as error:
        return mall_page.turned_back(here, error)
    return mall_page.go(here, mall_page.text("paya-made", count=file.payments))


@get(_ADDRESS + "/files/{file_id:uuid}", include_in_schema=False)
async def file_fetched(
    mall_page: NamedDependency[PageContext],
    settlement_id: FromPath[UUID],
    file_id: FromPath[UUID],
) -> Response[Any]:
    """The file as it was made."""
    caller = mall_page.caller
    caller.require(SETTLE)
    async with mall_page.database.unit_of_work(caller.scope) as uow:
        name, content = await content_of(uow, settlement_id, file_id)
        told = {"name": name}
        await record(uow, caller, "bank_file.fetched", "settlement", settlement_id, after=told)
    return attachment(content, f"{name}.ccti", _CCTI)


@post(_ADDRESS + "/files/{file_id:uuid}/withdraw", include_in_schema=False)
async def file_withdrawn(
    mall_page: NamedDependency[PageContext],
    settlement_id: FromPath[UUID],
    file_id: FromPath[UUID],
) -> Html:
    """The bank never got it."""
    caller = mall_page.caller
    caller.require(SETTLE)
    here = mall_page.url(f"settlements/{settlement_id}/bank")
    try:
        async with mall_page.database.unit_of_work(caller.scope) as uow:
            file = await withdraw_file(uow, settlement_id, file_id)
            told = {"name": file.name}
            await record(
                uow, caller, "bank_file.withdrawn", "settlement", settlement_id, after=told
            )
    except TimchehError as error:
        return mall_page.turned_back(here, error)
    return mall_page.go(here, mall_page.text("paya-withdrawn"))


@get(_ADDRESS + "/lines.xlsx", include_in_schema=False)
async def lines_fetched(
    mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]
) -> Response[Any]:
    """All lines as a sheet, for banks without files and for the accountant."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        found = await find_settlement(uow, settlement_id)
        names = await shop_names(uow)
        accounts = await find_accounts(uow, [line.merchant_id for line in found.lines])
    heading = [mall_page.text(f"settlement-column-{name}") for name in _COLUMNS]
    rows: list[list[Cell]] = []
    for line in found.lines:
        account = accounts.get(line.merchant_id)
        number = account.sheba if account else None
        rows.append(
            [
                names.get(line.merchant_id, mall_page.mall.name),
                number,
                sheba_bank_name(number, mall_page.locale) if number else None,
                max(-line.net, 0),
                max(line.net, 0),
                mall_page.text(f"state-{shown_result(line)}"),
                line.note,
                line.reference,
            ]
        )
    title = mall_page.text("settlement-title")
    return await workbook(f"settlement-{settlement_id}", title, heading, rows, mall_page.locale)


@post(
    _ADDRESS + "/answers",
    include_in_schema=False,
    status_code=200,
    request_max_body_size=_MOST_BYTES + _ROOM,
    opt={TAKES_FILES: True},
)
async def answers_tried(
    mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID]
) -> Html:
    """What the bank's file would mark; nothing is marked yet."""
    mall_page.caller.require(SETTLE)
    form = await mall_page.request.form()
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise Invalid.field("/file", "file_missing")
        rows = await _rows(file)
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            found = await find_settlement(uow, settlement_id)
            asked = await _asked(uow, found)
            names = await shop_names(uow)
        answers = read_answers(rows, asked)
    except ResultsUnreadable:
        return await _bank(mall_page, settlement_id, _unreadable(mall_page), 422)
    except Invalid as error:
        refused = Form.refused({}, error, mall_page.locale)
        return await _bank(mall_page, settlement_id, refused, error.status)
    return mall_page.render("shared_pool/banking/answers.html", _tried(found, names, answers))


@post(_ADDRESS + "/answers/apply", include_in_schema=False)
async def answers_applied(
    mall_page: NamedDependency[PageContext], settlement_id: FromPath[UUID], data: Fields
) -> Html:
    """Marks what was tried."""
    mall_page.caller.require(SETTLE)
    here = mall_page.url(f"settlements/{settlement_id}")
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        await find_settlement(uow, settlement_id)
    try:
        told = msgspec.json.decode(data.get("marks", ""), type=list[_Told])
    except msgspec.DecodeError:
        raise BadRequest from None
    marks = [Mark(each.shop, each.result, each.note, each.reference) for each in told[:MOST_LINES]]
    try:
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            found = await mark_and_record(uow, mall_page.caller, settlement_id, marks)
            state = found.head.state
    except TimchehError as error:
        return mall_page.turned_back(here, error)
    said = "settlement-all-settled" if state == "completed" else "settlement-marked"
    return mall_page.go(here, mall_page.text(said, count=len(marks)))


ROUTES: Final = (
    account_shown,
    account_saved,
    bank_shown,
    file_made,
    file_fetched,
    file_withdrawn,
    lines_fetched,
    answers_tried,
    answers_applied,
)
_COLUMNS: Final = ("shop", "sheba", "bank", "pays", "gets", "result", "note", "reference")


class _Told(msgspec.Struct):
    """A mark on its way through the page that shows it before it is made."""

    shop: UUID
    result: Result
    note: str | None
    reference: str | None


def _account(page: PageContext, form: Form, status: int = 200) -> Html:
    profiles = [(code, page.text(f"bank-profile-{code}")) for code in PROFILES]
    context = {"form": form, "profiles": profiles}
    return page.render("shared_pool/banking/account.html", context, status=status)


async def _account_values(page: PageContext, uow: UnitOfWork) -> dict[str, str]:
    account = await find_fund_account(uow)
    if account is None:
        return {"holder": page.mall.name}
    most = (account.most_amount or 0) // page.unit.rial
    return {
        "holder": account.holder,
        "sheba": account.sheba,
        "profile": account.profile,
        "most_amount": format_number(most, page.locale) if most else "",
    }


async def _bank(page: PageContext, settlement_id: UUID, form: Form, status: int = 200) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        found = await find_settlement(uow, settlement_id)
        account = await find_fund_account(uow)
        rows = await payables(uow, settlement_id)
        files = await files_of(uow, settlement_id)
        names = await staff_names(uow, [file.made_by for file in files])
    can = page.caller.may(SETTLE)
    ready = [row for row in rows if not row.obstacle]
    return page.render(
        "shared_pool/banking/bank.html",
        {
            "settlement": {
                "id": found.head.id,
                "state": found.head.state,
                "created_at": found.head.created_at,
            },
            "account": account
            and {
                "holder": account.holder,
                "sheba": account.sheba,
                "bank": sheba_bank_name(account.sheba, page.locale) or "",
            },
            "ready": {
                "count": len(ready),
                "total": sum(row.line.net for row in ready),
            },
            "stuck": [
                {
                    "href": page.url(
                        f"shops/{row.line.merchant_id}/{_MENDED_AT.get(row.obstacle, '')}"
                    ),
                    "name": row.name or page.mall.name,
                    "amount": row.line.net,
                    "why": page.text(f"paya-obstacle-{row.obstacle}"),
                }
                for row in rows
                if row.obstacle
            ],
            "files": [
                {
                    "id": file.id,
                    "name": file.name,
                    "payments": file.payments,
                    "total": file.total,
                    "made_at": file.made_at,
                    "made_by": names.get(file.made_by, page.text("settlement-by-key")),
                    "withdrawn": file.withdrawn_at is not None,
                }
                for file in files
            ],
            "form": form,
            "can": can,
            "can_make": can and account is not None and bool(ready),
            "can_answer": can and found.head.state in ("approved", "completed"),
            "size": _MOST_BYTES // 1024 // 1024,
        },
        status=status,
    )


async def _rows(file: UploadFile) -> list[list[str]]:
    """Of the bank's sheet. Raises Invalid, ResultsUnreadable."""
    async with scratch() as path:
        try:
            _, kind = await receive(chunks_of(file), path, _MOST_BYTES)
            return await asyncio.to_thread(_first_rows, path, kind)
        except SheetError as error:
            raise ResultsUnreadable from error


def _first_rows(path: Path, kind: Kind) -> list[list[str]]:
    with open_rows(path, kind) as rows:
        return list(islice(rows, MOST_ROWS))


async def _asked(uow: UnitOfWork, found: SettlementWithLines) -> list[Asked]:
    """What the bank may have been asked for: by the newest file, else at the shop's own Sheba."""
    lines = {line.merchant_id: line for line in found.lines if line.net > 0}
    accounts = await find_accounts(uow, list(lines))
    numbers = {shop: row.sheba for shop, row in accounts.items() if row.sheba}
    files = [f.id for f in await files_of(uow, found.head.id) if f.withdrawn_at is None]
    sent = await payments_of(uow, files)
    for each in sorted(sent, key=lambda each: -files.index(each.file_id)):
        numbers[each.merchant_id] = each.sheba
    return [Asked(shop, numbers[shop], line.net) for shop, line in lines.items() if shop in numbers]


def _unreadable(page: PageContext) -> Form:
    return Form({}, {"file": page.text("field-results_unreadable")})


def _tried(found: SettlementWithLines, names: dict[UUID, str], answers: Answers) -> dict[str, Any]:
    lines = {line.merchant_id: line for line in found.lines}
    told = [
        _Told(each.merchant_id, each.result, each.note, each.reference)
        for each in answers.known
        if lines[each.merchant_id].result != each.result
    ]
    changes: Sequence[UUID] = [each.shop for each in told]
    counts = {result: sum(each.result == result for each in told) for result in Result}
    return {
        "settlement": {"id": found.head.id, "created_at": found.head.created_at},
        "answers": [
            {
                "row": each.row,
                "name": names.get(each.merchant_id, ""),
                "amount": lines[each.merchant_id].net,
                "result": each.result.value,
                "now": shown_result(lines[each.merchant_id]),
                "changes": each.merchant_id in changes,
                "note": each.note or "",
                "reference": each.reference or "",
            }
            for each in answers.known
        ],
        "misfits": answers.misfits,
        "counts": {result.value: count for result, count in counts.items()},
        "marks": msgspec.json.encode(told).decode(),
        "some": bool(told),
    }
