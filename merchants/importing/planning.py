"""The plan of a batch as it is kept: which column is what, and how rows are taken."""

from datetime import date
from typing import Any

from merchants.importing.columns import custom_code
from merchants.importing.merging import ON_KNOWN
from merchants.importing.models import ImportBatch
from merchants.importing.rows import Plan
from merchants.importing.taking import Terms
from merchants.profiles.fields import list_fields
from timcheh.db import UnitOfWork


def kept(
    columns: list[str],
    *,
    on_known: str,
    money_in_toman: bool,
    all_consent: bool,
    until: date | None,
    reason: str,
) -> dict[str, Any]:
    """The plan as JSON."""
    return {
        "columns": columns,
        "on_known": on_known,
        "money_in_toman": money_in_toman,
        "all_consent": all_consent,
        "until": until.isoformat() if until else None,
        "reason": reason,
    }


async def plan_of(uow: UnitOfWork, batch: ImportBatch) -> Plan:
    """How the rows are read."""
    fields = await list_fields(uow, batch.merchant_id)
    return Plan(
        batch.plan["columns"],
        {custom_code(field.id): field for field in fields},
        batch.plan["money_in_toman"],
    )


def terms_of(batch: ImportBatch) -> Terms:
    """How the rows are taken."""
    plan = batch.plan
    on_known = plan["on_known"]
    assert on_known in ON_KNOWN
    return Terms(
        on_known,
        plan["all_consent"],
        date.fromisoformat(plan["until"]) if plan["until"] else None,
        plan["reason"],
    )
