"""The mistakes that are made in SQL are those that are meant, and each is one place only."""

from pathlib import Path

import pytest

from infra.mutants import sql_operators as operators
from infra.mutants.sql_operators import OPERATORS, Operator
from infra.mutants.sql_text import functions

ROOT = Path(__file__).parents[3]

FUNCTION = """
CREATE OR REPLACE FUNCTION ledger.example(p_mall uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    {body}
END $$;
"""


def mutants(operator: Operator, body: str, tmp_path: Path) -> set[str]:
    """The bodies that the operator makes of one."""
    file = tmp_path / "10_example.sql"
    file.write_text(FUNCTION.replace("{body}", body))
    (function,) = functions(file)
    assert function.name == "ledger.example"
    made = {
        function.statement[:start] + text + function.statement[end:]
        for start, end, text in operator(function.tokens)
    }
    return {each.partition("BEGIN\n    ")[2].rpartition("\nEND")[0] for each in made}


@pytest.mark.parametrize(
    ("operator", "body", "expected"),
    [
        (operators.swap, "IF a <= b THEN", {"IF a < b THEN"}),
        (operators.swap, "SET a = b + 1;", {"SET a = b - 1;", "SET a = b + 0;"}),
        (operators.swap, "SELECT * FROM t -- a = b", set()),
        (operators.swap, "SELECT 'a = 1' FROM t GROUP BY 1", set()),
        (operators.flip_sign, "ROW(-a, b - c)", {"ROW(a, b - c)", "ROW(-a, b + c)"}),
        (
            operators.drop_condition,
            "SELECT 1 FROM t WHERE t.mall_id = m AND a = (b AND c) AND d ORDER BY e;",
            {
                "SELECT 1 FROM t WHERE t.mall_id = m AND true AND d ORDER BY e;",
                "SELECT 1 FROM t WHERE t.mall_id = m AND a = (b AND c) AND true ORDER BY e;",
            },
        ),
        (
            operators.drop_lock,
            "SELECT 1 FROM t FOR UPDATE SKIP LOCKED;",
            {"SELECT 1 FROM t  SKIP LOCKED;", "SELECT 1 FROM t FOR UPDATE ;"},
        ),
        (operators.drop_statement, "PERFORM f(a, (SELECT 1));", {"NULL;"}),
        (
            operators.drop_conflict,
            "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 2;",
            {
                "INSERT INTO t VALUES (1)  ;",
                "INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING;",
            },
        ),
        (
            operators.force_case,
            "SELECT CASE WHEN a THEN 1 END, CASE b WHEN 2 THEN 3 END;",
            {
                "SELECT CASE WHEN true THEN 1 END, CASE b WHEN 2 THEN 3 END;",
                "SELECT CASE WHEN false THEN 1 END, CASE b WHEN 2 THEN 3 END;",
            },
        ),
        (operators.drop_default, "SELECT coalesce(sum(a, b), 0);", {"SELECT coalesce(sum(a, b));"}),
        (operators.drop_default, "IF a IS DISTINCT FROM b THEN", set()),
        (
            operators.drop_order,
            "SELECT a FROM t ORDER BY b, c LIMIT 1;",
            {"SELECT a FROM t LIMIT 1;", "SELECT a FROM t ORDER BY b, c ;"},
        ),
    ],
)
def test_a_mistake_is_the_one_that_is_meant(
    operator: Operator, body: str, expected: set[str], tmp_path: Path
) -> None:
    assert mutants(operator, body, tmp_path) == expected


def test_every_function_of_the_ledger_can_go_wrong() -> None:
    found = [
        function
        for folder in ("platform/timcheh/ledger/sql", "merchants/purchases/sql")
        for file in (ROOT / folder).glob("*.sql")
        for function in functions(file)
    ]
    declared = sum(
        file.read_text().count("CREATE OR REPLACE FUNCTION")
        for folder in ("platform/timcheh/ledger/sql", "merchants/purchases/sql")
        for file in (ROOT / folder).glob("*.sql")
    )
    assert len(found) == declared
    unhurt = {
        function.name
        for function in found
        if not any(True for operator in OPERATORS for _ in operator(function.tokens))
    }
    # These only pass on what they are given.
    assert unhurt <= {
        "ledger.write_transfers", "ledger.open_party", "ledger.open_scope", "ledger.headroom_slot",
        "merchants.write_events", "merchants.tell_confirmed", "merchants.note_exposures",
        "merchants.mall_day", "merchants.day_of",
    }  # fmt: skip
