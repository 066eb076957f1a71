"""What came of a survey: its figures, the latest words, and every answer as rows of a sheet."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, select

from merchants.customers.models import Customer
from merchants.surveys.figures import Tally
from merchants.surveys.models import Survey, SurveyInvitation
from merchants.surveys.questions import words_of
from merchants.surveys.service import questions_of
from timcheh.db import UnitOfWork
from timcheh.sheets import Cell

WORDS_SHOWN: Final = 50
_CHUNK: Final = 2_000


class Words(NamedTuple):
    """An open answer. Without a name where the survey is anonymous or the person unnamed."""

    question_id: str
    text: str
    at: datetime
    member_id: UUID | None
    name: str


async def tally(uow: UnitOfWork, survey: Survey) -> Sequence[Tally]:
    """The figures of each question, in their order."""
    found = [Tally(question) for question in questions_of(survey)]
    async for rows in _answered(uow, survey):
        for row in rows:
            for each in found:
                each.add(row.answers)
    return found


async def latest_words(uow: UnitOfWork, survey: Survey) -> Sequence[Words]:
    """Open answers, the newest first."""
    asked = [question.id for question in questions_of(survey) if question.kind == "text"]
    if not asked:
        return ()
    query = _rows(survey).order_by(SurveyInvitation.answered_at.desc()).limit(WORDS_SHOWN)
    found = []
    for row in await uow.session.execute(query):
        who = (None, "") if survey.anonymous else (row.member_id, row.name or row.mobile or "")
        found += [
            Words(id, str(row.answers[id]), row.answered_at, *who)
            for id in asked
            if id in row.answers
        ]
    return found[:WORDS_SHOWN]


def heading(survey: Survey, when: str, who: Sequence[str]) -> list[str]:
    """A sheet's first row: when, who (left out where it is anonymous), and the questions."""
    asked = [question.text for question in questions_of(survey)]
    return [when, *([] if survey.anonymous else who), *asked]


async def answer_rows(uow: UnitOfWork, survey: Survey) -> AsyncIterator[Sequence[Sequence[Cell]]]:
    """Every answer, some thousands at a time. An anonymous survey's tell the day alone."""
    questions = questions_of(survey)
    async for rows in _answered(uow, survey):
        yield [
            [
                row.answered_at.date() if survey.anonymous else row.answered_at,
                *([] if survey.anonymous else (row.name, row.mobile)),
                *(words_of(question, row.answers.get(question.id)) for question in questions),
            ]
            for row in rows
        ]


async def _answered(uow: UnitOfWork, survey: Survey) -> AsyncIterator[Sequence[Any]]:
    last: UUID | None = None
    while True:
        query = _rows(survey).order_by(SurveyInvitation.member_id).limit(_CHUNK)
        if last is not None:
            query = query.where(SurveyInvitation.member_id > last)
        rows = (await uow.session.execute(query)).all()
        if rows:
            yield rows
        if len(rows) < _CHUNK:
            return
        last = rows[-1].member_id


def _rows(survey: Survey) -> Select[Any]:
    asked = SurveyInvitation
    return (
        select(asked.member_id, asked.answered_at, asked.answers, Customer.name, Customer.mobile)
        .outerjoin(
            Customer,
            and_(
                Customer.mall_id == asked.mall_id,
                Customer.merchant_id == asked.merchant_id,
                Customer.member_id == asked.member_id,
            ),
        )
        .where(
            asked.mall_id == survey.mall_id,
            asked.survey_id == survey.id,
            asked.merchant_id == survey.merchant_id,
            asked.answered_at.is_not(None),
        )
    )
