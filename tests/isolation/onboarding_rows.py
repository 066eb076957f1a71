"""Rows of shops on their way on board, for the world of the isolation tests."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mall_portal.bulk.models import CHECKED, ShopSheet, ShopSheetRow
from mall_portal.days.models import DayMark, LotDay, MemberDays, ShopDay, ValueDay
from mall_portal.onboarding.models import ContractNotice, OnboardingDraft, ShopContract
from mall_portal.trials.models import Trial
from timcheh.ids import NIL, new_id


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
    yield Trial(
        mall_id=mall,
        merchant_id=shop,
        trial_mall_id=new_id(),
        trial_merchant_id=new_id(),
        trial_staff_id=new_id(),
        slug="x",
        made_at=now,
    )
    yield ShopContract(
        mall_id=mall, merchant_id=shop, number="x", starts_on=date(2025, 1, 1), changed_at=now
    )
    yield ContractNotice(mall_id=mall, merchant_id=shop, ends_on=date(2026, 1, 1), days=7)
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
    day = date(2025, 1, 1)
    if not ids.get("kept_days"):  # the mall's own, whichever of its shops
        ids["kept_days"] = str(mall)
        yield DayMark(mall_id=mall, upto=NIL, kept_at=now)
        moved = {"raised": 0, "lowered": 0, "expired": 0}
        yield ValueDay(mall_id=mall, day=day, account="fee", owner_id=mall, **moved)
        yield MemberDays(mall_id=mall, block=0, member_id=staff, days=1)
    sold = {"purchases": 0, "sales": 0, "spent": 0, "returns": 0, "returned": 0}
    yield ShopDay(mall_id=mall, day=day, merchant_id=shop, **sold)
    yield LotDay(
        mall_id=mall,
        expires_on=day,
        granted_on=day,
        issuer_id=shop,
        granted=0,
        expired=0,
        remaining=0,
    )
