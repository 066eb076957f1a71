"""The live catalogue against the declarations; and that each kind of breach is seen."""

import asyncpg
import pytest

from tests.isolation.catalogue import TABLES, violations
from timcheh.db.security import declared, grants, verbs


@pytest.mark.feature("net.own_customers")
async def test_the_live_catalogue_is_what_is_declared(superuser: asyncpg.Connection) -> None:
    assert await violations(superuser) == []


OPEN_INSIDE_A_MALL = {
    # What a passer-by can read on the mall's and the shops' doors.
    "kernel.mall": {"timcheh_merchant", "timcheh_member"},
    "merchants.merchant": {"timcheh_merchant", "timcheh_member"},
    "merchants.rule_set": {"timcheh_member"},
    # The terms of acceptance: a member must know where value can be spent, a shop what it may name.
    "ledger.scope": {"timcheh_merchant", "timcheh_member"},
    "ledger.acceptor": {"timcheh_member"},
    "shared_pool.pool": {"timcheh_merchant", "timcheh_member"},
    # Hashes and a position in the log, for whoever checks the proof.
    "ledger.checkpoint": {"timcheh_merchant"},
    "ledger.seal": {"timcheh_merchant"},
    # Anyone may report an event; only jobs read them.
    "kernel.outbox_event": {"timcheh_merchant", "timcheh_member"},
}


def test_what_every_shop_or_member_of_a_mall_may_read_is_a_short_argued_list() -> None:
    found: dict[str, set[str]] = {}
    for name, table in TABLES.items():
        access, may = declared(table), verbs(table)
        rows = {"timcheh_merchant": access.merchant_rows, "timcheh_member": access.member_rows}
        for role, columns in rows.items():
            if may[role] and not columns:
                found.setdefault(name, set()).add(role)
    assert found == OPEN_INSIDE_A_MALL
    assert verbs(TABLES["kernel.outbox_event"])["timcheh_merchant"] == {"insert"}
    assert verbs(TABLES["kernel.outbox_event"])["timcheh_member"] == {"insert"}


def test_what_is_granted_by_column_is_never_whose_the_row_is() -> None:
    for name, table in TABLES.items():
        access = declared(table)
        owners = {"mall_id", *access.merchant_rows, *access.member_rows}
        for role, may in grants(table).items():
            for grant in may:
                assert not owners & set(grant.columns), (name, role)


_PARTITIONED = "CREATE TABLE merchants.parts (mall_id uuid) PARTITION BY HASH (mall_id)"
BREACHES = {
    "a new table without anything": "CREATE TABLE merchants.forgotten (mall_id uuid, id uuid)",
    "a view over a table": "CREATE VIEW merchants.all_of_them AS SELECT * FROM merchants.customer",
    "a materialized view": "CREATE MATERIALIZED VIEW merchants.all_of_them AS"
    " SELECT * FROM merchants.customer",
    "a sequence": "CREATE SEQUENCE merchants.numbers",
    "a partitioned table": _PARTITIONED,
    "a partition": f"{_PARTITIONED}; CREATE TABLE merchants.part PARTITION OF merchants.parts"
    " FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
    "a foreign table": "CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER elsewhere FOREIGN DATA"
    " WRAPPER nothing; CREATE FOREIGN TABLE merchants.far (mall_id uuid) SERVER elsewhere",
    "a schema": "CREATE SCHEMA elsewhere",
    "a table in public": "CREATE TABLE public.forgotten (mall_id uuid, id uuid)",
    "a dropped policy": "DROP POLICY merchant_merchant_id ON merchants.customer",
    "a further policy": "CREATE POLICY more ON merchants.customer TO timcheh_merchant USING (true)",
    "a wider policy": "ALTER POLICY merchant_merchant_id ON merchants.customer"
    " USING (mall_id = kernel.mall())",
    "a policy without its WITH CHECK": "ALTER POLICY merchant_merchant_id ON merchants.product"
    " WITH CHECK (true)",
    "a policy for everyone": "ALTER POLICY app ON merchants.customer TO PUBLIC",
    "NO FORCE": "ALTER TABLE merchants.customer NO FORCE ROW LEVEL SECURITY",
    "DISABLE": "ALTER TABLE merchants.customer DISABLE ROW LEVEL SECURITY",
    "a further verb": "GRANT DELETE ON merchants.purchase TO timcheh_app",
    "a grant to everyone": "GRANT SELECT ON merchants.customer TO PUBLIC",
    "a grant on a column": "GRANT SELECT (name) ON kernel.staff TO timcheh_member",
    "a grant on a further column": "GRANT UPDATE (debt) ON merchants.customer TO timcheh_merchant",
    "a grant on the whole row": "GRANT UPDATE ON members.member TO timcheh_member",
    "a missing grant on a column": "REVOKE UPDATE (name) ON members.member FROM timcheh_member",
    "a grant on a column that can be handed on": "GRANT UPDATE (name) ON members.member TO"
    " timcheh_member WITH GRANT OPTION",
    "a grant that can be handed on": "GRANT SELECT ON ledger.lot TO timcheh_app WITH GRANT OPTION",
    "a missing grant": "REVOKE SELECT ON merchants.customer FROM timcheh_app",
    "a grant on the history": "GRANT SELECT ON migration.alembic_version TO timcheh_app",
    "CREATE in a schema": "GRANT CREATE ON SCHEMA ledger TO timcheh_app",
    "a key without the mall": "CREATE UNIQUE INDEX ON merchants.terminal (id)",
    "a foreign key without the mall": "CREATE UNIQUE INDEX one ON merchants.branch (id);"
    "ALTER TABLE merchants.terminal ADD FOREIGN KEY (branch_id) REFERENCES merchants.branch (id)",
    "a function for everyone": "GRANT EXECUTE ON FUNCTION ledger.proof(uuid) TO PUBLIC",
    "a posting function for shops": "GRANT EXECUTE ON FUNCTION ledger.expire_due(uuid, timestamptz,"
    " int) TO timcheh_merchant",
    "a new function": "CREATE FUNCTION merchants.peek(p_mall uuid) RETURNS bigint LANGUAGE sql"
    " SECURITY DEFINER SET search_path = pg_catalog, pg_temp RETURN 1;"
    "GRANT EXECUTE ON FUNCTION merchants.peek(uuid) TO timcheh_member",
    "a function with the owner's sight": "ALTER FUNCTION ledger.proof(uuid) OWNER TO timcheh_owner",
    "a function without a search_path": "ALTER FUNCTION ledger.proof(uuid) RESET search_path",
    "a role that sees all": "ALTER ROLE timcheh_posting BYPASSRLS",
    "a role that can become another": "GRANT timcheh_posting TO timcheh_merchant",
    "a new role": "CREATE ROLE timcheh_guest",
}


@pytest.mark.parametrize("breach", BREACHES.values(), ids=list(BREACHES))
async def test_each_breach_is_seen(superuser: asyncpg.Connection, breach: str) -> None:
    """Made in a transaction that is rolled back, so the database is nobody's but this test's."""
    before = await violations(superuser)
    await superuser.execute(breach)
    assert set(await violations(superuser)) - set(before)
