"""Who is asked, and taking an answer: once a member, with its reward, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.dialects.postgresql import insert

from merchants.audience import audience_of
from merchants.gifting.granting import ends_after
from merchants.gifting.rewards import Reward, give_reward
from merchants.purchases.models import Purchase
from merchants.surveys.errors import SurveyAnswered, SurveyOver
from merchants.surveys.models import Survey, SurveyInvitation
from merchants.surveys.questions import Answer, read_answers
from merchants.surveys.service import condition_of, questions_of
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound
from timcheh.module import Event, EventHandler
from timcheh.outbox import emit

ANSWERED: Final = "merchants.survey_answered"
_INVITATION: Any = SurveyInvitation.__table__
_ASKING: Final = and_(Survey.state == "open", Survey.way == "purchase")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A survey that a member is asked to answer, until `expires_at`."""

    survey_id: UUID
    merchant_id: UUID
    title: str
    reward: Reward | None
    purchase_id: UUID | None
    expires_at: datetime


async def invite(uow: UnitOfWork, purchase_ids: Sequence[UUID]) -> None:
    """Asks the buyers of confirmed purchases what the shops' open surveys ask. In the mall's scope.

    The condition is asked of the customers as these purchases have left them.
    """
    rows = await uow.session.execute(
        select(Survey, Purchase.member_id, Purchase.id)
        .join(
            Purchase,
            (Purchase.mall_id == Survey.mall_id) & (Purchase.merchant_id == Survey.merchant_id),
        )
        .where(_ASKING, Survey.mall_id == uow.scope.mall_id, Purchase.id.in_(purchase_ids))
        .order_by(Purchase.id)
    )
    bought: dict[UUID, dict[UUID, UUID]] = {}
    surveys: dict[UUID, Survey] = {}
    for survey, member_id, purchase_id in rows:
        surveys[survey.id] = survey
        bought.setdefault(survey.id, {}).setdefault(member_id, purchase_id)
    for id, buyers in bought.items():
        meant = await _meant(uow, surveys[id], list(buyers))
        if meant:
            await _ask(uow, surveys[id], {member: buyers[member] for member in meant})


async def _invited(uow: UnitOfWork, events: Sequence[Event]) -> None:
    await invite(uow, [UUID(event.payload["purchase_id"]) for event in events])


async def _asks(uow: UnitOfWork) -> bool:
    asks = select(Survey.id).where(_ASKING, Survey.mall_id == uow.scope.mall_id).limit(1)
    return await uow.session.scalar(asks) is not None


HANDLERS: Final = {
    "merchants.purchase_confirmed": (
        EventHandler("merchants.survey_invitations", wanted=_asks, run_all=_invited),
    )
}


async def waiting_for(
    uow: UnitOfWork, member_id: UUID, purchase_id: UUID | None = None
) -> Sequence[Waiting]:
    """What a member may answer now, what ends first before; of one purchase, or all."""
    row = SurveyInvitation
    query = (
        select(Survey, row.purchase_id, row.expires_at)
        .join(row, (row.mall_id == Survey.mall_id) & (row.survey_id == Survey.id))
        .where(
            row.mall_id == uow.scope.mall_id,
            row.member_id == member_id,
            row.answered_at.is_(None),
            row.expires_at > uow.now,
            Survey.state == "open",
        )
        .order_by(row.expires_at, row.survey_id)
    )
    if purchase_id is not None:
        query = query.where(row.purchase_id == purchase_id)
    return [
        Waiting(survey.id, survey.merchant_id, survey.title, survey.reward, purchase, expires)
        for survey, purchase, expires in await uow.session.execute(query)
    ]


async def survey_for(uow: UnitOfWork, survey_id: UUID, member_id: UUID) -> Survey:
    """A survey that the member may answer now. In the mall's scope.

    Raises NotFound for one that isn't theirs, SurveyAnswered, SurveyOver.
    """
    survey = await uow.session.get(Survey, (uow.scope.mall_id, survey_id))
    if survey is None or survey.state == "draft":
        raise NotFound
    asked = await uow.session.get(
        SurveyInvitation, (uow.scope.mall_id, survey_id, member_id), with_for_update=True
    )
    if asked is None and not (survey.way == "link" and await _meant(uow, survey, [member_id])):
        raise NotFound
    if asked is not None and asked.answered_at is not None:
        raise SurveyAnswered
    if survey.state != "open" or (asked is not None and asked.expires_at <= uow.now):
        raise SurveyOver
    return survey


async def take_answer(
    uow: UnitOfWork, survey_id: UUID, member_id: UUID, fields: Mapping[str, str]
) -> Survey:
    """Keeps a member's answers and gives the reward. Raises as `survey_for`, and Invalid."""
    survey = await survey_for(uow, survey_id, member_id)
    answers = read_answers(questions_of(survey), fields)
    await _ask(uow, survey, {member_id: None})
    row = await uow.session.get_one(
        SurveyInvitation,
        (uow.scope.mall_id, survey_id, member_id),
        with_for_update=True,
        populate_existing=True,
    )
    if row.answered_at is not None:  # in another window, at the same moment
        raise SurveyAnswered
    await _keep(uow, survey, row, answers)
    return survey


async def _keep(
    uow: UnitOfWork, survey: Survey, row: SurveyInvitation, answers: dict[str, Answer]
) -> None:
    row.answered_at, row.answers = uow.now, dict(answers)
    if survey.reward is not None:
        row.lot_id = await give_reward(
            uow,
            survey.merchant_id,
            row.member_id,
            survey.reward,
            kind="survey",
            reference_id=survey.id,
            reason=survey.title,
        )
    await uow.session.flush()
    told = {"survey_id": survey.id, "merchant_id": survey.merchant_id}
    if not survey.anonymous:
        told["member_id"] = row.member_id
    await emit(uow, ANSWERED, {name: str(id) for name, id in told.items()})


async def _ask(uow: UnitOfWork, survey: Survey, members: Mapping[UUID, UUID | None]) -> None:
    """Asks members, each beside a purchase or none. Who was asked before is not asked again."""
    asked = {
        "mall_id": uow.scope.mall_id,
        "survey_id": survey.id,
        "merchant_id": survey.merchant_id,
        "invited_at": uow.now,
        "expires_at": ends_after(uow.now, survey.open_days),
    }
    rows = [
        {**asked, "member_id": member, "purchase_id": members[member]} for member in sorted(members)
    ]
    await uow.session.execute(insert(_INVITATION).values(rows).on_conflict_do_nothing())


async def _meant(uow: UnitOfWork, survey: Survey, among: Sequence[UUID]) -> Sequence[UUID]:
    """Those of some members who are the shop's customers and meet the survey's condition."""
    audience = await audience_of(uow, survey.merchant_id, condition_of(survey))
    return await audience.members(uow, among)
