"""Taking a stretch of a file's rows into the shop's customers, in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from members.facade import Listed, admit_listed, note_listed
from merchants.importing import merging
from merchants.importing.merging import OnKnown
from merchants.importing.models import ImportBatch
from merchants.importing.queries import ImportStore
from merchants.importing.rows import Person
from merchants.programme.book import default_end
from merchants.programme.queries import read_scopes
from timcheh.calendar import day_bounds
from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.ledger import postings
from timcheh.ledger.contracts import Grant


class Terms(NamedTuple):
    """How opening balances and known customers are taken; `until` is the last day of balances."""

    on_known: OnKnown
    all_consent: bool
    until: date | None
    reason: str


async def take(
    uow: UnitOfWork, batch: ImportBatch, people: Sequence[Person], terms: Terms
) -> Counter[str]:
    """Takes rows that have no fault; counts what became of them. In the mall's scope."""
    merged = _merge(people)
    members = await admit_listed(
        uow,
        list(merged),
        merchant_id=batch.merchant_id,
        branch_id=batch.branch_id,
        actor_id=batch.created_by,
    )
    store = ImportStore(await uow.driver(), uow, batch)
    ids = sorted(member.id for member in members.values())
    again, before = await store.taken(ids), await store.customers(ids)
    stretch = _Stretch(uow, batch, terms, before)
    for mobile, person in merged.items():
        stretch.add(person, members[mobile], again)
    if stretch.customers:
        await store.put_customers(stretch.customers)
        await store.put_profiles(stretch.profiles)
    # The till may hold a lot's holder for a moment; nobody waits for what only this batch grants.
    lots = await _grant(uow, batch, stretch.balances, terms)
    await store.put_changes(
        [{**change, "lots": lots.get(change["member_id"], [])} for change in stretch.changes]
    )
    await note_listed(
        uow,
        stretch.consenting,
        merchant_id=batch.merchant_id,
        branch_id=batch.branch_id,
        actor_id=batch.created_by,
    )
    counts = stretch.counts
    counts["merged"] += len(people) - len(merged)
    return counts


def _merge(people: Sequence[Person]) -> dict[str, Person]:
    merged: dict[str, Person] = {}
    for person in people:
        first = merged.setdefault(person.mobile, person)
        if first is not person:
            first.merge(person)
    return merged


class _Stretch:
    """What is to be written of some rows."""

    def __init__(
        self,
        uow: UnitOfWork,
        batch: ImportBatch,
        terms: Terms,
        before: Mapping[UUID, Mapping[str, Any]],
    ) -> None:
        self._uow, self._batch, self._terms, self._before = uow, batch, terms, before
        self.counts: Counter[str] = Counter()
        self.customers: list[tuple[Any, ...]] = []
        self.profiles: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []
        self.balances: list[tuple[UUID, int, int]] = []
        self.consenting: list[UUID] = []

    def add(self, person: Person, member: Listed, again: set[UUID]) -> None:
        """`again`: whom earlier rows were about. Their later rows only fill in, and their
        balances count once."""
        old, repeated = self._before.get(member.id), member.id in again
        shared = set((old or {}).get("shared") or ())
        told = merging.known(old) if old is not None else {}
        on_known: OnKnown = "fill" if repeated else self._terms.on_known
        new = merging.said(person)
        values = merging.changes(new, told, shared, on_known) if old is not None else new
        self._count(person, old is not None, repeated, bool(values))
        if old is None or values:
            self._write(person.mobile, member, old or {}, {**told, **values}, values, shared)
        if not repeated and (person.credit or person.points):
            self.balances.append((member.id, person.credit, person.points))
        self.changes.append(
            {
                **self._key(member.id),
                "batch_id": self._batch.id,
                "made_member": member.made,
                "made_customer": old is None,
                "before": {name: told.get(name) for name in values},
                "after": values,
            }
        )
        if person.consent or (self._terms.all_consent and person.consent is not False):
            self.consenting.append(member.id)

    def _key(self, member_id: UUID) -> dict[str, Any]:
        batch = self._batch
        return {
            "mall_id": batch.mall_id,
            "merchant_id": batch.merchant_id,
            "member_id": member_id,
        }

    def _write(
        self,
        mobile: str,
        member: Listed,
        old: Mapping[str, Any],
        whole: Mapping[str, Any],
        values: Mapping[str, Any],
        shared: set[str],
    ) -> None:
        born = whole.get("birthday")
        birthday = date.fromisoformat(born) if born else None
        self.customers.append((member.id, member.number, mobile, whole.get("name"), birthday))
        profile = {name: value for name, value in old.items() if name not in ("name", "birthday")}
        self.profiles.append(
            {
                **merging.applied(profile, values, shared),
                **self._key(member.id),
                "updated_at": self._uow.now.isoformat(),
                "updated_by": self._batch.created_by,
            }
        )

    def _count(self, person: Person, is_known: bool, repeated: bool, changed: bool) -> None:
        if repeated:
            self.counts["merged"] += 1
            return
        self.counts["changed" if is_known and changed else "known" if is_known else "new"] += 1
        self.counts["credit"] += person.credit
        self.counts["points"] += person.points


async def _grant(
    uow: UnitOfWork,
    batch: ImportBatch,
    balances: Sequence[tuple[UUID, int, int]],
    terms: Terms,
) -> dict[UUID, list[UUID]]:
    """Opening balances become lots of the shop's own credit and points; by member."""
    if not balances:
        return {}
    scopes = await read_scopes(uow, batch.merchant_id)
    head = postings.transfer(uow, "gift", reference_id=batch.id, actor_id=batch.created_by)
    grants: list[Grant] = []
    lots: dict[UUID, list[UUID]] = {}
    for member_id, credit, points in balances:
        for unit, amount in (("rial", credit), ("point", points)):
            if not amount:
                continue
            scope = scopes[f"own:{unit}"]
            ends = day_bounds(terms.until)[1] if terms.until else default_end(scope[5], uow.now)
            lot_id = new_id()
            lots.setdefault(member_id, []).append(lot_id)
            grants.append(
                Grant(
                    head.id,
                    lot_id,
                    scope[0],
                    batch.merchant_id,
                    "member",
                    member_id,
                    amount,
                    uow.now,
                    ends,
                    terms.reason,
                )
            )
    await postings.post(uow, [head], grants=grants)
    return lots
