"""Bringing a shop on board step by step: it can be left at any moment and gone on with."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from mall_portal.onboarding.checking import check_field
from mall_portal.onboarding.drafts import begin_draft, drop_draft, find_draft, keep
from mall_portal.onboarding.intake import (
    MOST_STAFF,
    STAFF_ROLES,
    STEPS,
    branches_of,
    faults_in,
    read_intake,
    read_rules,
)
from mall_portal.onboarding.models import OnboardingDraft
from mall_portal.onboarding.opening import open_intake
from mall_portal.permissions import MANAGE
from merchants.facade import FIRST_RULES_SCOPES, TRADES, first_rules, tell_rules, usual_in
from timcheh.errors import Invalid, NotFound, TimchehError
from timcheh.text.normalise import normalise
from timcheh.web.form import Fields, Form
from timcheh.web.join import inviter_of
from timcheh.web.numbers import in_percent, in_unit
from timcheh.web.pages import Html, PageContext

REVIEW: Final = "review"
_PLACES: Final = (*STEPS, REVIEW)
_ROWS: Final = 2
"""Blank rows for people at first."""
_ROOT: Final = "/{mall_slug:str}/mall/shops/new"
_STEP: Final = _ROOT + "/{opening_id:uuid}/{step:str}"


@get(_ROOT, include_in_schema=False)
async def new(mall_page: NamedDependency[PageContext]) -> Html:
    """The first step of a new shop; nothing is kept before something is typed."""
    mall_page.caller.require(MANAGE)
    return _step(mall_page, None, "shop", Form())


@post(_ROOT, include_in_schema=False)
async def begun(mall_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Keeps the first step as a draft, and goes on."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        draft = await begin_draft(uow, mall_page.caller.id)
        await keep(uow, draft.id, "shop", data)
    return _onward(mall_page, draft, "shop", data)


@post(_ROOT + "/check", include_in_schema=False, status_code=200)
async def checked(mall_page: NamedDependency[PageContext], data: Fields) -> Html:
    """A field while it is typed: a part of a page."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        verdict = await check_field(mall_page, uow, data)
    return mall_page.render("mall_portal/onboarding/_verdict.html", {"verdict": verdict})


@post(_ROOT + "/rules", include_in_schema=False, status_code=200)
async def rules_told(mall_page: NamedDependency[PageContext], data: Fields) -> Html:
    """What the rules as they stand in the form will give, in sentences: a part of a page."""
    mall_page.caller.require(MANAGE)
    return mall_page.render("mall_portal/onboarding/_rules.html", _told(mall_page, data))


@get(_STEP, include_in_schema=False)
async def step(
    mall_page: NamedDependency[PageContext], opening_id: FromPath[UUID], step: FromPath[str]
) -> Html:
    """A step as it was left."""
    mall_page.caller.require(MANAGE)
    draft = await _draft(mall_page, opening_id)
    if draft.merchant_id is not None:
        return mall_page.go(mall_page.url(f"shops/{draft.merchant_id}/handover"))
    if step == REVIEW:
        return _review(mall_page, draft, Form())
    if step not in STEPS:
        raise NotFound
    return _step(mall_page, draft, step, Form(_begun_with(mall_page, draft, step)))


@post(_STEP, include_in_schema=False)
async def step_done(
    mall_page: NamedDependency[PageContext],
    opening_id: FromPath[UUID],
    step: FromPath[str],
    data: Fields,
) -> Html:
    """Keeps what was typed, right or not, and goes on if it is right."""
    mall_page.caller.require(MANAGE)
    if step == REVIEW:
        return await _open(mall_page, opening_id)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        draft = await keep(uow, opening_id, step, data)
    if draft.merchant_id is not None:
        return mall_page.go(mall_page.url(f"shops/{draft.merchant_id}/handover"))
    if data.get("_act") == "keep":  # while it is typed
        return mall_page.render("mall_portal/onboarding/_kept.html", {})
    if data.get("_act") == "row":
        return _step(mall_page, draft, step, Form(data), more=1)
    return _onward(mall_page, draft, step, data)


@post(_ROOT + "/{opening_id:uuid}/drop", include_in_schema=False)
async def dropped(mall_page: NamedDependency[PageContext], opening_id: FromPath[UUID]) -> Html:
    """Gives a shop up that isn't open yet."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        await drop_draft(uow, opening_id)
    return mall_page.go(mall_page.url("shops"), mall_page.text("onboarding-dropped"))


ROUTES: Final = (new, begun, checked, rules_told, dropped, step, step_done)


async def _draft(page: PageContext, draft_id: UUID) -> OnboardingDraft:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return await find_draft(uow, draft_id)


def _onward(page: PageContext, draft: OnboardingDraft, step: str, data: Mapping[str, str]) -> Html:
    """The next step, or this one again with what has to be mended."""
    if faults := faults_in(step, draft.fields, page.unit):
        form = Form.refused(data, Invalid(errors=faults), page.locale)
        return _step(page, draft, step, form, status=422)
    following = _PLACES[_PLACES.index(step) + 1]
    return page.go(page.url(f"shops/new/{draft.id}/{following}"))


def _step(
    page: PageContext,
    draft: OnboardingDraft | None,
    step: str,
    form: Form,
    *,
    more: int = 0,
    status: int = 200,
) -> Html:
    typed = draft.fields if draft else {}
    trade = typed.get("shop", {}).get("trade", "")
    named = [
        row
        for row in range(MOST_STAFF)
        if form.value(f"staff-{row}-name") or form.value(f"staff-{row}-mobile")
    ]
    rows = min(max(_ROWS, len(named) + more, *(row + 1 + more for row in [*named, -1])), MOST_STAFF)
    branches = branches_of(typed)
    context = {
        "step": step,
        "form": form,
        "draft_id": draft.id if draft else None,
        "name": _name(page, draft),
        "steps": _steps(page, draft, step),
        "trades": [(code, page.text(f"category-{code}")) for code in TRADES],
        "scopes": [(code, page.text(f"onboarding-scope-{code}")) for code in FIRST_RULES_SCOPES],
        "extras": [
            (code, page.text(f"onboarding-extra-{code}")) for code in usual_in(trade).extras
        ],
        "trade": page.text(f"category-{trade}") if trade in TRADES else "",
        "trade_code": trade,
        "roles": [(role, page.text(f"role-{role}")) for role in STAFF_ROLES],
        "branches": [(name, name) for name in branches] if len(branches) > 1 else [],
        "rows": range(rows),
        "can_add": rows < MOST_STAFF,
        "action": page.url(f"shops/new/{draft.id}/{step}" if draft else "shops/new"),
        "back": _back(page, draft, step),
    }
    if step == "rules":
        context |= _told(page, {**form.values, "trade": trade})
    return page.render("mall_portal/onboarding/step.html", context, status=status)


def _back(page: PageContext, draft: OnboardingDraft | None, step: str) -> str:
    at = _PLACES.index(step)
    return page.url(f"shops/new/{draft.id}/{_PLACES[at - 1]}") if draft and at else ""


def _steps(page: PageContext, draft: OnboardingDraft | None, here: str) -> list[dict[str, Any]]:
    """Where one is: what is right behind, what is here, what is ahead."""
    typed = draft.fields if draft else {}
    return [
        {
            "label": page.text(f"onboarding-step-{name}"),
            "href": page.url(f"shops/new/{draft.id}/{name}") if draft else "",
            "here": name == here,
            "done": name in typed and not faults_in(name, typed, page.unit),
        }
        for name in _PLACES
    ]


def _begun_with(page: PageContext, draft: OnboardingDraft, step: str) -> Mapping[str, str]:
    """What was typed; of a step that wasn't seen yet, what is usual."""
    if step in draft.fields:
        kept: Mapping[str, str] = draft.fields[step]
        return kept
    if step == "terms":
        limit, fee = page.mall.default_credit_limit, page.mall.network_fee_bps
        return {
            "credit_limit": in_unit(limit, page.unit),
            "fee": in_percent(fee),
        }
    if step == "rules":
        usual = usual_in(draft.fields.get("shop", {}).get("trade", ""))
        return {"rules": "template", "percent": in_percent(usual.bps), "days": str(usual.days)}
    return {}


def _told(page: PageContext, data: Mapping[str, str]) -> dict[str, Any]:
    """The rules of a form in sentences; nothing while it can't be read."""
    try:
        asked = read_rules(data, data.get("trade", ""))
    except Invalid:
        return {"told": [], "later": False}
    if asked is None:
        return {"told": [], "later": True}
    rules = first_rules(asked.bps, asked.days, asked.scope, asked.extras, page.locale)
    return {"told": tell_rules(rules, page.locale, page.unit), "later": False}


def _review(page: PageContext, draft: OnboardingDraft, form: Form, status: int = 200) -> Html:
    typed = draft.fields
    broken = [name for name in STEPS if name not in typed or faults_in(name, typed, page.unit)]
    intake = None if broken else read_intake(typed, page.unit)
    context = {
        "form": form,
        "name": _name(page, draft),
        "steps": _steps(page, draft, REVIEW),
        "broken": [
            {
                "label": page.text(f"onboarding-step-{name}"),
                "href": page.url(f"shops/new/{draft.id}/{name}"),
            }
            for name in broken
        ],
        "intake": intake,
        "trade": page.text(f"category-{intake.identity.trade}")
        if intake and intake.identity.trade
        else "",
        "told": _told(page, {**typed.get("rules", {}), "trade": typed["shop"].get("trade", "")})[
            "told"
        ]
        if intake
        else [],
        "fee": page.mall.network_fee_bps
        if not intake or intake.terms.fee_bps is None
        else intake.terms.fee_bps,
        "edit": {name: page.url(f"shops/new/{draft.id}/{name}") for name in STEPS},
        "action": page.url(f"shops/new/{draft.id}/{REVIEW}"),
        "drop": page.url(f"shops/new/{draft.id}/drop"),
    }
    return page.render("mall_portal/onboarding/review.html", context, status=status)


async def _open(page: PageContext, draft_id: UUID) -> Html:
    """Opens the shop, once: who asks again is led to the shop that is open."""
    draft = await _draft(page, draft_id)
    try:
        async with page.database.unit_of_work(page.caller.scope) as uow:
            draft = await find_draft(uow, draft_id, lock=True)
            if draft.merchant_id is None:
                intake = read_intake(draft.fields, page.unit)
                made = await open_intake(uow, page.caller, intake, inviter_of(page))
                draft.merchant_id, draft.fields = made.merchant.id, {}
    except TimchehError as error:
        form = Form({}, {}, page.refused({}, error).message)
        draft = await _draft(page, draft_id)
        return _review(page, draft, form, error.status)
    here = page.url(f"shops/{draft.merchant_id}/handover")
    return page.go(here, page.text("onboarding-opened"))


def _name(page: PageContext, draft: OnboardingDraft | None) -> str:
    typed = draft.fields.get("shop", {}).get("name", "") if draft else ""
    return normalise(typed) or page.text("onboarding-nameless")
