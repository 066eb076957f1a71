"""Terminals of a shop's branches, and their keys."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from merchants.shops.models import Branch, Terminal
from timcheh.access.keys import IssuedKey, issue_key, list_keys, revoke_key
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound


@dataclass(frozen=True, slots=True)
class TerminalRow:
    """A terminal; without `key_since` its key was revoked and it can't sell."""

    id: UUID
    name: str
    branch_id: UUID
    branch: str
    key_since: datetime | None
    used_at: datetime | None


async def list_terminals(uow: UnitOfWork, merchant_id: UUID) -> list[TerminalRow]:
    """The shop's terminals, oldest first."""
    live = {
        key.terminal_id: key
        for key in await list_keys(uow, merchant_id)
        if key.terminal_id is not None and key.revoked_at is None
    }
    rows = await uow.session.execute(
        select(Terminal.id, Terminal.name, Branch.id, Branch.name)
        .join(
            Branch,
            (Branch.mall_id == Terminal.mall_id)
            & (Branch.merchant_id == Terminal.merchant_id)
            & (Branch.id == Terminal.branch_id),
        )
        .where(Terminal.mall_id == uow.scope.mall_id, Terminal.merchant_id == merchant_id)
        .order_by(Terminal.id)
    )
    return [
        TerminalRow(
            id,
            name,
            branch_id,
            branch,
            live[id].created_at if id in live else None,
            live[id].last_used_at if id in live else None,
        )
        for id, name, branch_id, branch in rows
    ]


async def rename_terminal(
    uow: UnitOfWork, merchant_id: UUID, terminal_id: UUID, name: str
) -> Terminal:
    """Raises NotFound."""
    terminal = await find_terminal(uow, merchant_id, terminal_id)
    terminal.name = name
    return terminal


async def revoke_terminal(uow: UnitOfWork, merchant_id: UUID, terminal_id: UUID) -> None:
    """Ends the terminal's keys; a second time changes nothing. Raises NotFound."""
    await find_terminal(uow, merchant_id, terminal_id)
    for key in await list_keys(uow, merchant_id):
        if key.terminal_id == terminal_id and key.revoked_at is None:
            await revoke_key(uow, key.id)


async def renew_key(uow: UnitOfWork, merchant_id: UUID, terminal_id: UUID) -> IssuedKey:
    """A new key in place of the old one. Raises NotFound."""
    await revoke_terminal(uow, merchant_id, terminal_id)
    terminal = await find_terminal(uow, merchant_id, terminal_id)
    return await issue_key(
        uow,
        "terminal",
        terminal.name,
        merchant_id=merchant_id,
        branch_id=terminal.branch_id,
        terminal_id=terminal_id,
    )


async def find_terminal(uow: UnitOfWork, merchant_id: UUID, terminal_id: UUID) -> Terminal:
    """A shop's own. Raises NotFound."""
    terminal = await uow.session.get(Terminal, (uow.scope.mall_id, merchant_id, terminal_id))
    if terminal is None:
        raise NotFound
    return terminal
