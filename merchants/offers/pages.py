"""The shop's offers: the list, drafts, and their way into force."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.catalogue.queries import group_names
from merchants.conditions import Builder, read_builder, show_builder
from merchants.offers.errors import DraftChanged, OfferChanged
from merchants.offers.form import (
    MOST_EFFECTS,
    STEPS,
    WHEN,
    WHO,
    read_offer,
    read_publish_at,
    values_of,
)
from merchants.offers.merging import Written, named
from merchants.offers.service import (
    begin_draft,
    drop_draft,
    edit_offer,
    end_offer,
    find_draft,
    list_drafts,
    publish_draft,
    remove_offer,
    restore_draft,
    save_draft,
    schedule_draft,
    take_over,
)
from merchants.offers.showing import (
    RUNNING,
    STATES,
    ShownOffer,
    shown_draft,
    shown_offer,
    shown_offers,
    teller_of,
)
from merchants.offers.starters import (
    BLANK,
    CAMPAIGN,
    ICONS,
    STARTERS,
    campaign,
    coming_occasions,
    starter,
)
from merchants.permissions import EFFECT, FORECAST, OFFERS, RULES, branches_of
from merchants.programme.queries import (
    pools_given,
    read_rules,
    rule_names,
    rules_in_force,
    rules_version,
)
from merchants.programme.sentences import Teller
from timcheh.access.staff import staff_names
from timcheh.audit import record
from timcheh.calendar import DateStyle, format_date, local_date
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Invalid, NotFound, TimchehError
from timcheh.rules import Place, parse_rules
from timcheh.rules.gates import OCCASIONS
from timcheh.rules.schema_effects import CREDIT_SCOPES, EFFECTS
from timcheh.text.normalise import sort_key
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext

HOURS: Final = tuple(range(24))


@get("/{mall_slug:str}/shop/offers", include_in_schema=False)
async def offers(shop_page: NamedDependency[PageContext]) -> Html:
    """Every offer with its state, drafts first, and what one can begin with."""
    caller = shop_page.caller
    branches_of(caller, RULES)
    asked = shop_page.request.query_params.get("state", "")
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await rules_in_force(uow, caller.shop)
        drafts = await list_drafts(uow, caller.shop)
        names = await rule_names(uow)
        groups = await group_names(uow, caller.shop)
    teller = teller_of(shop_page, names)
    staff = await _staff(shop_page, {draft.actor_id for draft in drafts})
    shown = shown_offers(found.rules, teller, shop_page.now, found.given, drafts)
    written = [shown_draft(shop_page, draft, teller, staff) for draft in drafts]
    counts = dict.fromkeys(STATES, 0)
    for offer in [*shown, *(draft.offer for draft in written)]:
        counts[offer.state] += 1
    state = asked if asked in STATES else ""
    context = {
        "version": found.version,
        "offers": [offer for offer in shown if state in ("", offer.state)],
        "drafts": [draft for draft in written if state in ("", draft.offer.state)],
        "states": [(each, counts[each]) for each in STATES if counts[each]],
        "state": state,
        "starters": _starters(shop_page, tuple(groups)),
        "occasions": [
            {"id": name, "name": shop_page.text(f"occasion-{name}"), "day": day}
            for name, day in coming_occasions(local_date(shop_page.now))
        ],
        "may_edit": caller.may(OFFERS),
        "may_see_effect": caller.may(EFFECT),
    }
    return shop_page.render("merchants/offers/list.html", context)


@post("/{mall_slug:str}/shop/offers", include_in_schema=False, status_code=200)
async def offer_begun(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """A draft from a starter, or one that will replace the rule `edit`."""
    caller = shop_page.caller
    caller.require(OFFERS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        if data.get("edit"):
            draft = await edit_offer(uow, caller.shop, data["edit"], caller.id)
        else:
            rule = _begin_with(shop_page, data, tuple(await group_names(uow, caller.shop)))
            if rule is None:
                raise NotFound
            draft = await begin_draft(uow, caller.shop, rule, caller.id)
        path = f"offers/{draft.id}"
    blank = bool(data.get("edit")) or data.get("starter", BLANK) == BLANK
    return shop_page.go(shop_page.url(f"{path}/edit" if blank else path))


@get("/{mall_slug:str}/shop/offers/{draft_id:uuid}", include_in_schema=False)
async def draft_page(shop_page: NamedDependency[PageContext], draft_id: FromPath[UUID]) -> Html:
    """A draft in words: publish it, schedule it, try it, change it."""
    shop_page.caller.require(OFFERS)
    return await _draft_page(shop_page, draft_id, Form({"publish_hour": "0"}))


@get("/{mall_slug:str}/shop/offers/{draft_id:uuid}/edit", include_in_schema=False)
async def draft_form(shop_page: NamedDependency[PageContext], draft_id: FromPath[UUID]) -> Html:
    """The draft as a form."""
    caller = shop_page.caller
    caller.require(OFFERS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        draft = await find_draft(uow, caller.shop, draft_id)
        rule, revision, name = draft.rule, draft.revision, draft.replaces
    (parsed,) = parse_rules([rule])
    values = values_of(rule, shop_page.unit) | {"revision": str(revision)}
    who = parsed.once.when if parsed.once else None
    unit = shop_page.unit
    builders = Builder.of(parsed.when, unit, WHEN), Builder.of(who, unit, WHO)
    return await _form_page(shop_page, draft_id, name, Form(values), builders)


@post("/{mall_slug:str}/shop/offers/{draft_id:uuid}/edit", include_in_schema=False, status_code=200)
async def draft_saved(
    shop_page: NamedDependency[PageContext], draft_id: FromPath[UUID], data: Fields
) -> Html:
    """Keeps the draft. What is faulty, or changed by someone else, comes back as it was typed."""
    caller = shop_page.caller
    caller.require(OFFERS)
    name = None
    try:
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            draft = await find_draft(uow, caller.shop, draft_id)
            name = draft.replaces
            rule = read_offer(data, draft.rule, shop_page.unit)
            revision = _revision(data)
            await save_draft(uow, caller.shop, draft_id, rule, revision, caller.id)
    except TimchehError as error:
        return await _form_refused(shop_page, draft_id, name, data, error)
    return shop_page.go(shop_page.url(f"offers/{draft_id}"), shop_page.text("offer-saved"))


@post("/{mall_slug:str}/shop/offers/preview", include_in_schema=False, status_code=200)
async def offer_preview(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """The form so far as sentences: a fragment, also while something is missing."""
    caller = shop_page.caller
    caller.require(OFFERS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        names = await rule_names(uow)
    context: dict[str, Any] = {"offer": None}
    try:
        (rule,) = parse_rules([read_offer(data, {}, shop_page.unit)])
        teller = teller_of(shop_page, names)
        context["offer"] = shown_offer(rule, teller, RUNNING)
    except Invalid as error:
        context["missing"] = list(Form.refused({}, error, shop_page.locale).errors.values())
    return shop_page.render("merchants/offers/_sentences.html", context)


@post(
    "/{mall_slug:str}/shop/offers/{draft_id:uuid}/publish", include_in_schema=False, status_code=200
)
async def draft_published(
    shop_page: NamedDependency[PageContext], draft_id: FromPath[UUID], data: Fields
) -> Html:
    """Puts the draft in force now, or from the moment that is asked for."""
    caller = shop_page.caller
    caller.require(OFFERS)
    try:
        revision = _revision(data)
        async with shop_page.database.unit_of_work(caller.scope) as uow:
            if data.get("publish_on"):
                at = read_publish_at(data)
                await schedule_draft(uow, caller.shop, draft_id, revision, at)
                day = format_date(at, shop_page.locale, DateStyle.LONG_WITH_TIME)
                toast = shop_page.text("offer-scheduled", at=day)
            elif data.get("unschedule"):
                await schedule_draft(uow, caller.shop, draft_id, revision, None)
                toast = shop_page.text("offer-unscheduled")
            elif data.get("take_over"):
                await take_over(uow, caller.shop, draft_id, revision)
                toast = shop_page.text("offer-taken_over")
            else:
                version = await publish_draft(uow, caller.shop, draft_id, revision, caller.id)
                after = {"version": version}
                await record(uow, caller, "offer.published", "rules", caller.shop, after=after)
                toast = shop_page.text("offer-published", version=version)
                return shop_page.go(shop_page.url("offers"), toast)
    except TimchehError as error:
        if isinstance(error, NotFound):
            raise
        form = Form.refused(data, error, shop_page.locale)
        changed = isinstance(error, OfferChanged)
        return await _draft_page(shop_page, draft_id, form, error.status, changed=changed)
    return shop_page.go(shop_page.url(f"offers/{draft_id}"), toast)


@post("/{mall_slug:str}/shop/offers/{draft_id:uuid}/drop", include_in_schema=False, status_code=200)
async def draft_dropped(shop_page: NamedDependency[PageContext], draft_id: FromPath[UUID]) -> Html:
    """Throws a draft away; what is in force stays."""
    caller = shop_page.caller
    caller.require(OFFERS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await drop_draft(uow, caller.shop, draft_id)
    return shop_page.go(
        shop_page.url("offers"),
        shop_page.text("offer-dropped"),
        undo=shop_page.url(f"offers/{draft_id}/restore"),
    )


@post(
    "/{mall_slug:str}/shop/offers/{draft_id:uuid}/restore",
    include_in_schema=False,
    status_code=200,
)
async def draft_restored(shop_page: NamedDependency[PageContext], draft_id: FromPath[UUID]) -> Html:
    """The draft is there again."""
    caller = shop_page.caller
    caller.require(OFFERS)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        await restore_draft(uow, caller.shop, draft_id)
    return shop_page.go(shop_page.url(f"offers/{draft_id}"), shop_page.text("offer-restored"))


@post("/{mall_slug:str}/shop/offers/end", include_in_schema=False, status_code=200)
async def offer_ended(shop_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Ends an offer that is in force, or takes an ended one off the list."""
    caller = shop_page.caller
    caller.require(OFFERS)
    name = data.get("name", "")
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        away = bool(data.get("remove"))
        work = remove_offer if away else end_offer
        version = await work(uow, caller.shop, name, caller.id)
        after = {"version": version, "name": name}
        await record(uow, caller, "offer.ended", "rules", caller.shop, after=after)
    text = "offer-removed" if away else "offer-ended"
    undo = shop_page.url(f"offers/versions/{version - 1}/restore?seen={version}")
    return shop_page.go(shop_page.url("offers"), shop_page.text(text, name=name), undo=undo)


ROUTES: Final = (
    offers,
    offer_begun,
    offer_preview,
    offer_ended,
    draft_page,
    draft_form,
    draft_saved,
    draft_published,
    draft_dropped,
    draft_restored,
)


def _begin_with(page: PageContext, data: Fields, groups: tuple[str, ...]) -> Written | None:
    name = data.get("starter", BLANK)
    if name == CAMPAIGN:
        return campaign(data.get("occasion", ""), page.locale, local_date(page.now))
    return starter(name, page.locale, groups)


def _revision(data: Fields) -> int:
    text = data.get("revision", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise DraftChanged
    return int(text)


def _starters(page: PageContext, groups: tuple[str, ...]) -> list[dict[str, Any]]:
    """What one can begin with, told as the offer it makes."""
    teller = teller_of(page, {})
    shown = []
    for name in STARTERS:
        rule = starter(name, page.locale, groups)
        if rule is None:
            continue
        (parsed,) = parse_rules([rule])
        shown.append(
            {"id": name, "icon": ICONS[name], "name": parsed.name, "then": teller.then(parsed)}
        )
    return shown


async def _staff(page: PageContext, ids: set[UUID]) -> dict[UUID, str]:
    """Accounts belong to the mall; only those who wrote these drafts are named."""
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        return await staff_names(uow, ids)


async def _draft_page(
    page: PageContext, draft_id: UUID, form: Form, status: int = 200, *, changed: bool = False
) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(caller.scope) as uow:
        draft = await find_draft(uow, caller.shop, draft_id)
        names = await rule_names(uow)
        teller = teller_of(page, names)
        now_in_force = await _replaced(uow, caller.shop, draft.replaces, teller)
        staff = await _staff(page, {draft.actor_id})
        shown = shown_draft(page, draft, teller, staff)
    context = {
        "draft": shown,
        "may_test": caller.may(FORECAST),
        "form": form,
        "changed": changed,
        "in_force": now_in_force,
        "hours": [(str(hour), page.digits(f"{hour:02}:00")) for hour in HOURS],
    }
    return page.render("merchants/offers/draft.html", context, status=status)


async def _replaced(
    uow: UnitOfWork, merchant_id: UUID, name: str | None, teller: Teller
) -> ShownOffer | None:
    """What is in force now in the place that a draft shall take."""
    rules = await read_rules(uow, merchant_id, await rules_version(uow, merchant_id))
    rule = named(rules, name)
    return None if rule is None else shown_offer(parse_rules([rule])[0], teller, RUNNING)


async def _form_refused(
    page: PageContext, draft_id: UUID, name: str | None, data: Fields, error: TimchehError
) -> Html:
    """The form as it was typed. After another's change the next save is a knowing one."""
    if isinstance(error, NotFound):
        raise error
    form = Form.refused(data, error, page.locale)
    if isinstance(error, DraftChanged):
        caller = page.caller
        async with page.database.unit_of_work(caller.scope) as uow:
            draft = await find_draft(uow, caller.shop, draft_id)
            staff = await _staff(page, {draft.actor_id})
            who = staff.get(draft.actor_id) or page.text("offer-someone")
            fresh = {**data, "revision": str(draft.revision)}
        form = Form(fresh, message=page.text("offer-changed_by", who=who))
    builders = read_builder(data, WHEN), read_builder(data, WHO)
    return await _form_page(page, draft_id, name, form, builders, error.status)


async def _form_page(
    page: PageContext,
    draft_id: UUID,
    name: str | None,
    form: Form,
    builders: tuple[Builder, Builder],
    status: int = 200,
) -> Html:
    when, who = builders
    async with page.database.unit_of_work(page.caller.scope) as uow:
        groups = await group_names(uow, page.caller.shop)
        pools = await pools_given(uow, page.caller.shop)
    used = [n for n in range(MOST_EFFECTS) if form.value(f"effect-{n}-kind")]
    context = {
        "form": form,
        "draft_id": draft_id,
        "replaces": name or "",
        "when": await show_builder(page, when, Place.BASKET, form.errors),
        "who": await show_builder(page, who, Place.CUSTOMER, form.errors),
        "effects": range(min(MOST_EFFECTS, max(used, default=-1) + 2)),
        "steps": range(STEPS),
        "kinds": [(kind, page.text(f"effect-{kind}")) for kind in EFFECTS],
        "scopes": _scopes(page, form, pools),
        "occasions": [(each, page.text(f"occasion-{each}")) for each in OCCASIONS],
        "groups": groups,
    }
    return page.render("merchants/offers/form.html", context, status=status)


def _scopes(page: PageContext, form: Form, pools: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Where what is given can be spent; the pools that the shop takes part in are for points. One
    that it has left stays to choose where the rule names it."""
    known = {scope: page.text(f"scope-{scope}") for scope in CREDIT_SCOPES}
    for id, name in sorted(pools.items(), key=lambda pool: sort_key(pool[1])):
        known[str(id)] = page.text("offer-scope-pool", name=name)
    named_here = {form.value(f"effect-{n}-scope") for n in range(MOST_EFFECTS)}
    others = sorted(named_here - {"", *known})
    return [*known.items(), *((scope, page.text("scope-pool")) for scope in others)]
