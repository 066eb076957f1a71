"""What a superuser could do to the ledger's rows with every trigger switched off.

A forger reads rows, thinks, and writes others in their place. Columns are taken from the live
tables, so that one that is added tomorrow is forged tomorrow.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from timcheh.ids import new_id

Row = dict[str, Any]

_COLUMNS = """
    SELECT column_name::text, udt_name::text FROM information_schema.columns
    WHERE table_schema = 'ledger' AND table_name = $1 ORDER BY ordinal_position
"""


class NothingToForge(Exception):
    """The mall has no rows of which this could be made."""


class Forger:
    """Forges random rows of one mall, in the caller's transaction."""

    def __init__(self, connection: asyncpg.Connection, mall_id: UUID, dice: Random) -> None:
        self.connection, self.mall_id, self.dice = connection, mall_id, dice

    async def columns(self, table: str) -> dict[str, str]:
        """The table's columns with their types."""
        return dict(await self.connection.fetch(_COLUMNS, table))

    async def rows(self, table: str, where: str = "true") -> list[Row]:
        """The mall's rows in random order, `ctid` among their values."""
        found = await self.connection.fetch(
            f"SELECT to_jsonb(r) || jsonb_build_object('ctid', ctid::text) FROM ledger.{table} r"
            f" WHERE mall_id = $1 AND {where} ORDER BY r::text",
            self.mall_id,
        )
        rows = [json.loads(row) for (row,) in found]
        self.dice.shuffle(rows)
        return rows

    async def remove(self, table: str, *rows: Row) -> None:
        for row in rows:
            done = await self.connection.execute(
                f"DELETE FROM ledger.{table} WHERE ctid = $1::text::tid", row["ctid"]
            )
            assert done == "DELETE 1"

    async def write(self, table: str, *rows: Row) -> None:
        for row in rows:
            await self.connection.execute(
                f"INSERT INTO ledger.{table}"
                f" SELECT * FROM jsonb_populate_record(NULL::ledger.{table}, $1)",
                json.dumps(row),
            )

    async def replace(self, table: str, *pairs: tuple[Row, Row]) -> None:
        """Other rows in the place of these."""
        await self.remove(table, *(old for old, _ in pairs))
        await self.write(table, *(new for _, new in pairs))

    # Alterations

    async def alter(self, table: str, column: str, where: str = "true") -> None:
        """Another value in one column of one row."""
        rows, kind = await self.rows(table, where), (await self.columns(table))[column]
        seen = [row[column] for row in rows if row[column] not in (None, rows[0][column])]
        value = self.unlike(kind, rows[0][column], seen)
        await self.replace(table, (rows[0], rows[0] | {column: value}))

    def unlike(self, kind: str, value: Any, seen: list[Any]) -> Any:
        """Another value of the same kind: one that other rows have, where one would pass for it."""
        by_kind: dict[str, Callable[[], Any]] = {
            "bool": lambda: not value,
            "int2": lambda: value + self.dice.choice([1, 7]),
            "int8": lambda: value + self.dice.choice([-1, 1, 2, 1_000]),
            "xid8": lambda: str(int(value) + self.dice.choice([-1, 1])),
            "bytea": lambda: value[:-1] + ("0" if value[-1] != "0" else "1"),
            "timestamptz": lambda: _later(value, self.dice.choice([1, 10**6, 10**11])),
        }
        if kind in by_kind and value is not None:
            return by_kind[kind]()
        if seen and self.dice.random() < 0.8:
            return self.dice.choice(seen)
        return {"uuid": str(new_id()), "text": "forged", "timestamptz": "2026-05-05"}[kind]

    async def exchange(self, table: str, column: str) -> None:
        """Two rows get each other's value in a column; numbers do within their transfer."""
        rows = await self.rows(table)
        pairs = (
            (a, b)
            for a in rows
            for b in rows
            if a[column] != b[column] and (column != "n" or a["transfer_id"] == b["transfer_id"])
        )
        for one, two in pairs:
            mixed = one | {column: two[column]}, two | {column: one[column]}
            if not _alike(mixed[0], two):  # else they had only changed places on the disk
                await self.replace(table, (one, mixed[0]), (two, mixed[1]))
                return
        raise NothingToForge

    # Deletions

    async def delete(self, table: str, where: str = "true") -> None:
        await self.remove(table, (await self.rows(table, where))[0])

    async def erase_transfer(self) -> None:
        """A transfer with its entries, and its effect on the lots: nothing looks amiss."""
        transfer = (await self.rows("transfer"))[0]
        entries = await self.rows("entry", f"transfer_id = '{transfer['id']}'")
        await self.remove("transfer", transfer)
        await self.remove("entry", *entries)
        for entry in entries:
            await self.shift_lot(entry["lot_id"], -entry["amount"])

    async def shift_lot(self, lot_id: str | None, amount: int) -> None:
        """A lot (if any) is made to match what its entries now say."""
        for lot in await self.rows("lot", f"id = '{lot_id}'" if lot_id else "false"):
            left = max(lot["remaining"] + amount, lot["held"])
            change = {"remaining": left, "open": left > 0}
            await self.replace("lot", (lot, lot | change))

    # Insertions

    async def insert_transfer(self) -> None:
        """One more of an event that did happen, in the same transaction."""
        transfer, id = (await self.rows("transfer"))[0], str(new_id())
        entries = await self.rows("entry", f"transfer_id = '{transfer['id']}'")
        await self.write("transfer", transfer | {"id": id})
        await self.write("entry", *(entry | {"transfer_id": id} for entry in entries))
        for entry in entries:
            await self.shift_lot(entry["lot_id"], entry["amount"])

    async def insert_entries(self) -> None:
        """Two more entries of a transfer, which sum to zero."""
        entry = (await self.rows("entry", "account IN ('cash', 'clearing', 'fee', 'deposit')"))[0]
        last = len(await self.rows("entry", f"transfer_id = '{entry['transfer_id']}'"))
        other = {"n": last + 2, "account": "fee", "amount": -entry["amount"]}
        await self.write("entry", entry | {"n": last + 1}, entry | other)

    async def insert_seal(self) -> None:
        """A link that follows the last one and seals what it sealed again."""
        last = (await self.rows("seal", "true ORDER BY number DESC LIMIT 1 --"))[0]
        await self.write("seal", last | {"number": last["number"] + 1, "previous": last["hash"]})

    # Reorderings

    async def exchange_contents(self) -> None:
        """What two neighbouring links seal changes places."""
        links = await self.rows("seal")
        links.sort(key=lambda link: link["number"])
        first = self.dice.randrange(len(links) - 2)
        one, two = links[first : first + 2]
        await self.replace(
            "seal",
            (one, one | {name: two[name] for name in ("content", "transfers")}),
            (two, two | {name: one[name] for name in ("content", "transfers")}),
        )


def _alike(one: Row, two: Row) -> bool:
    return one | {"ctid": None} == two | {"ctid": None}


def _later(value: str, microseconds: int) -> str:
    return (datetime.fromisoformat(value) + timedelta(microseconds=microseconds)).isoformat()
