"""The proof over every mall of a database: the ledger's own checks, then the modules'."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from timcheh.db import Database, Role, Scope
from timcheh.ledger import queries
from timcheh.ledger.contracts import Check
from timcheh_app.modules import modules


async def run(database: Database) -> dict[str, Any]:
    """`{"ok", "checks": [{"name", "ok", "detail"}]}`; a check holds if it holds in every mall."""
    checks: dict[str, list[str]] = {}
    for mall_id in await database.mall_ids():
        async with database.unit_of_work(Scope.mall(mall_id)) as uow:
            found = await queries.proof(uow)
        found += await _module_checks(database, mall_id)
        for check in found:
            faults = checks.setdefault(check.name, [])
            if not check.ok:
                faults.append(f"mall {mall_id}: {check.detail}")
    return {
        "ok": not any(checks.values()),
        "checks": [
            {"name": name, "ok": not faults, "detail": "; ".join(faults) or "holds"}
            for name, faults in checks.items()
        ],
    }


async def _module_checks(database: Database, mall_id: UUID) -> list[Check]:
    """Each module's queries, as the owner: one row a violation."""
    found = []
    async with database.engine(Role.OWNER).begin() as connection:
        for module in modules():
            for proof in module.proofs:
                rows = await connection.execute(text(proof.violations), {"mall": mall_id})
                count = len(rows.all())
                found.append(Check(f"{module.name}.{proof.name}", count == 0, f"{count} rows"))
    return found
