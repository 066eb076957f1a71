"""Building a survey, opening and closing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from merchants.gifting.rewards import Reward
from merchants.surveys.errors import SurveyEmpty, SurveyMoved
from merchants.surveys.models import Survey, SurveyInvitation
from merchants.surveys.questions import MOST_QUESTIONS, Question, next_id
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.rules import Condition, Place, parse_condition, write_condition

LISTED: Final = 200
Asked = Sequence[Question]
REGRET: Final = timedelta(days=1)
"""For how long a survey that was closed can be opened again."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything of a survey but its questions."""

    title: str
    intro: str
    way: str
    condition: Condition | None
    open_days: int
    anonymous: bool
    reward: Reward | None


class Uptake(NamedTuple):
    """How many were asked, and how many answered."""

    asked: int = 0
    answered: int = 0


async def draft_survey(uow: UnitOfWork, merchant_id: UUID, terms: Terms, actor_id: UUID) -> Survey:
    """A survey without questions yet."""
    survey = Survey(
        mall_id=uow.scope.mall_id,
        id=new_id(),
        merchant_id=merchant_id,
        questions=[],
        state="draft",
        created_by=actor_id,
        created_at=uow.now,
    )
    _apply(survey, terms)
    uow.session.add(survey)
    await uow.session.flush()
    return survey


async def change_terms(uow: UnitOfWork, merchant_id: UUID, survey_id: UUID, terms: Terms) -> None:
    """Raises NotFound, and SurveyMoved for one that is open: people were promised its terms."""
    _apply(await _draft(uow, merchant_id, survey_id), terms)
    await uow.session.flush()


async def add_question(
    uow: UnitOfWork, merchant_id: UUID, survey_id: UUID, read: Callable[[str], Question]
) -> None:
    """Adds what `read` makes of the form for a new id. Raises as `change_terms`, and Invalid."""
    survey = await _draft(uow, merchant_id, survey_id)
    questions = questions_of(survey)
    question = read(next_id(questions))
    if len(questions) >= MOST_QUESTIONS:
        raise Invalid.field("/text", "too_many", maximum=MOST_QUESTIONS)
    await _keep(uow, survey, [*questions, question])


async def change_questions(
    uow: UnitOfWork, merchant_id: UUID, survey_id: UUID, change: Callable[[Asked], Asked]
) -> None:
    """What `change` makes of them. Raises as `change_terms`."""
    survey = await _draft(uow, merchant_id, survey_id)
    await _keep(uow, survey, change(questions_of(survey)))


async def open_survey(uow: UnitOfWork, merchant_id: UUID, survey_id: UUID) -> Survey:
    """From now on it is answered. Raises NotFound, SurveyMoved, SurveyEmpty."""
    survey = await _draft(uow, merchant_id, survey_id)
    if not survey.questions:
        raise SurveyEmpty
    survey.state, survey.opened_at = "open", uow.now
    await uow.session.flush()
    return survey


async def close_survey(uow: UnitOfWork, merchant_id: UUID, survey_id: UUID) -> Survey:
    """Nobody answers it any more; what was answered stays. Raises NotFound, SurveyMoved."""
    survey = await find_survey(uow, merchant_id, survey_id, lock=True)
    if survey.state != "open":
        raise SurveyMoved
    survey.state, survey.closed_at = "closed", uow.now
    await uow.session.flush()
    return survey


async def reopen_survey(uow: UnitOfWork, merchant_id: UUID, survey_id: UUID) -> Survey:
    """Whoever closed it has changed their mind, within a day. Raises NotFound, SurveyMoved."""
    survey = await find_survey(uow, merchant_id, survey_id, lock=True)
    if survey.state != "closed" or survey.closed_at is None:
        raise SurveyMoved
    if survey.closed_at < uow.now - REGRET:
        raise SurveyMoved
    survey.state, survey.closed_at = "open", None
    await uow.session.flush()
    return survey


async def find_survey(
    uow: UnitOfWork, merchant_id: UUID, survey_id: UUID, *, lock: bool = False
) -> Survey:
    """A shop's own. Raises NotFound."""
    survey = await uow.session.get(Survey, (uow.scope.mall_id, survey_id), with_for_update=lock)
    if survey is None or survey.merchant_id != merchant_id:
        raise NotFound
    return survey


async def list_surveys(uow: UnitOfWork, merchant_id: UUID) -> Sequence[Survey]:
    """The shop's surveys, the newest first."""
    rows = await uow.session.scalars(
        select(Survey)
        .where(Survey.mall_id == uow.scope.mall_id, Survey.merchant_id == merchant_id)
        .order_by(Survey.id.desc())
        .limit(LISTED)
    )
    return rows.all()


async def uptake_of(uow: UnitOfWork, survey_ids: Sequence[UUID]) -> dict[UUID, Uptake]:
    """How the asked have answered; a survey without an entry has asked nobody yet."""
    row = SurveyInvitation
    found = await uow.session.execute(
        select(row.survey_id, func.count(), func.count(row.answered_at))
        .where(row.mall_id == uow.scope.mall_id, row.survey_id.in_(survey_ids))
        .group_by(row.survey_id)
    )
    return {survey: Uptake(asked, answered) for survey, asked, answered in found}


def questions_of(survey: Survey) -> tuple[Question, ...]:
    """In the order in which they are asked."""
    return tuple(map(Question.from_json, survey.questions))


def condition_of(survey: Survey) -> Condition | None:
    """Which customers it is for; none: all of them."""
    written = survey.condition
    return None if written is None else parse_condition(written, "/when", Place.CUSTOMER)


def moved(questions: Asked, id: str, by: int) -> Asked:
    """With one of them so many places further; at the ends it stays."""
    at = _place(questions, id)
    to = min(max(at + by, 0), len(questions) - 1)
    rest = [question for question in questions if question.id != id]
    return [*rest[:to], questions[at], *rest[to:]]


def without(questions: Asked, id: str) -> Asked:
    """Without one of them."""
    _place(questions, id)
    return [question for question in questions if question.id != id]


def replaced(questions: Asked, new: Question) -> Asked:
    """With another one in its place."""
    at = _place(questions, new.id)
    return [*questions[:at], new, *questions[at + 1 :]]


def _place(questions: Asked, id: str) -> int:
    for at, question in enumerate(questions):
        if question.id == id:
            return at
    raise NotFound


async def _draft(uow: UnitOfWork, merchant_id: UUID, survey_id: UUID) -> Survey:
    survey = await find_survey(uow, merchant_id, survey_id, lock=True)
    if survey.state != "draft":
        raise SurveyMoved
    return survey


async def _keep(uow: UnitOfWork, survey: Survey, questions: Asked) -> None:
    survey.questions = [question.to_json() for question in questions]
    await uow.session.flush()


def _apply(survey: Survey, terms: Terms) -> None:
    survey.title, survey.intro, survey.way = terms.title, terms.intro, terms.way
    survey.condition = None if terms.condition is None else write_condition(terms.condition)
    survey.open_days, survey.anonymous = terms.open_days, terms.anonymous
    survey.reward = terms.reward
