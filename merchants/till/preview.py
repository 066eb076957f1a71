"""What a sale will come to, before it is made: the desk's own decision, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from merchants.customers.service import find_customer
from merchants.purchases.cardkinds import reason_of
from merchants.purchases.command import LineAsked, MemberRef, PurchaseCommand, Till
from merchants.purchases.counter import counter_for
from merchants.purchases.decision import Decision, NewMember
from merchants.purchases.desk import Done
from merchants.purchases.guessing import counting_misses
from merchants.purchases.showing import money, value_text
from merchants.purchases.spending import Draw
from merchants.purchases.why import told_decision
from merchants.purchases.withdrawable import Withheld, credit_here
from merchants.till.entry import Entry
from merchants.wishes.service import wishes_of
from timcheh.calendar import DateStyle, format_date
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.errors.texts import error_detail
from timcheh.rules import Standing
from timcheh.web.pages import PageContext

_TAIL: Final = 4
# Someone is looked up before anything is in the basket: an empty line of no value stands in.
_NOTHING: Final = LineAsked(1000, 0)
_UNACTIVATED: Final = Standing.NOT_ACTIVATED


@dataclass(frozen=True, slots=True)
class Who:
    """The member at the till; `name` and `is_customer` as this shop knows them."""

    name: str
    tail: str
    enrols: bool
    is_customer: bool
    card: str = ""  # what their card is, where it doesn't let them do everything
    wishes: frozenset[str] = frozenset()  # offers that they marked


@dataclass(frozen=True, slots=True)
class Spendable:
    """What fits this basket: credit and points, rial, and the points' number."""

    credit: int
    points: int
    points_value: int
    current: int = 0  # rial credit held here, also what can't be spent just now
    withdrawable: int = 0  # what of it can
    rest: Sequence[str] = ()  # why not the rest, in words
    lots: Sequence["Part"] = ()  # whose it is, and until when


@dataclass(frozen=True, slots=True)
class Part:
    """Something spent or earned. `amount` in its unit, `value` in rial."""

    text: str
    unit: str
    amount: int
    value: int
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The context of `merchants/till/_preview.html`."""

    member: Who | None = None
    problem: str = ""
    total: int = 0
    discount: int = 0
    spent_value: int = 0
    to_pay: int = 0
    vat_added: int = 0
    listed: Sequence[Mapping[str, object]] = ()
    spendable: Spendable | None = None
    spent: Sequence[Part] = ()
    earned: Sequence[Part] = ()
    reasons: Sequence[Mapping[str, Any]] = ()
    missed: int = 0
    near: Sequence[Mapping[str, Any]] = ()
    needs_approval: bool = False
    waiting: Sequence[str] = ()  # offers that they need only activate
    active: Sequence[str] = ()  # that they get because they have


def command_of(
    entry: Entry,
    till: Till,
    member: MemberRef,
    *,
    dry_run: bool,
    key: str | None = None,
    agreed_by: UUID | None = None,
) -> PurchaseCommand:
    """The command of an entry. A mobile that nobody has is enrolled by its first purchase."""
    return PurchaseCommand(
        till=till,
        member=member,
        lines=entry.lines,
        spend=entry.spend,
        coupon=entry.coupon,
        concession=entry.concession,
        agreed_by=agreed_by,
        enrol=member.mobile is not None,
        dry_run=dry_run,
        key=key,
        fingerprint=entry.digest(till.branch_id),
    )


async def preview(
    page: PageContext, entry: Entry, till: Till, names: Mapping[UUID, str]
) -> Preview:
    """What the entry would come to now; a refusal becomes the preview's `problem`."""
    total = entry.total
    if entry.member is None:
        return Preview(total=total, to_pay=total)
    asked = replace(entry, lines=entry.lines or (_NOTHING,))
    try:
        decision = await decide_entry(page, asked, till, entry.member)
        fits = await _what_fits(page, asked, till, decision, names, basket=bool(entry.lines))
    except TimchehError as error:
        return Preview(problem=error_detail(error, page.locale), total=total, to_pay=total)
    who = await _who(page, decision)
    told = told_decision(page, decision, names) if entry.lines else []
    reasons = [reason | {"wished": reason["rule"] in who.wishes} for reason in told]
    return Preview(
        member=who,
        total=decision.pricing.total,
        discount=decision.pricing.discount,
        spent_value=decision.spent_value,
        to_pay=decision.to_pay + decision.vat_added,
        vat_added=decision.vat_added,
        listed=[
            {"name": good.name, "list": good.list, "price": good.price}
            for good in decision.goods.values()
            if good.list
        ],
        spendable=fits,
        spent=spent_parts(page, decision, names),
        earned=_earned_parts(page, decision) if entry.lines else (),
        reasons=reasons,
        missed=sum(reason["outcome"] == "not_applied" for reason in reasons),
        near=[reason for reason in reasons if reason["near"]],
        needs_approval=decision.needs_approval,
        waiting=waiting_of(decision) if entry.lines else (),
        active=active_of(decision) if entry.lines else (),
    )


def waiting_of(decision: Decision) -> list[str]:
    """The offers that lack nothing but the member's activating them; none for somebody new."""
    if isinstance(decision.member, NewMember):
        return []
    return [v.compiled.name for v in decision.pricing.verdicts if v.standing is _UNACTIVATED]


def active_of(decision: Decision) -> list[str]:
    """The offers that apply because the member has activated them."""
    return [
        verdict.compiled.name
        for verdict in decision.pricing.verdicts
        if verdict.standing is Standing.MATCHED and verdict.compiled.rule.needs_activation
    ]


def spent_parts(page: PageContext, decision: Decision, names: Mapping[UUID, str]) -> list[Part]:
    """What is spent, by issuer; points of one pool are one sum whoever gave them.

    `until` is when the first of it would have ended.
    """
    found: dict[tuple[str, UUID], list[Draw]] = {}
    for spend in decision.spends:
        lot = spend.draw.lot
        whose = lot.issuer_id if lot.unit == "rial" else lot.scope_id
        found.setdefault((lot.unit, whose), []).append(spend.draw)
    parts = []
    for (unit, whose), draws in found.items():
        amount = sum(draw.amount for draw in draws)
        text = _spent_text(page, unit, amount, names.get(whose, ""))
        until = min((d.lot.expires_at for d in draws if d.lot.expires_at), default=None)
        parts.append(Part(text, unit, amount, sum(draw.value for draw in draws), until))
    return parts


def _spent_text(page: PageContext, unit: str, amount: int, issuer: str) -> str:
    if unit == "rial":
        return page.text("purchase-credit-of", shop=issuer)
    return value_text(page, unit, amount) if unit == "point" else page.text("scope-wallet")


def _earned_parts(page: PageContext, decision: Decision) -> list[Part]:
    return [
        Part(
            page.text(f"scope-{earn.scope.kind}"),
            earn.scope.unit,
            earn.grant.amount,
            earn.value,
            earn.expires_at,
        )
        for earn in decision.earns
    ]


async def _what_fits(
    page: PageContext,
    entry: Entry,
    till: Till,
    decision: Decision,
    names: Mapping[UUID, str],
    *,
    basket: bool,
) -> Spendable:
    """The most of each that this basket takes, whatever is asked to be spent."""
    if entry.spend.credit and entry.spend.points:
        most = decision
    else:
        everything = replace(entry, spend=replace(entry.spend, credit="max", points="max"))
        member = decision.command.member
        most = await decide_entry(page, everything, till, member)
    draws = [spend.draw for spend in most.spends]
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        held = await credit_here(uow, most, basket=basket)
    return Spendable(
        credit=sum(draw.value for draw in draws if draw.lot.unit == "rial"),
        points=sum(draw.amount for draw in draws if draw.lot.unit == "point"),
        points_value=sum(draw.value for draw in draws if draw.lot.unit == "point"),
        current=held.current if held else 0,
        withdrawable=held.withdrawable if held else 0,
        rest=[_withheld(page, each) for each in held.rest] if held else (),
        lots=spent_parts(page, most, names),
    )


def _withheld(page: PageContext, each: Withheld) -> str:
    day = format_date(each.begins, page.locale, DateStyle.DAY) if each.begins else ""
    code = each.code.replace("_", "-")
    return page.text(f"till-rest-{code}", amount=money(page, each.amount), day=day)


async def decide_entry(page: PageContext, entry: Entry, till: Till, member: MemberRef) -> Decision:
    """What an entry would come to; nothing is kept. Raises as a purchase does."""
    command = command_of(entry, till, member, dry_run=True)
    limiter, card = page.services.limiter, command.spend.gift_card
    async with counting_misses(limiter, page.database, command.till, card, command.coupon):
        done = await counter_for(page.database).desk.purchase(command, page.locale)
    assert isinstance(done, Done)  # a dry run has no key that could have been answered before
    return done.decision


async def _who(page: PageContext, decision: Decision) -> Who:
    """Who it is. A shop learns the name of its own customers only."""
    member = decision.member
    if isinstance(member, NewMember):
        return Who("", "", enrols=True, is_customer=False)
    less = reason_of(member.card_kind, 0)
    card = page.text(f"card-kind-{member.card_kind}") if less else ""
    tail = member.number[-_TAIL:]
    if not decision.is_customer:
        return Who("", tail, enrols=False, is_customer=False, card=card)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        customer = await find_customer(uow, page.caller.shop, member.id)
        wishes = await wishes_of(uow, member.id, [page.caller.shop])
    name = customer.name or page.digits(customer.mobile)
    rules = decision.pricing.ruleset.by_name
    # What is to be activated says so itself.
    asked = {name for name, rule in rules.items() if rule.needs_activation}
    marked = frozenset(rule for _, rule in wishes) - asked
    return Who(name, tail, enrols=False, is_customer=True, card=card, wishes=marked)
