"""Surveys on the member's phone: what they are asked, answering it, and what they got for it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.purchases.showing import value_text
from merchants.shops.service import shop_name, shop_names
from merchants.surveys.answering import Waiting, survey_for, take_answer, waiting_for
from merchants.surveys.models import Survey
from merchants.surveys.questions import LONGEST_ANSWER
from merchants.surveys.service import questions_of
from timcheh.db import Scope
from timcheh.errors import Invalid
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext


@get("/{mall_slug:str}/club/surveys", include_in_schema=False)
async def listed(club_page: NamedDependency[PageContext]) -> Html:
    """What the member is asked now."""
    context = {"surveys": await surveys_waiting(club_page)}
    return club_page.render("merchants/surveys/club.html", context)


@get("/{mall_slug:str}/club/surveys/{survey_id:uuid}", include_in_schema=False)
async def one(club_page: NamedDependency[PageContext], survey_id: FromPath[UUID]) -> Html:
    """The questions."""
    return await _ask(club_page, survey_id, Form())


@post("/{mall_slug:str}/club/surveys/{survey_id:uuid}", include_in_schema=False)
async def answered(
    club_page: NamedDependency[PageContext], survey_id: FromPath[UUID], data: Fields
) -> Html:
    """Keeps the answers and gives the reward; half-filled ones come back as they were."""
    caller = club_page.caller
    try:
        async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            survey = await take_answer(uow, survey_id, caller.id, data)
            shop = await shop_name(uow, survey.merchant_id)
    except Invalid as error:
        refused = Form.refused(data, error, club_page.locale)
        return await _ask(club_page, survey_id, refused, error.status)
    reward = survey.reward
    toast = club_page.text("survey-thanks", shop=shop)
    if reward is not None:
        got = value_text(club_page, reward.unit, reward.amount)
        toast = club_page.text("survey-thanks-reward", shop=shop, reward=got)
    return club_page.go(club_page.url("surveys"), toast)


ROUTES: Final = (listed, one, answered)


async def surveys_waiting(
    page: PageContext, purchase_id: UUID | None = None
) -> list[dict[str, Any]]:
    """What the member may answer now, of one purchase or all: for `surveys/_waiting.html`."""
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        waiting = await waiting_for(uow, caller.id, purchase_id)
        names = await shop_names(uow) if waiting else {}
    return [shown_waiting(page, each, names) for each in waiting]


def shown_waiting(page: PageContext, waiting: Waiting, names: Mapping[UUID, str]) -> dict[str, Any]:
    """A survey that waits, as `surveys/_waiting.html` lists it."""
    reward = waiting.reward
    return {
        "id": waiting.survey_id,
        "title": waiting.title,
        "shop": names.get(waiting.merchant_id, ""),
        "reward": value_text(page, reward.unit, reward.amount) if reward else "",
        "until": waiting.expires_at,
    }


async def _ask(page: PageContext, survey_id: UUID, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        survey = await survey_for(uow, survey_id, caller.id)
        shop = await shop_name(uow, survey.merchant_id)
    context = {"survey": _shown(page, survey, shop), "form": form, "longest": LONGEST_ANSWER}
    return page.render("merchants/surveys/answer.html", context, status=status)


def _shown(page: PageContext, survey: Survey, shop: str) -> dict[str, Any]:
    reward = survey.reward
    return {
        "id": survey.id,
        "title": survey.title,
        "intro": survey.intro,
        "shop": shop,
        "anonymous": survey.anonymous,
        "reward": value_text(page, reward.unit, reward.amount) if reward else "",
        "questions": [
            {
                "name": f"q-{question.id}",
                "kind": question.kind,
                "text": question.text,
                "required": question.required,
                "options": [(str(n), label) for n, label in enumerate(question.choices)]
                or [(str(n), page.text("survey-grade", grade=n)) for n in question.grades],
            }
            for question in questions_of(survey)
        ],
    }
