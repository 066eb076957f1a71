"""What is kept beside the purchases, told again from the purchases alone, row by row.

Each function answers what one table should hold for the whole mall, so that a row that nobody was
to touch is looked at too.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from merchants.purchases.decision import Decision
from timcheh.calendar import local_date
from timcheh.calendar.jalali import Jalali
from timcheh.ids import NIL

Key = tuple[Any, ...]
Kept = dict[Key, Key]
_SOURCES = {
    "purchases": "purchase", "lines": "purchase_line", "spends": "purchase_spend",
    "returns": "purchase_return", "concessions": "concession",
}  # fmt: skip


class Books(NamedTuple):
    """The rows that the rest follows from."""

    purchases: list[Any]
    lines: list[Any]
    spends: list[Any]
    returns: list[Any]
    concessions: list[Any]

    @property
    def live(self) -> list[Any]:
        """Purchases that were not given up."""
        return [p for p in self.purchases if p["state"] in ("authorized", "confirmed")]


async def agree(
    owner: asyncpg.Connection, mall: UUID, decided: Mapping[UUID, Decision], at: datetime
) -> None:
    """Every figure that is kept at `at` is what the purchases tell."""
    rows = {name: await _all(owner, table, mall) for name, table in _SOURCES.items()}
    books = Books(**rows)
    checks: list[tuple[str, str, int, Callable[[Books], Kept]]] = [
        ("rule_usage", "merchant_id, rule, member_id, used, times, day, day_used", 3, usage),
        ("credit_use", "merchant_id, member_id, day, used", 3, credit),
        ("concession_use", "merchant_id, by_id, day, used", 3, concessions),
        ("customer", "merchant_id, member_id, debt", 2, debts),
        ("customer", "merchant_id, member_id, purchases, visits, spend, first_at, last_at,"
         " last_basket, bought, months", 2, facts),
        ("entitlement", "merchant_id, member_id, rule, held_out, opened_at, expires_at, used_at,"
         " purchase_id", 3, lambda books: entitlements(books, decided)),
    ]  # fmt: skip
    for table, columns, keys, expected in checks:
        query = f"SELECT {columns} FROM merchants.{table} WHERE mall_id = $1"
        found = {tuple(row)[:keys]: tuple(row)[keys:] for row in await owner.fetch(query, mall)}
        assert found == expected(books), differences(table, found, expected(books))
    assert await _holds(owner, mall, at) == holds(books, at)
    assert await _told(owner, mall) == told(decided)


def differences(name: str, found: Kept, expected: Kept) -> str:
    """The rows that are otherwise, each as it is and as it should be."""
    keys = [k for k in found | expected if found.get(k) != expected.get(k)]
    return "\n".join([name, *(f"{k}: {found.get(k)}, not {expected.get(k)}" for k in keys)])


async def _all(owner: asyncpg.Connection, table: str, mall: UUID) -> list[Any]:
    order = "created_at, id" if table in ("purchase", "purchase_return") else "purchase_id"
    query = f"SELECT * FROM merchants.{table} WHERE mall_id = $1 ORDER BY {order}"
    return list(await owner.fetch(query, mall))


def _sums(rows: Iterable[tuple[Key, int]]) -> Kept:
    total: dict[Key, int] = defaultdict(int)
    for key, amount in rows:
        total[key] += amount
    return {key: (amount,) for key, amount in total.items()}


def usage(books: Books) -> Kept:
    """What bounded rules gave: by member, and in all; the last day counts for itself."""
    live = {p["id"] for p in books.live}
    kept: dict[Key, Key] = defaultdict(lambda: (0, 0, date.min, 0))
    for p in books.purchases:
        for each in json.loads(p["usage"] or "[]"):
            day = date.fromisoformat(each["day"])
            value, times = (each["value"], 1) if p["id"] in live else (0, 0)
            for holder in (p["member_id"], NIL):
                key = p["merchant_id"], each["rule"], holder
                used, before, last, on_last = kept[key]
                today = (on_last if day == last else 0) + value
                kept[key] = used + value, before + times, day, today
    return dict(kept)


def credit(books: Books) -> Kept:
    """Credit under a daily cap, that was not given up."""
    live = {p["id"] for p in books.live}
    return _sums(
        ((p["merchant_id"], p["member_id"], local_date(p["created_at"])),
         p["credit_counted"] * (p["id"] in live))
        for p in books.purchases if p["credit_counted"]
    )  # fmt: skip


def concessions(books: Books) -> Kept:
    """What was taken off, by whom."""
    live = {p["id"] for p in books.live}
    return _sums(
        ((c["merchant_id"], c["by_id"], local_date(c["at"])),
         c["amount"] * (c["purchase_id"] in live))
        for c in books.concessions
    )  # fmt: skip


def debts(books: Books) -> Kept:
    """What returns carried over, less what purchases pay; of every customer."""
    rows = [(_who(p), 0) for p in books.purchases if p["state"] == "confirmed"]
    rows += [(_who(r), r["carried"]) for r in books.returns]
    rows += [(_who(p), -p["debt_paid"]) for p in books.live if p["debt_paid"]]
    return _sums(rows)


def facts(books: Books) -> Kept:
    """What a shop knows of its customers by what they bought there and kept."""
    kept: dict[Key, list[tuple[Any, int, list[Any]]]] = {}
    lines: dict[UUID, list[Any]] = defaultdict(list)
    for line in books.lines:
        lines[line["purchase_id"]].append(line)
    for p in books.purchases:
        if p["state"] == "confirmed":
            mine = kept.setdefault(_who(p), [])
            left = [x for x in lines[p["id"]] if x["returned_milli"] < x["quantity_milli"]]
            if left:
                mine.append((p, sum(map(_net, lines[p["id"]])), left))
    return {who: _facts(purchases) for who, purchases in kept.items()}


def _net(line: Any) -> int:
    """What is left of a line's price after its discount and what came back, rounded up."""
    net = line["total"] - line["discount"]
    return int(net - net * line["returned_milli"] // line["quantity_milli"])


def _facts(purchases: list[tuple[Any, int, list[Any]]]) -> Key:
    if not purchases:
        return 0, 0, 0, None, None, None, [], 0
    purchases = sorted(purchases, key=lambda each: (each[0]["occurred_at"], each[0]["id"]))
    days = {local_date(p["occurred_at"]) for p, _, _ in purchases}
    groups = {x["group"] for _, _, left in purchases for x in left}
    return (
        len(purchases),
        len(days),
        sum(net for _, net, _ in purchases),
        purchases[0][0]["occurred_at"],
        purchases[-1][0]["occurred_at"],
        purchases[-1][1],
        sorted(groups - {None}),
        sum(1 << month for month in {Jalali.of(day).month - 1 for day in days}),
    )


def entitlements(books: Books, decided: Mapping[UUID, Decision]) -> Kept:
    """One-time rules: as they began, and used by the purchase that was not given up."""
    live = {p["id"] for p in books.live}
    kept: Kept = {}
    for decision in decided.values():
        for each in decision.entitled:
            key = decision.command.till.merchant_id, decision.member.id, each.rule
            begun = kept.get(key, (each.held_out, each.opened_at, each.expires_at, None, None))
            if each.used and decision.id in live:
                begun = (*begun[:3], decision.occurred_at, decision.id)
            kept[key] = begun
    return kept


def holds(books: Books, at: datetime) -> Kept:
    """What open purchases have pinned. The holds of those whose time is up go at any time."""
    open_ = [p for p in books.purchases if p["state"] == "authorized" and p["expires_at"] > at]
    until = {p["id"]: p["expires_at"] for p in open_}
    return {
        (s["purchase_id"], s["lot_id"]): (s["amount"], until[s["purchase_id"]])
        for s in books.spends
        if s["purchase_id"] in until
    }


async def _holds(owner: asyncpg.Connection, mall: UUID, at: datetime) -> Kept:
    rows = await owner.fetch(
        "SELECT reference_id, lot_id, amount, expires_at FROM ledger.hold"
        " WHERE mall_id = $1 AND expires_at > $2",
        mall,
        at,
    )
    return {tuple(row)[:2]: tuple(row)[2:] for row in rows}


def told(decided: Mapping[UUID, Decision]) -> list[Key]:
    """Whom to tell of an offer: those for whom it began and was not used at once."""
    begun: dict[Key, bool] = {}
    for decision in decided.values():
        for each in decision.entitled:
            key = str(decision.command.till.merchant_id), str(decision.member.id), each.rule
            begun.setdefault(key, not each.used and not each.held_out)
    return sorted(key for key, tells in begun.items() if tells)


async def _told(owner: asyncpg.Connection, mall: UUID) -> list[Key]:
    rows = await owner.fetch(
        "SELECT payload ->> 'merchant_id', payload ->> 'member_id', payload ->> 'rule'"
        " FROM kernel.outbox_event WHERE mall_id = $1 AND topic = 'merchants.offer_opened'",
        mall,
    )
    return sorted(tuple(row) for row in rows)


def _who(row: Any) -> Key:
    return row["merchant_id"], row["member_id"]
