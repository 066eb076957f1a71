"""What may be broken in the isolation of a table, one thing at a time: every policy, every switch
of row-level security, and every grant that nobody has made.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.isolation.catalogue import TABLES
from tests.isolation.matrix import VERBS
from timcheh.db.security import ROLES, Policy, grants, policies, verbs

READING = {"select", "update", "delete"}


@dataclass(frozen=True)
class Mutant:
    """A statement that breaks a table's isolation for one role, or for all (`role` None).

    `shows`: the matrix must see it in what roles do, not only the catalogue on paper.
    """

    name: str
    table: str
    statement: str
    role: str | None = None
    shows: bool = True


def mutants() -> Iterator[Mutant]:
    """All of them, table by table."""
    for name in TABLES:
        for policy in policies(TABLES[name]):
            yield from _of_policy(name, policy)
        yield from _of_switches(name)
        yield from _of_grants(name)


def _of_policy(table: str, policy: Policy) -> Iterator[Mutant]:
    may = verbs(TABLES[table])[policy.role]
    where = f"POLICY {policy.name} ON {table}"
    yield Mutant("dropped", table, f"DROP {where}", policy.role)
    yield Mutant(
        "USING (true)", table, f"ALTER {where} USING (true)", policy.role, bool(may & READING)
    )
    yield Mutant(
        "WITH CHECK (true)",
        table,
        f"ALTER {where} WITH CHECK (true)",
        policy.role,
        _may_give_away(table, policy.role),
    )


def _may_give_away(table: str, role: str) -> bool:
    """Whether a role writes whose a row is, so that only WITH CHECK stands in its way."""
    writes = [grant for grant in grants(TABLES[table])[role] if grant.verb in ("insert", "update")]
    # What is granted by column is never the mall, nor the shop or member that owns the row.
    return any(not grant.columns for grant in writes)


def _of_switches(table: str) -> Iterator[Mutant]:
    # The owner sees past policies anyway, so what FORCE adds can't show in what it does.
    force = f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"
    yield Mutant("NO FORCE", table, force, shows=False)
    yield Mutant("DISABLE", table, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def _of_grants(table: str) -> Iterator[Mutant]:
    for role in ROLES:
        made = grants(TABLES[table])[role]
        whole = {grant.verb for grant in made if not grant.columns}
        for verb in VERBS:
            if verb not in whole:
                yield Mutant("a grant", table, f"GRANT {verb} ON {table} TO {role}", role)
        for grant in (grant for grant in made if grant.columns):
            for column in sorted(set(TABLES[table].columns.keys()) - set(grant.columns)):
                statement = f'GRANT {grant.verb} ("{column}") ON {table} TO {role}'
                yield Mutant("a grant on a column", table, statement, role)
