"""Rows of what shops ask and promise: surveys, gifts to groups, gifts that doors promise,
places of branches."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from merchants.doors.models import DoorGift, DoorGiftTaken
from merchants.groupgifts.models import GroupGift, GroupGiftPerson
from merchants.places.models import BranchPlace, Nearness
from merchants.surveys.models import Survey, SurveyInvitation
from timcheh.db import UnitOfWork
from timcheh.ids import new_id


def asking_rows(uow: UnitOfWork, shop: UUID, member: UUID, ids: dict[str, str]) -> Iterator[Any]:
    """One row of each such table for a shop; `ids` learns those that pages ask for."""
    own: dict[str, Any] = {"mall_id": uow.scope.mall_id, "merchant_id": shop}
    now, survey, gift = uow.now, new_id(), new_id()
    ids.setdefault("survey_id", str(survey))
    ids.setdefault("group_gift_id", str(gift))
    yield Survey(
        **own,
        id=survey,
        title="خریدتان چطور بود؟",
        way="purchase",
        open_days=7,
        anonymous=False,
        questions=[],
        state="open",
        created_by=new_id(),
        created_at=now,
    )
    yield SurveyInvitation(
        **own, survey_id=survey, member_id=member, invited_at=now, expires_at=now
    )
    yield GroupGift(
        **own,
        id=gift,
        group_id=new_id(),
        group="همکاران",
        reason="عیدی",
        amount=1,
        scope="own",
        starts_at=now,
        ends_at=now.replace(year=now.year + 1),
        actor_id=new_id(),
        created_at=now,
    )
    yield GroupGiftPerson(**own, gift_id=gift, member_id=member)
    yield BranchPlace(**own, branch_id=new_id(), latitude=1, longitude=1, radius=1, updated_at=now)
    yield Nearness(**own, member_id=member, branch_id=new_id(), metres=100, seen_at=now)
    door = new_id()
    yield DoorGift(
        **own,
        door_id=door,
        words="هدیه",
        coupon="SALAM",
        most=1,
        created_by=new_id(),
        created_at=now,
    )
    yield DoorGiftTaken(**own, member_id=member, door_id=door, coupon="SALAM", taken_at=now)
