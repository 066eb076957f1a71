"""Terminals in the shop's portal: defining them, their keys, and taking a key away."""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.permissions import TERMINALS
from merchants.shops.service import open_branch, open_branches, open_terminal
from merchants.shops.terminals import (
    find_terminal,
    list_terminals,
    rename_terminal,
    renew_key,
    revoke_terminal,
)
from merchants.typed import Typed
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound, TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext

_HERE: Final = "/{mall_slug:str}/shop/terminals"


@get(_HERE, include_in_schema=False)
async def terminals(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's terminals."""
    return await _page(shop_page, Form())


@post(_HERE, include_in_schema=False, status_code=200)
async def terminal_opened(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Defines one and shows its key, this once. A shop's first branch is made along with it."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    typed = Typed(data)
    name = typed.needed("name", 100)
    try:
        typed.check()
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            branches = await open_branches(uow, caller.shop)
            if not branches:
                branches = [await open_branch(uow, caller.shop, shop_page.text("terminals-main"))]
            named = data.get("branch") or str(branches[0].id)
            branch = next((each for each in branches if str(each.id) == named), None)
            if branch is None:
                raise NotFound
            terminal, key = await open_terminal(uow, caller.shop, branch.id, name)
            await record(uow, caller, "terminal.opened", "terminal", terminal.id)
    except TimchehError as error:
        return await _page(shop_page, Form.refused(data, error, shop_page.locale), error.status)
    return await _page(shop_page, Form(), secret=key.secret, named=name)


@post(_HERE + "/{terminal_id:uuid}/key", include_in_schema=False, status_code=200)
async def terminal_renewed(
    shop_page: NamedDependency[PageContext], terminal_id: FromPath[UUID]
) -> Html:
    """A new key, shown this once; the old one ends."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        key = await renew_key(uow, caller.shop, terminal_id)
        await record(uow, caller, "terminal.key_renewed", "terminal", terminal_id)
        rows = await list_terminals(uow, caller.shop)
    shop_page.services.keys.forget()
    named = next(row.name for row in rows if row.id == terminal_id)
    return await _page(shop_page, Form(), secret=key.secret, named=named)


@post(_HERE + "/{terminal_id:uuid}/revoke", include_in_schema=False, status_code=200)
async def terminal_revoked(
    shop_page: NamedDependency[PageContext], terminal_id: FromPath[UUID]
) -> Html:
    """Takes its key away: it sells no more."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await revoke_terminal(uow, caller.shop, terminal_id)
        await record(uow, caller, "terminal.revoked", "terminal", terminal_id)
    shop_page.services.keys.forget()
    return shop_page.go(shop_page.url("terminals"), shop_page.text("terminals-revoked"))


@post(_HERE + "/{terminal_id:uuid}", include_in_schema=False, status_code=200)
async def terminal_renamed(
    shop_page: NamedDependency[PageContext], terminal_id: FromPath[UUID], data: Fields
) -> Html:
    """Gives it another name."""
    caller = shop_page.caller
    caller.require(TERMINALS)
    written, here = Written("terminal.renamed", "terminal", terminal_id), shop_page.url("terminals")
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            # First: a foreign terminal looks absent whatever is sent.
            now = _values(uow, caller.shop, terminal_id)
            data = await reconciled(uow, shop_page, data, now, written, afresh=here)
            typed = Typed(data)
            name = typed.needed("name", 100)
            typed.check()
            await rename_terminal(uow, caller.shop, terminal_id, name)
            await record(uow, caller, *written, after={"name": name})
    except TimchehError as error:
        refused = shop_page.refused(data, error)
        return await _page(shop_page, refused, error.status, renamed=terminal_id)
    return shop_page.go(shop_page.url("terminals"), shop_page.text("terminals-saved"))


ROUTES: Final = (
    terminals,
    terminal_opened,
    terminal_renewed,
    terminal_revoked,
    terminal_renamed,
)


async def _values(uow: UnitOfWork, merchant_id: UUID, terminal_id: UUID) -> dict[str, str]:
    return {"name": (await find_terminal(uow, merchant_id, terminal_id)).name}


async def _page(
    page: PageContext,
    form: Form,
    status: int = 200,
    *,
    secret: str = "",
    named: str = "",
    renamed: UUID | None = None,
) -> Html:
    """`form` is of a new terminal, or of the name of the one that is `renamed`."""
    caller = page.caller
    caller.require(TERMINALS)
    async with page.database.unit_of_work(caller.scope) as uow:
        rows = await list_terminals(uow, caller.shop)
        branches = await open_branches(uow, caller.shop)
    context = {
        "terminals": rows,
        "branches": [(str(each.id), each.name) for each in branches],
        "form": Form() if renamed else form,
        "names": {
            row.id: form if row.id == renamed else page.form({"name": row.name}) for row in rows
        },
        "secret": secret,
        "named": named,
    }
    return page.render("merchants/terminals/list.html", context, status=status)
