"""Nothing of an erased person is left in any column of any table, as the live catalogue has them.

Their name is written wherever a row is about them, so that a new column that nobody thought of is
found without being listed; what may keep such a text is argued for below.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import asyncpg
import httpx
import pytest

from shared_pool.erasing.service import ask_erasure, erase
from tests.api.conftest import client, new_mobile
from tests.isolation.world import Town, make_town
from timcheh.db import Database, Scope
from timcheh.settings import Settings

__all__ = ["client"]

NAME = "نرگس‌یکتای‌آزمون"
ABOUT = ("member_id", "person_id", "giver_id", "holder_id", "subject", "object_id", "actor_id")
"""Columns that say whom a row is about."""
BOOKS = {
    "members.card.number": "a printed card is about and must go on being refused",
    "merchants.purchase_earn.unit": "credit or points",
    "merchants.purchase_spend.unit": "credit or points",
    "merchants.purchase_line.sku": "what was sold",
    "merchants.purchase_line.name": "what was sold",
    "merchants.purchase_line.group": "what was sold",
    "merchants.purchase_earn.rule": "the rule's name",
    "merchants.purchase_return.lines": "amounts",
    "merchants.purchase_return.restored": "amounts",
    "merchants.purchase_return.taken_back": "amounts",
    "merchants.purchase.usage": "budgets, by rule",
    "merchants.customer.bought": "groups of goods, as the history tells them",
    "merchants.customer.source": "by what kind of way customers came",
    "merchants.entitlement.rule": "the offer's name",
    "merchants.offer_exposure.rule": "the offer's name",
    "merchants.rule_usage.rule": "the offer's name",
    "merchants.spend_approval.key": "the key of a form or a program",
    "merchants.reward_claim.name": "the reward's name",
    "merchants.reward_claim.code": "a code drawn by lot",
    "merchants.reward_claim.spent": "amounts",
    "merchants.activity_report.period": "a day or a month",
    "merchants.threshold_award.name": "the threshold's name",
    "merchants.threshold_award.coupon": "an offer's code",
    "merchants.threshold_standing.period": "a month or a year",
    "merchants.door_gift_taken.coupon": "an offer's code",
    "merchants.alert.figures": "counts and amounts",
    "merchants.alert.closer": "the name of the shop's own staff",
}
"""What stays about nobody: the shop's books and names of its own things."""
COLUMNS = """
    SELECT c.table_schema || '.' || c.table_name AS "table", c.column_name AS name,
           c.data_type AS type, a.column_name AS about
    FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    LEFT JOIN information_schema.columns a
        ON a.table_schema = c.table_schema AND a.table_name = c.table_name
       AND a.column_name = ANY($1)
    WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
      AND c.data_type IN ('text', 'character varying', 'jsonb', 'ARRAY', 'bytea')
    ORDER BY 1, 2
"""


@pytest.fixture
async def superuser(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """Sees past every policy; the product itself never connects like this."""
    connection = await asyncpg.connect(settings.superuser_dsn)
    yield connection
    await connection.close()


@pytest.mark.feature("member.data", page="/{mall}/club/erase")
async def test_no_column_keeps_anything_of_an_erased_member(
    client: httpx.AsyncClient, database: Database, superuser: asyncpg.Connection
) -> None:
    town = await make_town(client, database, [new_mobile(), new_mobile()])
    person, mobile = town.members[0], town.mobiles[0]
    number = await superuser.fetchval("SELECT number FROM members.member WHERE id = $1", person)
    planted = await _plant(superuser, person)
    assert len(planted) > 40, planted
    await _erase(database, town, person)
    found = await _holding(superuser, town.mall_id, [mobile, number, NAME])
    assert found - set(BOOKS) == set()
    assert set(BOOKS) - planted == set(), "argued for, but there is no such column any more"
    proof = await town.api.get("/fund/proof")
    assert [each for each in proof["checks"] if not each["ok"]] == []


async def _erase(database: Database, town: Town, person: UUID) -> None:
    scope = Scope.mall(town.mall_id)
    async with database.unit_of_work(scope) as uow:
        await uow.session.connection()
        asked = await ask_erasure(uow, person)
    async with database.unit_of_work(scope, now=asked.due_at + timedelta(minutes=1)) as uow:
        await erase(uow, person)


async def _plant(connection: asyncpg.Connection, person: UUID) -> set[str]:
    """Writes the name wherever a row is about the person and the constraints let it."""
    await connection.execute("SET session_replication_role = replica")  # past the append-only log
    await connection.execute("UPDATE members.member SET name = $2 WHERE id = $1", person, NAME)
    done: set[str] = set()
    for row in await connection.fetch(COLUMNS, list(ABOUT)):
        if row["about"] is None or row["type"] == "bytea" or row["table"] == "members.member":
            continue
        column = f'"{row["name"]}"'
        value = {"jsonb": f"jsonb_build_array('{NAME}')", "ARRAY": f"ARRAY['{NAME}']"}.get(
            row["type"], f"'{NAME}'"
        )
        try:
            async with connection.transaction():
                told = await connection.execute(
                    f"UPDATE {row['table']} SET {column} = {value} WHERE {row['about']} = $1",
                    person,
                )
        except asyncpg.PostgresError:  # a key, a state, a list of numbers
            continue
        if told != "UPDATE 0":
            done.add(f"{row['table']}.{row['name']}")
    await connection.execute("RESET session_replication_role")
    return done


async def _holding(connection: asyncpg.Connection, mall: UUID, words: list[str]) -> set[str]:
    """The columns that have one of the words in any row of the mall."""
    found = set()
    for row in await connection.fetch(COLUMNS, list(ABOUT)):
        column = f'"{row["name"]}"'
        text = f"encode({column}, 'escape')" if row["type"] == "bytea" else f"{column}::text"
        # 'escape' writes other than ASCII in octal: the name is looked for in the same dress.
        has = await connection.fetchval(
            f"SELECT EXISTS (SELECT 1 FROM {row['table']} t, unnest($1::text[]) w"
            f" WHERE strpos({text}, w) > 0 AND to_jsonb(t) ->> 'mall_id' = $2)",
            [*words, *(await _escaped(connection, words))],
            str(mall),
        )
        if has:
            found.add(f"{row['table']}.{row['name']}")
    return found


async def _escaped(connection: asyncpg.Connection, words: list[str]) -> list[str]:
    return [
        await connection.fetchval("SELECT encode(convert_to($1, 'UTF8'), 'escape')", word)
        for word in words
    ]
