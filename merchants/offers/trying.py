"""A dry run of a draft: what a typed basket would get under it and the rules in force, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.catalogue.queries import find_goods, group_names
from merchants.offers.merging import merged, named
from merchants.offers.service import find_draft
from merchants.permissions import OFFERS
from merchants.programme.book import Programme, compile_programme
from merchants.programme.queries import read_programme
from merchants.purchases.command import MemberRef, PurchaseCommand, Till
from merchants.purchases.counter import counter_for
from merchants.purchases.decision import Decision
from merchants.purchases.guessing import counting_misses
from merchants.purchases.why import told_decision
from merchants.shops.service import shop_names
from merchants.till.entry import read_entry, typed_lines
from timcheh.errors import FieldError, Invalid, TimchehError
from timcheh.text.normalise import normalise
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext

_NO_MEMBER: Final = "member_required"


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it. Money in rial; `reasons` as `why.told` makes them, the draft's first."""

    total: int
    discount: int
    credit: int
    points: int
    to_pay: int
    is_new: bool
    reasons: Sequence[dict[str, Any]]


@post("/{mall_slug:str}/shop/offers/{draft_id:uuid}/try", include_in_schema=False, status_code=200)
async def draft_tried(
    shop_page: NamedDependency[PageContext], draft_id: FromPath[UUID], data: Fields
) -> Html:
    """A fragment, also when what was typed can't be read."""
    caller = shop_page.caller
    caller.require(OFFERS)
    context: dict[str, Any] = {"problem": "", "tried": None, "name": "", "assumes": ""}
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        draft = await find_draft(uow, caller.shop, draft_id)
        rule, replaces = draft.rule, draft.replaces
        row = await read_programme(uow, caller.shop)
        names = await shop_names(uow)
    context["name"] = rule["name"]
    others = [each for each in row.rules if each["name"] != rule["name"]]
    current = row.rules if named(row.rules, replaces) else others
    # Nobody can have activated what is not in force; what it would give them is the question.
    context["assumes"] = "activated" if rule.get("needs_activation") else ""
    tried = {key: value for key, value in rule.items() if key != "needs_activation"}
    rules = merged(current, current, tried, replaces if named(row.rules, replaces) else None)
    try:
        programme = compile_programme(row._replace(rules=rules))
        command = await _command(shop_page, data)
        desk = counter_for(shop_page.database).desk
        context["tried"] = await _tried(shop_page, desk, command, programme, rule["name"], names)
    except TimchehError as error:
        form = Form.refused({}, error, shop_page.locale)
        context["problem"] = form.message or next(iter(form.errors.values()))
    return shop_page.render("merchants/offers/_tried.html", context)


ROUTES: Final = (draft_tried,)


async def _command(page: PageContext, data: Fields) -> PurchaseCommand:
    """Raises Invalid for what can't be read; without a member it is somebody new who buys."""
    caller = page.caller
    texts = {line.name for line in typed_lines(data) if line.name}
    async with page.database.unit_of_work(caller.scope) as uow:
        goods = await find_goods(uow, caller.shop, texts)
        groups = await group_names(uow, caller.shop)
    entry = read_entry(data, goods, groups, page.unit)
    faults: list[FieldError] = [each for each in entry.faults if each.code != _NO_MEMBER]
    if faults:
        raise Invalid(errors=faults)
    return PurchaseCommand(
        till=Till(caller.mall_id, caller.shop, caller.id),
        member=entry.member or MemberRef(),
        lines=entry.lines,
        enrol=True,
        dry_run=True,
        coupon=normalise(data.get("coupon", ""))[:40] or None,
    )


async def _tried(
    page: PageContext,
    desk: Any,
    command: PurchaseCommand,
    programme: Programme,
    name: str,
    names: dict[UUID, str],
) -> Tried:
    limiter, till = page.services.limiter, command.till
    async with counting_misses(limiter, page.database, till, None, command.coupon):
        decision: Decision = await desk.try_out(command, programme)
    told = told_decision(page, decision, names)
    return Tried(
        decision.pricing.total,
        decision.pricing.discount,
        sum(earn.grant.amount for earn in decision.earns if earn.scope.unit == "rial"),
        sum(earn.grant.amount for earn in decision.earns if earn.scope.unit == "point"),
        decision.to_pay,
        not decision.is_customer,
        sorted(told, key=lambda reason: reason["rule"] != name),
    )
