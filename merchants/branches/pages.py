"""Branches in the shop's portal: all beside each other, one with all that it has."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.branches.course import USUAL, asked_period, course, sales_sheet, sees_branch
from merchants.branches.queries import BranchSales, sales_by_branch, sales_by_day
from merchants.branches.service import close_branch, find_branch, rename_branch, reopen_branch
from merchants.people.service import Employee, employees
from merchants.permissions import STAFF, TERMINALS, branches_of, may_somewhere
from merchants.places.service import places_of
from merchants.shops.models import Branch
from merchants.shops.service import list_branches, open_branch
from merchants.shops.terminals import TerminalRow, list_terminals
from merchants.typed import Typed
from timcheh.audit import record
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext
from timcheh.web.period import Picker, page_period, picker

_CHOICES: Final = ("today", "week", USUAL, "month", "quarter", "year")
_HERE: Final = "/{mall_slug:str}/shop/branches"
_ONE: Final = _HERE + "/{branch_id:uuid}"


@get(_HERE, include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's branches and what each has sold."""
    return await _list(shop_page, Form())


@post(_HERE, include_in_schema=False, status_code=200)
async def opened(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """One more branch."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    typed = Typed(data)
    name = typed.needed("name", 100)
    try:
        typed.check()
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            branch = await open_branch(uow, caller.shop, name)
            await record(uow, caller, "branch.opened", "branch", branch.id, after={"name": name})
    except TimchehError as error:
        return await _list(shop_page, shop_page.refused(data, error), error.status)
    here = shop_page.url(f"branches/{branch.id}")
    return shop_page.go(here, shop_page.text("branches-opened", name=name))


@get(_ONE, include_in_schema=False)
async def one(shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID]) -> Html:
    """One branch: its sales, its people, its tills."""
    return await _one(shop_page, branch_id, Form())


@post(_ONE, include_in_schema=False, status_code=200)
async def renamed(
    shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID], data: Fields
) -> Html:
    """Gives it another name."""
    caller = shop_page.caller
    caller.require(TERMINALS, branch_id)
    written = Written("branch.renamed", "branch", branch_id)
    here = shop_page.url(f"branches/{branch_id}")
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            # First: a foreign branch looks absent whatever is sent.
            now = _values(uow, caller.shop, branch_id)
            data = await reconciled(uow, shop_page, data, now, written)
            typed = Typed(data)
            name = typed.needed("name", 100)
            typed.check()
            before = await rename_branch(uow, caller.shop, branch_id, name)
            await record(
                uow,
                caller,
                "branch.renamed",
                "branch",
                branch_id,
                before={"name": before},
                after={"name": name},
            )
    except TimchehError as error:
        return await _one(shop_page, branch_id, shop_page.refused(data, error), error.status)
    return shop_page.go(here, shop_page.text("branches-renamed"))


@post(_ONE + "/close", include_in_schema=False)
async def closed(shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID]) -> Html:
    """It sells no more, until it is opened again."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    here = shop_page.url(f"branches/{branch_id}")
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            branch = await close_branch(uow, caller.shop, branch_id)
            await record(uow, caller, "branch.closed", "branch", branch_id)
    except TimchehError as error:
        return shop_page.turned_back(here, error)
    said = shop_page.text("branches-now-closed", name=branch.name)
    return shop_page.go(here, said, undo=f"{here}/open")


@post(_ONE + "/open", include_in_schema=False)
async def reopened(shop_page: NamedDependency[PageContext], branch_id: FromPath[UUID]) -> Html:
    """It sells again."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        branch = await reopen_branch(uow, caller.shop, branch_id)
        await record(uow, caller, "branch.reopened", "branch", branch_id)
    said = shop_page.text("branches-reopened", name=branch.name)
    return shop_page.go(shop_page.url(f"branches/{branch_id}"), said)


ROUTES: Final = (listed, opened, one, sales_sheet, renamed, closed, reopened)


async def _values(uow: UnitOfWork, merchant_id: UUID, branch_id: UUID) -> dict[str, str]:
    return {"name": (await find_branch(uow, merchant_id, branch_id)).name}


def _picker(page: PageContext, path: str) -> Picker:
    return picker(page, page_period(page, USUAL), page.url(path), _CHOICES)


async def _people(page: PageContext) -> list[Employee]:
    """The shop's staff, for whoever may see them."""
    if not may_somewhere(page.caller, STAFF):
        return []
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        return await employees(uow, page.caller.shop)


def _of_branch(people: Sequence[Employee], branch_id: UUID) -> list[dict[str, Any]]:
    """Who works there: who has a role in this branch, and in which."""
    found = []
    for each in people:
        roles = [role.role for role in each.roles if role.branch_id == branch_id]
        if roles:
            found.append({"id": each.staff.id, "name": each.staff.name, "roles": roles})
    return found


async def _list(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    allowed = branches_of(caller, TERMINALS)
    people = await _people(page)
    async with page.database.unit_of_work(caller.scope) as uow:
        found = await list_branches(uow, caller.shop)
        sold = await sales_by_branch(uow, caller.shop, asked_period(page))
        tills = await list_terminals(uow, caller.shop)
    mine = [each for each in found if allowed is None or each.id in allowed]
    rows = [_row(each, sold.get(each.id, BranchSales()), people, tills) for each in mine]
    elsewhere = sold.get(None, BranchSales()) if allowed is None else BranchSales()
    context = {
        "branches": sorted(rows, key=lambda row: row["closed"]),
        "elsewhere": elsewhere,
        "total": sum(row["sales"] for row in rows) + elsewhere.sales,
        "purchases": sum(row["purchases"] for row in rows) + elsewhere.purchases,
        "picker": _picker(page, "branches"),
        "query": page_period(page, USUAL).query,
        "may_open": allowed is None,
        "form": form,
    }
    return page.render("merchants/branches/list.html", context, status=status)


def _row(
    branch: Branch, sold: BranchSales, people: Sequence[Employee], tills: Sequence[TerminalRow]
) -> dict[str, Any]:
    return {
        "id": branch.id,
        "name": branch.name,
        "closed": branch.closed_at is not None,
        "sales": sold.sales,
        "purchases": sold.purchases,
        "people": len(_of_branch(people, branch.id)),
        "terminals": sum(each.branch_id == branch.id for each in tills),
    }


async def _one(page: PageContext, branch_id: UUID, form: Form, status: int = 200) -> Html:
    caller = page.caller
    allowed = sees_branch(caller, branch_id)
    period, zone = asked_period(page), page.mall.timezone
    async with page.database.unit_of_work(caller.scope) as uow:
        branch = await find_branch(uow, caller.shop, branch_id)
        sold = await sales_by_branch(uow, caller.shop, period)
        by_day = await sales_by_day(uow, caller.shop, branch_id, period, zone)
        tills = await list_terminals(uow, caller.shop)
        places = {each.id: place for each, place in await places_of(uow, caller.shop)}
    mine = sold.get(branch_id, BranchSales())
    whole = sum(each.sales for each in sold.values())
    context = {
        "branch": {
            "id": branch.id,
            "name": branch.name,
            "since": branch.created_at,
            "closed_at": branch.closed_at,
            "placed": places.get(branch_id) is not None,
        },
        "sold": mine,
        "whole": whole if allowed is None else 0,
        "chart": course(page, branch_id, by_day),
        "people": [
            each | {"roles": [page.text(f"role-{role}") for role in each["roles"]]}
            for each in _of_branch(await _people(page), branch_id)
        ],
        "sees_people": may_somewhere(caller, STAFF),
        "terminals": [each for each in tills if each.branch_id == branch_id],
        "picker": _picker(page, f"branches/{branch_id}"),
        "may_close": allowed is None,
        "form": form if form.failed else page.form({"name": branch.name}),
    }
    return page.render("merchants/branches/one.html", context, status=status)
