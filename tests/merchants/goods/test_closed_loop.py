"""Credit is never paid out in cash: there is no way for it in the ledger."""

import re

import pytest

from timcheh.db import Database, Scope
from timcheh.ids import new_id

VALUE = ("'credit'", "'wallet'", "'outstanding'", "'points'")


@pytest.mark.feature("sale.closed_loop", "sale.spend_credit")
async def test_no_posting_joins_what_a_member_holds_with_the_bank(database: Database) -> None:
    """Every function that writes entries, by the accounts that its text names: those that name the
    bank's name no account that a member's credit passes through, and no other may write."""
    async with database.unit_of_work(Scope.mall(new_id())) as uow:
        driver = await uow.driver()
        rows = await driver.fetch(
            "SELECT p.proname AS name, p.prosrc AS source FROM pg_proc p"
            " JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname IN ('ledger', 'merchants')"
        )
        writers = await driver.fetch(
            "SELECT r.rolname FROM pg_roles r WHERE r.rolname IN"
            " ('timcheh_app', 'timcheh_merchant', 'timcheh_member')"
            " AND has_table_privilege(r.rolname, 'ledger.entry', 'INSERT')"
        )
    assert not writers
    sources = {row["name"]: re.sub(r"--[^\n]*", "", row["source"]) for row in rows}
    banking = {
        name
        for name, source in sources.items()
        if re.search(r"'cash'", source)
        and re.search(r"ledger\.move\(|INSERT INTO ledger\.entry", source)
    }
    assert banking == {"deposit", "settle", "settle_gateway"}
    for name in banking:
        assert not [account for account in VALUE if account in sources[name]], name
