"""Grants and row-level security, from the tables' own declarations (`timcheh.db.base.access`).

Applied after every migration, idempotently: what a declaration no longer says is dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, text

from timcheh.db.base import Base, TableAccess

POSTING = "timcheh_posting"
ROLES = ("timcheh_app", "timcheh_merchant", "timcheh_member", POSTING)
_VERB = re.compile(r"(\w+)(?:\(([^)]*)\))?")
_MALL = "mall_id = kernel.mall()"
# Who owns the SQL functions of a schema. The kernel's two look-ups across malls need the owner's
# sight; all other functions run as a role that row-level security binds like any other.
_OWNER_SCHEMAS = ("kernel",)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role may do `verb`, in lower case: with whole rows, or with these columns of them only."""

    verb: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One permissive policy: `role` may reach the rows for which `condition` holds."""

    name: str
    role: str
    condition: str


def declared(table: Table) -> TableAccess:
    """The declaration of a table. Raises LookupError where there is none: nothing is public."""
    try:
        found = table.info["access"]
    except KeyError:
        raise LookupError(f"table {table.fullname} declares no access(...)") from None
    assert isinstance(found, TableAccess)
    return found


def grants(table: Table) -> dict[str, list[Grant]]:
    """What each role may do with the table. Raises LookupError for a column that it hasn't."""
    access = declared(table)
    by_role = (access.app, access.merchant, access.member, access.posting)
    found = {
        role: [
            Grant(verb, tuple(columns.replace(" ", "").split(",")) if columns else ())
            for verb, columns in _VERB.findall(words)
        ]
        for role, words in zip(ROLES, by_role, strict=True)
    }
    named = {column for each in found.values() for grant in each for column in grant.columns}
    if unknown := named - set(table.columns.keys()):
        raise LookupError(f"table {table.fullname} has no column {', '.join(sorted(unknown))}")
    return found


def verbs(table: Table) -> dict[str, frozenset[str]]:
    """What each role may do with the table, be it with some columns only; verbs in lower case."""
    return {role: frozenset(grant.verb for grant in each) for role, each in grants(table).items()}


def policies(table: Table) -> Iterator[Policy]:
    """The policies that a table must have, no more and no fewer."""
    access, may = declared(table), verbs(table)
    columns = {
        "timcheh_app": (),
        POSTING: (),
        "timcheh_merchant": access.merchant_rows,
        "timcheh_member": access.member_rows,
    }
    setting = {"timcheh_merchant": "kernel.merchant()", "timcheh_member": "kernel.member()"}
    for role in ROLES:
        if not may[role]:
            continue
        short = role.removeprefix("timcheh_")
        if not columns[role]:
            yield Policy(short, role, _MALL)
        for column in columns[role]:
            yield Policy(f"{short}_{column}", role, f"{_MALL} AND {column} = {setting[role]}")


def apply(connection: Connection) -> None:
    """Brings the live database's grants, policies and function owners to what is declared."""
    for schema in sorted({t.schema for t in Base.metadata.tables.values() if t.schema}):
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {', '.join(ROLES)}"))
        if schema not in _OWNER_SCHEMAS:
            _give_functions_to_posting(connection, schema)
    for table in Base.metadata.sorted_tables:
        for statement in _statements(table):
            connection.execute(text(statement))
        _drop_unknown_policies(connection, table)


def _statements(table: Table) -> Iterator[str]:
    name = table.fullname
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    for role, may in grants(table).items():
        yield f"REVOKE ALL ON {name} FROM {role}"  # also what was granted on columns
        for grant in may:
            quoted = ", ".join(f'"{column}"' for column in grant.columns)
            yield f"GRANT {grant.verb}{f' ({quoted})' if quoted else ''} ON {name} TO {role}"
    for policy in policies(table):
        yield f"DROP POLICY IF EXISTS {policy.name} ON {name}"
        yield (
            f"CREATE POLICY {policy.name} ON {name} FOR ALL TO {policy.role} "
            f"USING ({policy.condition}) WITH CHECK ({policy.condition})"
        )


def _drop_unknown_policies(connection: Connection, table: Table) -> None:
    wanted = {policy.name for policy in policies(table)}
    found = connection.execute(
        text("SELECT policyname FROM pg_policies WHERE schemaname = :s AND tablename = :t"),
        {"s": table.schema, "t": table.name},
    ).scalars()
    for name in set(found) - wanted:
        connection.execute(text(f"DROP POLICY {name} ON {table.fullname}"))


def _give_functions_to_posting(connection: Connection, schema: str) -> None:
    connection.execute(text(f"GRANT CREATE ON SCHEMA {schema} TO {POSTING}"))
    signatures = connection.execute(
        text(
            "SELECT p.oid::regprocedure::text FROM pg_proc p "
            "JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = :schema AND p.proowner <> CAST(:owner AS regrole)"
        ),
        {"schema": schema, "owner": POSTING},
    ).scalars()
    for signature in list(signatures):
        connection.execute(text(f"ALTER FUNCTION {signature} OWNER TO {POSTING}"))
    connection.execute(text(f"REVOKE CREATE ON SCHEMA {schema} FROM {POSTING}"))
