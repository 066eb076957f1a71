"""The SQL of imports: many customers a statement."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from members.facade import FACTS
from merchants.importing.models import ImportBatch, ImportColumn
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.text.normalise import search_key

_WRITTEN: Final = (*FACTS, "note", "custom", "referrer_id", "shared", "updated_at", "updated_by")

_CUSTOMERS = """
SELECT c.member_id, c.name, c.birthday, to_jsonb(p) AS profile
FROM merchants.customer c
LEFT JOIN merchants.customer_profile p USING (mall_id, merchant_id, member_id)
WHERE c.mall_id = $1 AND c.merchant_id = $2 AND c.member_id = ANY($3)
ORDER BY c.member_id FOR UPDATE OF c
"""
_PUT_CUSTOMERS = """
INSERT INTO merchants.customer (mall_id, merchant_id, member_id, number, mobile, name, birthday,
                                source, branch_id, actor_id, batch_id, created_at)
SELECT $1, $2, x.member_id, x.number, x.mobile, x.name, x.birthday, 'import', $3, $4, $5, $6
FROM unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::date[])
    x (member_id, number, mobile, name, birthday)
ORDER BY x.member_id
ON CONFLICT (mall_id, merchant_id, member_id)
DO UPDATE SET name = excluded.name, birthday = excluded.birthday
"""
_PUT_PROFILES = f"""
INSERT INTO merchants.customer_profile
SELECT * FROM jsonb_populate_recordset(NULL::merchants.customer_profile, $1::jsonb)
ON CONFLICT (mall_id, merchant_id, member_id)
DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _WRITTEN)}
"""  # noqa: S608  our own names
_PUT_CHANGES = """
INSERT INTO merchants.import_change AS c
SELECT * FROM jsonb_populate_recordset(NULL::merchants.import_change, $1::jsonb)
ON CONFLICT (mall_id, merchant_id, batch_id, member_id)
DO UPDATE SET before = excluded.before || c.before, after = c.after || excluded.after
"""
_PUT_FAULTS = """
INSERT INTO merchants.import_fault
SELECT * FROM jsonb_populate_recordset(NULL::merchants.import_fault, $1::jsonb)
ON CONFLICT DO NOTHING
"""
_OWN_MOBILES = """
SELECT mobile FROM merchants.customer
WHERE mall_id = $1 AND merchant_id = $2 AND mobile = ANY($3)
"""
_TAKEN = """
SELECT member_id FROM merchants.import_change
WHERE mall_id = $1 AND merchant_id = $2 AND batch_id = $3 AND member_id = ANY($4)
"""


class ImportStore:
    """The rows that one batch touches, in the mall's scope, in one transaction."""

    def __init__(self, driver: asyncpg.Connection, uow: UnitOfWork, batch: ImportBatch) -> None:
        self._driver, self._uow, self._batch = driver, uow, batch

    async def customers(self, ids: Sequence[UUID]) -> dict[UUID, Mapping[str, Any]]:
        """What the shop knows of those that are its customers: name, birthday and the profile as
        JSON has it, all by name. They are locked."""
        batch = self._batch
        rows = await self._driver.fetch(_CUSTOMERS, batch.mall_id, batch.merchant_id, ids)
        return {
            row["member_id"]: {
                **_object(row["profile"]),
                "name": row["name"],
                "birthday": row["birthday"],
            }
            for row in rows
        }

    async def own_mobiles(self, mobiles: Sequence[str]) -> set[str]:
        """Which of them are the shop's customers'."""
        batch = self._batch
        rows = await self._driver.fetch(_OWN_MOBILES, batch.mall_id, batch.merchant_id, mobiles)
        return {row["mobile"] for row in rows}

    async def taken(self, ids: Sequence[UUID]) -> set[UUID]:
        """Whom earlier rows of this batch were about."""
        batch = self._batch
        rows = await self._driver.fetch(_TAKEN, batch.mall_id, batch.merchant_id, batch.id, ids)
        return {row["member_id"] for row in rows}

    async def put_customers(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Rows of member, number, mobile, name, birthday."""
        batch = self._batch
        await self._driver.execute(
            _PUT_CUSTOMERS,
            batch.mall_id,
            batch.merchant_id,
            batch.branch_id,
            batch.created_by,
            batch.id,
            self._uow.now,
            *map(list, zip(*rows, strict=True)),
        )

    async def put_profiles(self, rows: Sequence[Mapping[str, Any]]) -> None:
        await self._driver.execute(_PUT_PROFILES, _json(rows))

    async def put_changes(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """A second change of someone keeps what was there before the first."""
        await self._driver.execute(_PUT_CHANGES, _json(rows))

    async def put_faults(self, rows: Sequence[Mapping[str, Any]]) -> None:
        await self._driver.execute(_PUT_FAULTS, _json(rows))


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, default=str)


def _object(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value or {}
    return found


async def find_batch(uow: UnitOfWork, merchant_id: UUID, batch_id: UUID) -> ImportBatch:
    """Raises NotFound, also for another shop's."""
    batch = await uow.session.get(ImportBatch, (uow.scope.mall_id, merchant_id, batch_id))
    if batch is None:
        raise NotFound
    return batch


async def newest_batches(uow: UnitOfWork, merchant_id: UUID, most: int = 20) -> list[ImportBatch]:
    """The shop's imports, the latest first."""
    rows = await uow.session.scalars(
        select(ImportBatch)
        .where(ImportBatch.mall_id == uow.scope.mall_id, ImportBatch.merchant_id == merchant_id)
        .order_by(ImportBatch.id.desc())
        .limit(most)
    )
    return list(rows)


async def remembered_columns(uow: UnitOfWork, merchant_id: UUID) -> dict[str, str]:
    """What the shop has said that headings mean, by their search key."""
    rows = await uow.session.execute(
        select(ImportColumn.heading, ImportColumn.fact).where(
            ImportColumn.mall_id == uow.scope.mall_id, ImportColumn.merchant_id == merchant_id
        )
    )
    return {row[0]: row[1] for row in rows}


async def remember_columns(
    uow: UnitOfWork, merchant_id: UUID, headings: Sequence[str], codes: Sequence[str]
) -> None:
    """Keeps what headings mean, for the next file."""
    meant = {
        search_key(heading): code
        for heading, code in zip(headings, codes, strict=True)
        if search_key(heading)
    }
    if not meant:
        return
    rows = [
        {"mall_id": uow.scope.mall_id, "merchant_id": merchant_id, "heading": key, "fact": code}
        for key, code in meant.items()
    ]
    statement = insert(ImportColumn).values(rows)
    await uow.session.execute(
        statement.on_conflict_do_update(
            index_elements=["mall_id", "merchant_id", "heading"],
            set_={"fact": statement.excluded.fact},
        )
    )


async def batches_at_work(uow: UnitOfWork) -> list[tuple[UUID, UUID]]:
    """Shop and id of the mall's batches that have work to be done, oldest first."""
    rows = await uow.session.execute(
        select(ImportBatch.merchant_id, ImportBatch.id)
        .where(
            ImportBatch.mall_id == uow.scope.mall_id,
            ImportBatch.state.in_(("checking", "importing", "undoing")),
        )
        .order_by(ImportBatch.id)
    )
    return [(row[0], row[1]) for row in rows]
