"""Purchases straight into PostgreSQL: what its functions cost, the web server left out.

What our server would send is worked out and written down beforehand, one row a purchase with the
arguments of each of its calls. Then pgbench makes the calls: the client of the yardstick.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import asyncpg
import msgspec

from merchants.programme.book import ProgrammeBook, Wants
from merchants.purchases import closing
from merchants.purchases import quote as quoting
from merchants.purchases import rows as recording
from merchants.purchases.answer import answer_of
from merchants.purchases.closing import ClaimIn, ConfirmIn
from merchants.purchases.command import MemberRef, PurchaseCommand, Till
from merchants.purchases.decision import Decision, decide
from merchants.purchases.desk import HOLD_FOR
from timcheh.db import Database, Role
from timcheh.db.microbatch import HOT_PATH
from timcheh.ids import new_id
from timcheh.text.locale import Locale
from timcheh_app.bench import yardstick
from timcheh_app.bench.course import World
from timcheh_app.bench.mall import Mall
from timcheh_app.bench.servers import Servers
from timcheh_app.bench.world import LINES, SPEND

CLIENTS: Final = 4
_QUOTES_AT_ONCE: Final = 32
_encode: Final = msgspec.json.Encoder().encode


@dataclass
class _WrittenDown:
    """Takes a connection's place and keeps what it is asked to run."""

    statements: list[str] = field(default_factory=list)
    arguments: list[Any] = field(default_factory=list)

    async def execute(self, statement: str, *arguments: Any) -> None:
        self.statements.append(statement)
        self.arguments += arguments

    async def fetch(self, statement: str, *arguments: Any) -> list[Any]:
        await self.execute(statement, *arguments)
        return []


def measure(servers: Servers, mall: Mall, count: int, *, pair: bool = True) -> dict[str, float]:
    """A second: quotes, captured purchases (one call), authorisations with their confirmation (two
    calls); each of `count` purchases, decided beforehand."""
    figures = {}
    quotes, purchases = _write_down(mall, count, manual=False)
    figures["quote_db_4"] = _tps(servers, mall, quotes, count)
    figures["confirm_db_4"] = _tps(servers, mall, purchases, count)
    if pair:
        _, pairs = _write_down(mall, count, manual=True)
        figures["pair_db_4"] = _tps(servers, mall, pairs, count)
    return figures


def _tps(servers: Servers, mall: Mall, script: str, count: int) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        return yardstick.script_tps(
            servers.settings,
            mall.installation.name,
            Role.APP,
            Path(file.name),
            clients=CLIENTS,
            each=count // CLIENTS,
            session=[f"{name}={value}" for name, value in HOT_PATH.items()],
        )


def _write_down(mall: Mall, count: int, *, manual: bool) -> tuple[str, str]:
    """Fills the table of arguments; answers the scripts of the quotes and of the purchases."""
    numbers = mall.take(count)

    async def write(database: Database) -> tuple[str, str]:
        connection = await asyncpg.connect(mall.installation.settings.superuser_dsn)
        app = await asyncpg.connect(database.dsn(Role.APP), server_settings=HOT_PATH)
        try:
            calls = await _calls(database, app, mall.world, numbers, manual=manual)
            statements = calls[0].statements
            names = await _make_table(connection, statements)
            rows = ((n, *call.arguments) for n, call in enumerate(calls))
            await connection.copy_records_to_table("call", schema_name="bench", records=rows)
            await connection.execute("VACUUM ANALYZE bench.call")
        finally:
            await app.close()
            await connection.close()
        written = [_from_table(s, n) for s, n in zip(statements, names, strict=True)]
        return _script(written[:1]), _script(written[1:])

    return mall.installation.run(write)


async def _calls(
    database: Database, connection: Any, world: World, numbers: range, *, manual: bool
) -> list[_WrittenDown]:
    """For each visit: the quote, then the record, then (if `manual`) the confirmation."""
    book = ProgrammeBook(database)
    found = []
    for first in range(0, len(numbers), _QUOTES_AT_ONCE):
        now = datetime.now(UTC)
        some = numbers[first : first + _QUOTES_AT_ONCE]
        asked = [_command(world, number, manual=manual) for number in some]
        questions = [quoting.quote_in(each, now, Wants()) for each in asked]
        quotes = await quoting.ask(connection, world.mall_id, questions)
        for command, question, quote in zip(asked, questions, quotes, strict=True):
            shop = command.till.merchant_id
            programme = book.current(shop) or await book.refresh(world.mall_id, shop)
            decision = decide(command, quote, programme, None, now, HOLD_FOR)
            call = _WrittenDown()
            await quoting.ask(call, world.mall_id, [question])
            await _record(call, decision)
            found.append(call)
    return found


def _command(world: World, number: int, *, manual: bool) -> PurchaseCommand:
    visit = world.visit(number)
    shop = world.shops[visit.shop]
    key = str(new_id())
    return PurchaseCommand(
        till=Till(world.mall_id, shop.id, shop.id),
        member=MemberRef(mobile=visit.mobile),
        lines=LINES,
        spend=SPEND,
        manual=manual,
        key=key,
        fingerprint=sha256(key.encode()).digest(),
    )


async def _record(call: _WrittenDown, decision: Decision) -> None:
    till = decision.command.till
    body = _encode(answer_of(decision, Locale.FA))
    await recording.record(call, till.mall_id, [recording.rows_of(decision, body)])
    if decision.command.manual:
        item = ConfirmIn(decision.id, till.merchant_id, decision.at)
        claim = ClaimIn(till.principal_id, str(new_id()), decision.command.fingerprint, body)
        await closing._confirm(call, till.mall_id, [(item, claim)])


async def _make_table(connection: Any, statements: Sequence[str]) -> list[list[str]]:
    """`bench.call`, with a column for each argument of each statement; answers their names."""
    columns: list[str] = []
    names: list[list[str]] = []
    for statement in statements:
        prepared = await connection.prepare(statement)
        types = [f"{t.schema}.{t.name}" for t in prepared.get_parameters()]
        first = len(columns)
        names.append([f"a{first + n}" for n in range(len(types))])
        columns += [f"a{first + n} {type}" for n, type in enumerate(types)]
    # Whole rows in line: looking arguments up is no part of a purchase.
    await connection.execute(
        "DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench;"
        f"CREATE UNLOGGED TABLE bench.call (n int PRIMARY KEY, {', '.join(columns)})"
        " WITH (toast_tuple_target = 8160);"
        f"GRANT USAGE ON SCHEMA bench TO {Role.APP}; GRANT SELECT ON bench.call TO {Role.APP}"
    )
    return names


def _from_table(statement: str, names: Sequence[str]) -> str:
    """`SELECT f($1, …)` or `SELECT * FROM f($1, …)`, with its arguments from the table."""
    for position in range(len(names), 0, -1):
        statement = statement.replace(f"${position}", f"c.{names[position - 1]}")
    whole, _, call = statement.partition("SELECT * FROM ")
    if whole:
        return f"{statement} FROM bench.call c WHERE c.n = :n;"
    return f"SELECT q.* FROM bench.call c, {call} q WHERE c.n = :n;"


def _script(statements: Sequence[str]) -> str:
    lines = [r"\set i :i + 1", r"\set n :client_id * :share + :i", *statements]
    return "\n".join(lines) + "\n"
