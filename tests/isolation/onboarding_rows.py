"""Rows of shops on their way on board, for the world of the isolation tests."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mall_portal.bulk.models import CHECKED, ShopSheet, ShopSheetRow
from mall_portal.onboarding.models import OnboardingDraft, ShopContract
from timcheh.ids import new_id


def onboarding_rows(
    ids: dict[str, str], mall: UUID, shop: UUID, staff: UUID, now: datetime
) -> Iterator[Any]:
    """One of each table, noted for whoever asks for one that exists."""
    draft, sheet = new_id(), new_id()
    ids.setdefault("sheet_id", str(sheet))
    ids.setdefault("opening_id", str(draft))
    ids.setdefault("staff_id", str(staff))
    yield OnboardingDraft(
        mall_id=mall, id=draft, fields={}, created_by=staff, created_at=now, updated_at=now
    )
    yield ShopContract(
        mall_id=mall, merchant_id=shop, number="x", starts_on=date(2025, 1, 1), changed_at=now
    )
    yield ShopSheet(
        mall_id=mall,
        id=sheet,
        state=CHECKED,
        file_name="x",
        headers=["x"],
        columns=["name"],
        total=1,
        locale="fa",
        created_by=staff,
        created_at=now,
        changed_at=now,
    )
    yield ShopSheetRow(mall_id=mall, sheet_id=sheet, row=2, cells=["x"], faults=[])
