"""Shops on their way on board: what was typed is kept until the shop is open or given up."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select

from mall_portal.onboarding.intake import STEPS
from mall_portal.onboarding.models import OnboardingDraft
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.ids import new_id

LONGEST: Final = 4_000
"""Characters of one field that are kept; the step's reader refuses what is too long for it."""
MOST_FIELDS: Final = 120
MOST_OPEN: Final = 50


async def list_drafts(uow: UnitOfWork) -> list[OnboardingDraft]:
    """Those that wait to be finished, the one touched last first."""
    rows = await uow.session.scalars(
        select(OnboardingDraft)
        .where(OnboardingDraft.mall_id == uow.scope.mall_id, OnboardingDraft.merchant_id.is_(None))
        .order_by(OnboardingDraft.updated_at.desc(), OnboardingDraft.id)
        .limit(MOST_OPEN)
    )
    return list(rows)


async def find_draft(uow: UnitOfWork, draft_id: UUID, *, lock: bool = False) -> OnboardingDraft:
    """Raises NotFound."""
    query = select(OnboardingDraft).where(
        OnboardingDraft.mall_id == uow.scope.mall_id, OnboardingDraft.id == draft_id
    )
    draft = await uow.session.scalar(query.with_for_update() if lock else query)
    if draft is None:
        raise NotFound
    return draft


async def begin_draft(uow: UnitOfWork, actor_id: UUID) -> OnboardingDraft:
    """A blank one."""
    draft = OnboardingDraft(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        fields={},
        merchant_id=None,
        created_by=actor_id,
        created_at=uow.now,
        updated_at=uow.now,
    )
    uow.session.add(draft)
    await uow.session.flush()
    return draft


async def keep(
    uow: UnitOfWork, draft_id: UUID, step: str, typed: Mapping[str, str]
) -> OnboardingDraft:
    """Keeps a step as typed, right or not; NotFound. An open shop's draft stays as it is."""
    draft = await find_draft(uow, draft_id, lock=True)
    if step not in STEPS:
        raise NotFound
    if draft.merchant_id is None:
        kept = {
            name: value[:LONGEST]
            for name, value in list(typed.items())[:MOST_FIELDS]
            if not name.startswith("_") and "\0" not in value
        }
        draft.fields = {**draft.fields, step: kept}
        draft.updated_at = uow.now
    return draft


async def drop_draft(uow: UnitOfWork, draft_id: UUID) -> None:
    """Gives one up. Raises NotFound, also for one whose shop is open."""
    draft = await find_draft(uow, draft_id, lock=True)
    if draft.merchant_id is not None:
        raise NotFound
    await uow.session.execute(
        delete(OnboardingDraft).where(
            OnboardingDraft.mall_id == uow.scope.mall_id, OnboardingDraft.id == draft_id
        )
    )
