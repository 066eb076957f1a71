"""Surveys in the shop's portal: building one, opening it, reading what came of it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.conditions import Builder, read_builder, show_builder
from merchants.conditions.showing import sentence_of
from merchants.exporting.pages import send_sheet
from merchants.exporting.sheets import Rows
from merchants.exporting.sheets import Terms as SheetTerms
from merchants.gifting.rewards import read_reward, reward_values
from merchants.permissions import GIFTS, branches_of
from merchants.purchases.showing import value_text
from merchants.surveys.figures import Tally
from merchants.surveys.models import WAYS, Survey
from merchants.surveys.questions import KINDS, Question, read_question
from merchants.surveys.results import Words, answer_rows, heading, latest_words, tally
from merchants.surveys.service import (
    Asked,
    Terms,
    Uptake,
    add_question,
    change_questions,
    change_terms,
    close_survey,
    condition_of,
    draft_survey,
    find_survey,
    list_surveys,
    moved,
    open_survey,
    questions_of,
    reopen_survey,
    replaced,
    uptake_of,
    without,
)
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import NotFound, TimchehError
from timcheh.rules import Condition, Place, parse_condition, write_condition
from timcheh.web.errors import BothWrote
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader

_HERE: Final = "/{mall_slug:str}/shop/surveys"
_ONE: Final = _HERE + "/{survey_id:uuid}"
_MOST_DAYS: Final = 90
_USUAL_DAYS: Final = "14"
_LONGEST_INTRO: Final = 500


@get(_HERE, include_in_schema=False)
async def listed(shop_page: NamedDependency[PageContext]) -> Html:
    """The shop's surveys and how many answered."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        surveys = await list_surveys(uow, caller.shop)
        uptake = await uptake_of(uow, [survey.id for survey in surveys])
    rows = [_shown(shop_page, survey, uptake.get(survey.id, Uptake())) for survey in surveys]
    return shop_page.render("merchants/surveys/list.html", {"surveys": rows})


@get(_HERE + "/new", include_in_schema=False)
async def new(shop_page: NamedDependency[PageContext]) -> Html:
    """The terms of a new survey."""
    form = Form({"open_days": _USUAL_DAYS})
    return await _terms_page(shop_page, None, form, Builder())


@post(_HERE, include_in_schema=False)
async def drafted(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Begins a draft; its questions come next."""
    caller, builder = shop_page.caller, read_builder(data)
    caller.require(GIFTS)
    try:
        terms = _read_terms(data, builder, shop_page)
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            survey = await draft_survey(uow, caller.shop, terms, caller.id)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        return await _terms_page(shop_page, None, form, builder, error.status)
    return shop_page.go(shop_page.url(f"surveys/{survey.id}"), shop_page.text("survey-drafted"))


@get(_ONE, include_in_schema=False)
async def one(shop_page: NamedDependency[PageContext], survey_id: FromPath[UUID]) -> Html:
    """A draft's questions; of an open or closed survey what came of it."""
    caller = shop_page.caller
    branches_of(caller, GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        survey = await find_survey(uow, caller.shop, survey_id)
        if survey.state != "draft":
            return await _results(shop_page, uow, survey)
    return await _editor(shop_page, survey, Form())


@get(_ONE + "/edit", include_in_schema=False)
async def terms_asked(shop_page: NamedDependency[PageContext], survey_id: FromPath[UUID]) -> Html:
    """The terms of a draft, to be changed."""
    caller = shop_page.caller
    caller.require(GIFTS)
    survey = await _find(shop_page, survey_id)
    builder = Builder.of(condition_of(survey), shop_page.unit)
    form = shop_page.form(_typed(survey, shop_page))
    return await _terms_page(shop_page, survey, form, builder)


@post(_ONE + "/edit", include_in_schema=False)
async def terms_changed(
    shop_page: NamedDependency[PageContext], survey_id: FromPath[UUID], data: Fields
) -> Html:
    """Keeps them."""
    caller, builder = shop_page.caller, read_builder(data)
    caller.require(GIFTS)
    survey, unit = await _find(shop_page, survey_id), shop_page.unit
    written = Written("survey.changed", "survey", survey_id)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            now, typed = _terms_now(shop_page, uow, survey_id), builder.along(data, unit)
            data = await reconciled(uow, shop_page, typed, now, written)
            builder = builder.kept_in(data, unit)
            terms = _read_terms(data, builder, shop_page)
            await change_terms(uow, caller.shop, survey_id, terms)
            await record(uow, caller, *written, merchant_id=caller.shop)
    except TimchehError as error:
        form = Form.refused(data, error, shop_page.locale)
        builder = builder.kept_in(form.values, unit)
        return await _terms_page(shop_page, survey, form, builder, error.status)
    return shop_page.go(shop_page.url(f"surveys/{survey_id}"), shop_page.text("survey-kept"))


@post(_ONE + "/questions", include_in_schema=False)
async def question_added(
    shop_page: NamedDependency[PageContext], survey_id: FromPath[UUID], data: Fields
) -> Html:
    """One more question at the end."""
    caller = shop_page.caller
    caller.require(GIFTS)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            await find_survey(uow, caller.shop, survey_id)  # a foreign one looks absent, first
            await add_question(uow, caller.shop, survey_id, partial(read_question, data))
    except TimchehError as error:
        if not error.errors:
            raise
        survey = await _find(shop_page, survey_id)
        refused = Form.refused(data, error, shop_page.locale)
        return await _editor(shop_page, survey, refused, status=error.status)
    here = shop_page.url(f"surveys/{survey_id}")
    return shop_page.go(here, shop_page.text("survey-question-added"))


@get(_ONE + "/questions/{question:str}", include_in_schema=False)
async def question_asked(
    shop_page: NamedDependency[PageContext], survey_id: FromPath[UUID], question: FromPath[str]
) -> Html:
    """One question, to be changed."""
    caller = shop_page.caller
    caller.require(GIFTS)
    survey = await _find(shop_page, survey_id)
    form = shop_page.form(_question_values(survey, question))
    return await _editor(shop_page, survey, form, editing=question)


@post(_ONE + "/questions/{question:str}", include_in_schema=False)
async def question_changed(
    shop_page: NamedDependency[PageContext],
    survey_id: FromPath[UUID],
    question: FromPath[str],
    data: Fields,
) -> Html:
    """Moves a question up or down, takes it out, or keeps it as it was typed."""
    caller = shop_page.caller
    caller.require(GIFTS)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            change = _moves(question).get(data.get("act", ""))
            if change is None:
                written = Written("survey.question_changed", "survey", survey_id)
                now = _question_now(shop_page, uow, survey_id, question)
                data = await reconciled(uow, shop_page, data, now, written)
                change = partial(replaced, new=read_question(data, question))
                await record(uow, caller, *written, merchant_id=caller.shop)
            await change_questions(uow, caller.shop, survey_id, change)
    except TimchehError as error:
        if not error.errors and not isinstance(error, BothWrote):
            raise
        survey = await _find(shop_page, survey_id)
        refused = Form.refused(data, error, shop_page.locale)
        return await _editor(shop_page, survey, refused, editing=question, status=error.status)
    return shop_page.go(shop_page.url(f"surveys/{survey_id}"), shop_page.text("survey-kept"))


@post(_ONE + "/state", include_in_schema=False)
async def state_changed(
    shop_page: NamedDependency[PageContext], survey_id: FromPath[UUID], data: Fields
) -> Html:
    """Opens a draft, or closes what is open."""
    caller = shop_page.caller
    caller.require(GIFTS)
    opens = data.get("state") == "open"
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        change = open_survey if opens else close_survey
        await change(uow, caller.shop, survey_id)
        what = "survey.opened" if opens else "survey.closed"
        await record(uow, caller, what, "survey", survey_id, merchant_id=caller.shop)
    here = shop_page.url(f"surveys/{survey_id}")
    said = shop_page.text("survey-opened" if opens else "survey-closed")
    return shop_page.go(here, said, undo=None if opens else f"{here}/reopen")


@post(_ONE + "/reopen", include_in_schema=False)
async def reopened(shop_page: NamedDependency[PageContext], survey_id: FromPath[UUID]) -> Html:
    """It is answered again."""
    caller, here = shop_page.caller, shop_page.url(f"surveys/{survey_id}")
    caller.require(GIFTS)
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            await reopen_survey(uow, caller.shop, survey_id)
            await record(
                uow, caller, "survey.reopened", "survey", survey_id, merchant_id=caller.shop
            )
    except TimchehError as error:
        return shop_page.turned_back(here, error)
    return shop_page.go(here, shop_page.text("survey-opened-again"))


@get(_ONE + "/export/{kind:str}", include_in_schema=False)
async def exported(
    shop_page: NamedDependency[PageContext], survey_id: FromPath[UUID], kind: FromPath[str]
) -> Response[Any]:
    """Every answer as Excel or CSV."""
    caller = shop_page.caller
    caller.require(GIFTS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await find_survey(uow, caller.shop, survey_id)

    async def sheet(uow: UnitOfWork, terms: SheetTerms) -> tuple[list[str], Rows]:
        survey = await find_survey(uow, caller.shop, survey_id)
        who = [terms.heading("name"), terms.heading("mobile")]
        return heading(survey, shop_page.text("survey-when"), who), answer_rows(uow, survey)

    return await send_sheet(shop_page, "survey", kind, sheet)


ROUTES: Final = (
    listed,
    new,
    drafted,
    one,
    terms_asked,
    terms_changed,
    question_added,
    question_asked,
    question_changed,
    state_changed,
    reopened,
    exported,
)


async def _find(page: PageContext, survey_id: UUID) -> Survey:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return await find_survey(uow, page.caller.shop, survey_id)


def _read_terms(data: dict[str, str], builder: Builder, page: PageContext) -> Terms:
    reader = FormReader(data, page.unit)
    condition = reader.tried("when", lambda *_: _condition(builder, page), None)
    terms = Terms(
        title=reader.text("title"),
        intro=reader.text("intro", _LONGEST_INTRO, optional=True),
        way=reader.choice("way", WAYS),
        condition=condition,
        open_days=reader.count("open_days", 1, _MOST_DAYS),
        anonymous=reader.ticked("anonymous"),
        reward=read_reward(reader),
    )
    reader.check()
    return terms


def _condition(builder: Builder, page: PageContext) -> Condition | None:
    """What was built, if it can be asked of customers. Raises Invalid."""
    condition = builder.condition(page.unit)
    if condition is None:
        return None
    return parse_condition(write_condition(condition), f"/{builder.prefix}-kept", Place.CUSTOMER)


def _typed(survey: Survey, page: PageContext) -> dict[str, str]:
    values = {
        "title": survey.title,
        "intro": survey.intro,
        "way": survey.way,
        "open_days": str(survey.open_days),
        "anonymous": "yes" if survey.anonymous else "",
        **reward_values(survey.reward, page.unit),
    }
    return Builder.of(condition_of(survey), page.unit).along(values, page.unit)


def _moves(question: str) -> dict[str, Callable[[Asked], Asked]]:
    """What becomes of a question by its buttons."""
    return {
        "up": lambda asked: moved(asked, question, -1),
        "down": lambda asked: moved(asked, question, 1),
        "drop": lambda asked: without(asked, question),
    }


async def _question_now(
    page: PageContext, uow: UnitOfWork, survey_id: UUID, question: str
) -> dict[str, str]:
    survey = await find_survey(uow, page.caller.shop, survey_id)
    return _question_values(survey, question)


def _question_values(survey: Survey, question: str) -> dict[str, str]:
    """Raises NotFound for one that isn't asked."""
    found = next((each for each in questions_of(survey) if each.id == question), None)
    if found is None:
        raise NotFound
    return {
        "kind": found.kind,
        "text": found.text,
        "choices": "\n".join(found.choices),
        "required": "yes" if found.required else "",
    }


async def _terms_now(page: PageContext, uow: UnitOfWork, survey_id: UUID) -> dict[str, str]:
    return _typed(await find_survey(uow, page.caller.shop, survey_id), page)


async def _terms_page(
    page: PageContext, survey: Survey | None, form: Form, builder: Builder, status: int = 200
) -> Html:
    page.caller.require(GIFTS)
    context = {
        "form": form,
        "builder": await show_builder(
            page, builder, Place.CUSTOMER, form.errors, theirs=form.theirs
        ),
        "survey": None if survey is None else {"id": survey.id, "title": survey.title},
        "ways": [(way, page.text(f"survey-way-{way}")) for way in WAYS],
    }
    return page.render("merchants/surveys/terms.html", context, status=status)


async def _editor(
    page: PageContext, survey: Survey, form: Form, *, editing: str = "", status: int = 200
) -> Html:
    context = {
        "survey": _shown(page, survey, Uptake()),
        "sentence": await sentence_of(page, condition_of(survey)),
        "questions": [_question(page, question) for question in questions_of(survey)],
        "kinds": [(kind, page.text(f"survey-kind-{kind}")) for kind in KINDS],
        "form": form if form.values else Form({"required": "yes"}),
        "editing": editing,
    }
    return page.render("merchants/surveys/draft.html", context, status=status)


async def _results(page: PageContext, uow: UnitOfWork, survey: Survey) -> Html:
    uptake = (await uptake_of(uow, [survey.id])).get(survey.id, Uptake())
    words = await latest_words(uow, survey)
    context = {
        "survey": _shown(page, survey, uptake),
        "sentence": await sentence_of(page, condition_of(survey)),
        "link": page.public_address(f"club/surveys/{survey.id}"),
        "questions": [_figures(page, each, words) for each in await tally(uow, survey)],
    }
    return page.render("merchants/surveys/one.html", context)


def _shown(page: PageContext, survey: Survey, uptake: Uptake) -> dict[str, Any]:
    reward = survey.reward
    return {
        "id": survey.id,
        "title": survey.title,
        "intro": survey.intro,
        "state": survey.state,
        "shown_state": {"open": "active", "closed": "ended"}.get(survey.state, survey.state),
        "way": page.text(f"survey-way-{survey.way}"),
        "by_link": survey.way == "link",
        "open_days": survey.open_days,
        "anonymous": survey.anonymous,
        "reward": value_text(page, reward.unit, reward.amount) if reward else "",
        "asked": uptake.asked,
        "answered": uptake.answered,
        "created_at": survey.created_at,
    }


def _question(page: PageContext, question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.text,
        "kind": page.text(f"survey-kind-{question.kind}"),
        "required": question.required,
        "choices": question.choices,
    }


def _figures(page: PageContext, found: Tally, words: Any) -> dict[str, Any]:
    choices = found.question.choices
    return {
        **_question(page, found.question),
        "answered": found.answered,
        "average": found.average,
        "most": found.question.grades[-1],
        "nps": found.nps,
        "options": [
            (choices[n] if choices else page.text("survey-grade", grade=n), found.counts[n])
            for n in found.options
        ],
        "words": [_words(each) for each in words if each.question_id == found.question.id],
    }


def _words(words: Words) -> dict[str, Any]:
    return {"text": words.text, "at": words.at, "member_id": words.member_id, "name": words.name}
