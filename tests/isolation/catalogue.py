"""What PostgreSQL itself says about isolation, held against what the tables declare.

`violations` reads pg_class, pg_policies, pg_proc, pg_constraint and the access lists, and answers
one line for each thing that is not as it must be. It knows no table by name except where an
exception is argued for, so a new table, role or function is judged without being listed here.
"""

from collections.abc import AsyncIterator, Iterable
from typing import Any

import asyncpg
from sqlalchemy import Table

from timcheh.db import Base, Role
from timcheh.db.security import POSTING, ROLES, grants, policies
from timcheh_app.modules import import_models

import_models()

TABLES: dict[str, Table] = {table.fullname: table for table in Base.metadata.sorted_tables}
SCHEMAS = sorted({table.schema or "public" for table in TABLES.values()})
OWNER_ONLY_SCHEMAS = ["migration"]
KNOWN_ROLES = {*ROLES, Role.OWNER.value}

ACROSS_MALLS = {
    "kernel.mall_by_slug(text)": "the door asks for a mall by the name in the address",
    "kernel.mall_ids()": "the scheduler walks the malls; ids and nothing else",
    "kernel.malls_with_due_events(timestamp with time zone)": "the relay; ids and nothing else",
    "kernel.due_recurring_runs(timestamp with time zone)": "the scheduler; ids and job names",
    "kernel.backlog()": "metrics; four counts",
}
"""The only functions that run with the owner's sight, and why they may."""

WITHOUT_MALL = {
    "kernel.mall_slug_uq": "a slug names a mall before the mall is known, so it is unique overall",
}
"""Keys that do not begin with mall_id, and why they may not."""

MERCHANT_FUNCTIONS = {
    "ledger.balances(uuid)",
    "ledger.balance_of(uuid,text,uuid)",
    "ledger.exposure(uuid,uuid[])",
    "ledger.checkpoint_of(uuid)",
}
"""Functions besides the scope functions that a shop's role may call: they run as the caller."""

SCOPE_FUNCTIONS = {
    "kernel.nil()",
    "kernel.mall()",
    "kernel.merchant()",
    "kernel.member()",
    "kernel.enter(uuid,uuid,uuid)",
    "kernel.enter_mall(uuid)",
}


async def violations(connection: asyncpg.Connection) -> list[str]:
    """Everything in the live catalogue that breaks a rule of isolation; empty is right."""
    return [
        line
        async for line in _chain(
            _schemas(connection),
            _relations(connection),
            _policies(connection),
            _grants(connection),
            _column_grants(connection),
            _schema_rights(connection),
            _keys(connection),
            _functions(connection),
            _roles(connection),
        )
    ]


async def _schemas(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """There are our schemas, PostgreSQL's own, and an empty `public`."""
    rows = await connection.fetch(
        """
        SELECT n.nspname AS name,
               EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)
               OR EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = n.oid) AS used
        FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        """
    )
    for row in rows:
        known = row["name"] in SCHEMAS or row["name"] in OWNER_ONLY_SCHEMAS
        if not known and (row["name"] != "public" or row["used"]):
            yield f"schema {row['name']}: nobody has judged it"


async def _chain(*parts: AsyncIterator[str]) -> AsyncIterator[str]:
    for part in parts:
        async for line in part:
            yield line


async def _relations(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """Every relation is a declared table with row-level security that binds its owner too."""
    rows = await connection.fetch(
        """
        SELECT n.nspname || '.' || c.relname AS name, c.relkind::text AS kind,
               c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
               pg_get_userbyid(c.relowner) AS owner, c.relispartition AS is_partition
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        -- Whatever kinds there are or will be, but indices, TOAST and types of rows.
        WHERE c.relkind NOT IN ('i', 'I', 't', 'c') AND n.nspname = ANY($1)
        ORDER BY 1
        """,
        SCHEMAS,
    )
    for row in rows:
        name = row["name"]
        if row["kind"] != "r" or row["is_partition"]:
            yield f"{name}: a relation of kind {row['kind']} that nobody has judged"
        elif name not in TABLES:
            yield f"{name}: a table that no model declares"
        if not row["enabled"]:
            yield f"{name}: row-level security is not enabled"
        if not row["forced"]:
            yield f"{name}: row-level security is not forced on the owner"
        if row["owner"] != Role.OWNER:
            yield f"{name}: owned by {row['owner']}"
    for missing in sorted(set(TABLES) - {row["name"] for row in rows}):
        yield f"{missing}: declared and not in the database"


async def _policies(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """The policies are those that the declarations come to: roles, rows read, rows written."""
    rows = await connection.fetch(
        """
        SELECT schemaname || '.' || tablename AS name, policyname, permissive,
               roles::text[] AS roles, cmd, qual, with_check
        FROM pg_policies WHERE schemaname = ANY($1)
        """,
        SCHEMAS,
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row["name"], {})[row["policyname"]] = row
    for name, table in TABLES.items():
        wanted = {policy.name: policy for policy in policies(table)}
        live = found.get(name, {})
        if not live:
            yield f"{name}: no policy"
        for unknown in sorted(set(live) - set(wanted)):
            yield f"{name}: policy {unknown} is not declared"
        for policy_name, policy in wanted.items():
            row = live.get(policy_name)
            if row is None:
                yield f"{name}: policy {policy_name} is missing"
            elif (row["permissive"], row["cmd"], row["roles"]) != (
                "PERMISSIVE",
                "ALL",
                [policy.role],
            ):
                yield f"{name}: policy {policy_name} is for {row['roles']} on {row['cmd']}"
            else:
                for part in ("qual", "with_check"):
                    if _plain(row[part]) != _plain(policy.condition):
                        yield f"{name}: policy {policy_name} has {part} {row[part]}"


def _plain(condition: str | None) -> str:
    """A condition without what PostgreSQL adds when it prints one."""
    return (condition or "").replace("(", "").replace(")", "").replace(" ", "").lower()


async def _grants(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """Each role may do with each table what is declared, and nobody else may do anything."""
    rows = await connection.fetch(
        """
        SELECT n.nspname || '.' || c.relname AS name,
               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END AS role,
               lower(a.privilege_type) AS verb, a.is_grantable
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = ANY($1)
          AND a.grantee <> c.relowner
        """,
        [*SCHEMAS, *OWNER_ONLY_SCHEMAS],
    )
    live: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        live.setdefault((row["name"], row["role"]), set()).add(row["verb"])
        if row["is_grantable"]:
            yield f"{row['name']}: {row['role']} may hand {row['verb']} on"
        if row["role"] not in KNOWN_ROLES:
            yield f"{row['name']}: granted to {row['role']}, a role that nobody has judged"
    wanted = {
        (name, role): {grant.verb for grant in may if not grant.columns}
        for name, table in TABLES.items()
        for role, may in grants(table).items()
    }
    for key in sorted(set(live) | set(wanted)):
        if live.get(key, set()) != wanted.get(key, set()) and key[1] in KNOWN_ROLES:
            yield f"{key[0]}: {key[1]} has {sorted(live.get(key, set()))}, not as declared"


async def _column_grants(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """Columns are granted as declared, and nothing else hides in one."""
    rows = await connection.fetch(
        """
        SELECT n.nspname || '.' || c.relname AS name, a.attname AS "column",
               CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee) END AS role,
               lower(x.privilege_type) AS verb, x.is_grantable
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN LATERAL aclexplode(a.attacl) x
        WHERE n.nspname = ANY($1)
        """,
        [*SCHEMAS, *OWNER_ONLY_SCHEMAS],
    )
    wanted = {
        (name, column, role, grant.verb, False)
        for name, table in TABLES.items()
        for role, may in grants(table).items()
        for grant in may
        for column in grant.columns
    }
    for name, column, role, verb, _ in sorted({tuple(row.values()) for row in rows} ^ wanted):
        yield f"{name}.{column}: whether {role} may {verb} it is not as declared"


async def _schema_rights(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """Our roles use our schemas and create nothing; nobody else gets in."""
    rows = await connection.fetch(
        """
        SELECT n.nspname AS name,
               CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END AS role,
               a.privilege_type AS verb
        FROM pg_namespace n
        CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
        WHERE n.nspname = ANY($1) AND a.grantee <> n.nspowner
        """,
        [*SCHEMAS, *OWNER_ONLY_SCHEMAS],
    )
    for row in rows:
        allowed = row["role"] in ROLES and row["verb"] == "USAGE"
        if not allowed or row["name"] in OWNER_ONLY_SCHEMAS:
            yield f"schema {row['name']}: {row['role']} has {row['verb']}"


async def _keys(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """Every table has mall_id and a primary key, and every key of it begins with mall_id."""
    rows = await connection.fetch(
        """
        SELECT n.nspname || '.' || c.relname AS name,
               EXISTS (SELECT 1 FROM pg_attribute a
                       WHERE a.attrelid = c.oid AND a.attname = 'mall_id' AND a.attnotnull
                         AND NOT a.attisdropped) AS has_mall,
               EXISTS (SELECT 1 FROM pg_index i
                       WHERE i.indrelid = c.oid AND i.indisprimary) AS has_pk
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY($1)
        """,
        SCHEMAS,
    )
    for row in rows:
        if not row["has_mall"]:
            yield f"{row['name']}: no mall_id, or one that may be null"
        if not row["has_pk"]:
            yield f"{row['name']}: no primary key"
    keys = await connection.fetch(
        """
        SELECT n.nspname || '.' || i.relname AS name, first.attname AS first
        FROM pg_index x
        JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute first ON first.attrelid = c.oid AND first.attnum = x.indkey[0]
        WHERE x.indisunique AND n.nspname = ANY($1)
        UNION ALL
        SELECT n.nspname || '.' || k.conname, CASE WHEN here.attname = there.attname
                                                   THEN here.attname END
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute here ON here.attrelid = k.conrelid AND here.attnum = k.conkey[1]
        LEFT JOIN pg_attribute there ON there.attrelid = k.confrelid AND there.attnum = k.confkey[1]
        WHERE k.contype = 'f' AND n.nspname = ANY($1)
        """,
        SCHEMAS,
    )
    for key in keys:
        if key["first"] != "mall_id" and key["name"] not in WITHOUT_MALL:
            yield f"{key['name']}: a key that does not begin with mall_id on both sides"


async def _functions(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """Functions that lend their owner's rights are bound themselves and state their mall first."""
    rows = await connection.fetch(
        """
        SELECT p.oid::regprocedure::text AS name, p.prosecdef AS definer, p.proconfig AS settings,
               o.rolname AS owner, o.rolbypassrls OR o.rolsuper AS sees_all,
               p.proargnames[1] AS first,
               ARRAY(SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END
                     FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                     WHERE a.grantee <> p.proowner ORDER BY 1)::text[] AS granted
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_roles o ON o.oid = p.proowner
        WHERE n.nspname = ANY($1)
        """,
        [*SCHEMAS, *OWNER_ONLY_SCHEMAS],
    )
    for row in rows:
        name = row["name"]
        if row["definer"]:
            if "search_path=pg_catalog, pg_temp" not in (row["settings"] or []):
                yield f"{name}: SECURITY DEFINER without a fixed search_path"
            if row["sees_all"] and name not in ACROSS_MALLS:
                yield f"{name}: SECURITY DEFINER owned by {row['owner']}, who bypasses policies"
            if name not in ACROSS_MALLS and row["first"] != "p_mall":
                yield f"{name}: SECURITY DEFINER whose first argument is not p_mall"
        for line in _executors(name, row["granted"], definer=row["definer"]):
            yield line


def _executors(name: str, granted: Iterable[str], *, definer: bool) -> Iterable[str]:
    for role in granted:
        if role == "PUBLIC" or role not in KNOWN_ROLES:
            yield f"{name}: {role} may execute it"
        elif role in (Role.MERCHANT, Role.MEMBER):
            allowed = SCOPE_FUNCTIONS | (MERCHANT_FUNCTIONS if role == Role.MERCHANT else set())
            if definer or name not in allowed:
                yield f"{name}: {role} may execute it"


async def _roles(connection: asyncpg.Connection) -> AsyncIterator[str]:
    """Nobody but the owner sees past policies, and nobody can become the owner or another role."""
    rows = await connection.fetch(
        """
        SELECT r.rolname AS name, r.rolsuper OR r.rolbypassrls AS sees_all,
               r.rolcanlogin AS logs_in,
               ARRAY(SELECT pg_get_userbyid(m.roleid) FROM pg_auth_members m
                     WHERE m.member = r.oid)::text[] AS member_of
        FROM pg_roles r WHERE r.rolname LIKE 'timcheh%'
        """
    )
    found = {row["name"]: row for row in rows}
    for unknown in sorted(set(found) ^ KNOWN_ROLES):
        yield f"role {unknown}: nobody has judged it, or it is missing"
    for name, row in found.items():
        if row["sees_all"] != (name == Role.OWNER):
            yield f"role {name}: sees past policies: {row['sees_all']}"
        if row["logs_in"] == (name == POSTING):
            yield f"role {name}: can log in: {row['logs_in']}"
        if set(row["member_of"]) - ({POSTING} if name == Role.OWNER else set()):
            yield f"role {name}: is a member of {row['member_of']}"
