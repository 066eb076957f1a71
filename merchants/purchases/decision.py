"""Deciding a purchase: discounts, then what is spent, then what is earned. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from merchants.caps.room import CreditRoom
from merchants.catalogue.terms import SoldGood, with_terms_of
from merchants.colleagues.terms import commission_of
from merchants.concessions.giving import Conceded, ConcessionAsked, concede, reasons_of
from merchants.concessions.room import ConcessionRoom
from merchants.programme.book import Programme, ScopeTerms, default_end
from merchants.purchases.cardkinds import reason_of, rules_for, spending_for
from merchants.purchases.command import MOST_MONEY, LineAsked, PurchaseCommand
from merchants.purchases.errors import (
    CouponUnknown,
    MemberBlocked,
    MemberNotFound,
    MerchantSuspended,
)
from merchants.purchases.quote import KnownMember, Quote
from merchants.purchases.spending import Draw, plan_spending, share_over_lines
from merchants.shops.errors import BranchClosed
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.money import largest_remainder
from timcheh.rules import (
    Accrual,
    BasketLine,
    Pricing,
    Reason,
    Visitor,
    accrue,
    build_facts,
    coupon_key,
    deadline,
    held_out,
    newly_entitled,
    price,
)
from timcheh.rules import Grant as RuleGrant


@dataclass(frozen=True, slots=True)
class NewMember:
    """Someone whom this sale enrols."""

    id: UUID
    number: str
    mobile: str


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A line with everything settled on it, rial."""

    line: BasketLine
    sku: str | None
    name: str | None
    group: str | None
    discount: int
    spent_value: int
    paid: int
    colleague_id: UUID | None = None
    commission: int = 0


@dataclass(frozen=True, slots=True)
class DecidedSpend:
    """A draw with its parts per line: of the amount in the lot's unit, and of the value in rial."""

    draw: Draw
    shares: list[int]
    value_shares: list[int]


@dataclass(frozen=True, slots=True)
class DecidedEarn:
    """A lot to be granted."""

    lot_id: UUID
    grant: RuleGrant
    scope: ScopeTerms
    available_from: datetime
    expires_at: datetime | None

    @property
    def value(self) -> int:
        """Rial: what the member could buy with it."""
        is_points = self.scope.unit == "point"
        return self.grant.amount * (self.scope.redeem_price if is_points else 1)


@dataclass(frozen=True, slots=True)
class Entitled:
    """A one-time rule that begins for the member here, or is used here, or both."""

    rule: str
    held_out: bool
    opened_at: datetime
    expires_at: datetime
    used: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A purchase that only needs to be written. Money in rial."""

    id: UUID
    command: PurchaseCommand
    member: KnownMember | NewMember
    pricing: Pricing
    accrual: Accrual
    lines: tuple[DecidedLine, ...]
    spends: tuple[DecidedSpend, ...]
    earns: tuple[DecidedEarn, ...]
    entitled: tuple[Entitled, ...]
    occurred_at: datetime
    at: datetime
    expires_at: datetime | None
    goods: Mapping[str, SoldGood]
    credit_room: CreditRoom | None = None
    conceded: tuple[Conceded, ...] = ()
    concession_room: ConcessionRoom | None = None
    vat_bps: int | None = None
    vat_added: int = 0
    approve_above: int | None = None

    def reasons(self) -> list[Reason]:
        """Why: each rule, what the seller took off, and what the member's card doesn't carry."""
        version = self.pricing.ruleset.version
        return [
            *self.accrual.reasons(),
            *reasons_of(self.conceded, version),
            *reason_of(self.card_kind, version),
        ]

    @property
    def card_kind(self) -> str | None:
        """What the member's card lets them do here."""
        return self.member.card_kind if isinstance(self.member, KnownMember) else None

    @property
    def commission(self) -> int:
        """What the lines' colleagues earn together."""
        return sum(line.commission for line in self.lines)

    @property
    def credit_spent(self) -> int:
        """Rial credit, without gift cards."""
        draws = (spend.draw for spend in self.spends)
        return sum(d.value for d in draws if d.lot.unit == "rial" and not d.lot.is_gift)

    @property
    def member_value(self) -> int:
        """Rial of what is the member's own: a gift card is whoever's who holds it."""
        return sum(spend.draw.value for spend in self.spends if not spend.draw.lot.is_gift)

    @property
    def needs_approval(self) -> bool:
        """Whether so much is spent here only with the member's approval."""
        return self.approve_above is not None and self.member_value > self.approve_above

    @property
    def spent_value(self) -> int:
        return sum(spend.draw.value for spend in self.spends)

    @property
    def to_pay(self) -> int:
        return self.pricing.net - self.spent_value

    @property
    def is_customer(self) -> bool:
        return isinstance(self.member, KnownMember) and self.member.is_customer


def decide(
    command: PurchaseCommand,
    quote: Quote,
    programme: Programme,
    newcomer: NewMember | None,
    at: datetime,
    hold_for: timedelta,
) -> Decision:
    """What this purchase comes to at the moment `at`.

    `newcomer` is who is enrolled if the member is not known and the till may enrol. Raises
    MemberNotFound, MemberBlocked, MerchantSuspended, NotFound (branch), BranchClosed,
    InsufficientValue, ConcessionTooMuch, CardKindRefuses, and Invalid for a basket that comes to
    more than MOST_MONEY or would earn more.
    """
    if quote.branch_state is None:
        raise NotFound
    if quote.branch_state == "closed":
        raise BranchClosed
    if not quote.merchant_active:
        raise MerchantSuspended
    member = quote.member or newcomer
    if member is None:
        raise MemberNotFound
    if isinstance(member, KnownMember) and member.blocked:
        raise MemberBlocked
    occurred_at = command.occurred_at or at
    named = _named_lines(command, quote)
    visitor = _visitor(command, quote, programme, member)
    pricing = _price(quote, programme, [line for line, *_ in named], occurred_at, visitor)
    _bound(pricing.total)
    pricing, conceded = concede(
        pricing, _conceding(command), command.concession, quote.concession_room
    )
    draws = plan_spending(
        quote.lots,
        spending_for(quote.member.card_kind if quote.member else None, command.spend),
        pricing.net,
        command.till.merchant_id,
        quote.own_max_share_bps,
        quote.credit_room,
    )
    paid = pricing.paid_after(sum(draw.value for draw in draws))
    accrual = accrue(
        pricing,
        paid,
        point_prices=programme.issue_prices,
        debt=quote.member.debt if quote.member else 0,
    )
    return Decision(
        id=new_id(),
        command=command,
        member=member,
        pricing=pricing,
        accrual=accrual,
        lines=tuple(_lines(command, quote, named, pricing, paid)),
        spends=tuple(_spends(draws, pricing, paid)),
        earns=tuple(_earns(accrual, programme, occurred_at, at)),
        entitled=tuple(_entitled(programme, pricing, accrual, visitor)),
        occurred_at=occurred_at,
        at=at,
        expires_at=at + hold_for if command.manual else None,
        goods=quote.goods,
        credit_room=quote.credit_room,
        conceded=conceded,
        concession_room=quote.concession_room,
        vat_bps=quote.vat.bps if quote.vat else None,
        vat_added=quote.vat.added_to(pricing.net) if quote.vat else 0,
        approve_above=quote.approve_above,
    )


def _bound(amount: int) -> None:
    if amount > MOST_MONEY:
        raise Invalid.field("/lines", "above_maximum", maximum=MOST_MONEY)


def _conceding(command: PurchaseCommand) -> dict[int, ConcessionAsked]:
    asked = ((n, line.concession) for n, line in enumerate(command.lines))
    return {n: concession for n, concession in asked if concession is not None}


_Named = tuple[BasketLine, str | None, str | None, str | None]


def _named_lines(command: PurchaseCommand, quote: Quote) -> list[_Named]:
    """Lines with name, group and price from the shop's catalogue where the till left them out."""
    named = []
    for index, asked in enumerate(command.lines):
        good = quote.goods.get(asked.sku or "")
        name, group, price = asked.name, asked.group, asked.unit_price
        if good is not None:
            name, group = name or good.name, group or good.group
            price = _price_of(good, index) if price is None else price
        if price is None:
            raise Invalid.field(f"/lines/{index}/unit_price", "price_required")
        line = BasketLine.of(index, asked.quantity_milli, price, sku=asked.sku, group=group)
        named.append((line, asked.sku, name, group))
    return named


def _price_of(good: SoldGood, index: int) -> int:
    if not good.active:
        raise Invalid.field(f"/lines/{index}/sku", "not_on_sale")
    return good.price


def _visitor(
    command: PurchaseCommand, quote: Quote, programme: Programme, member: KnownMember | NewMember
) -> Visitor:
    """Raises CouponUnknown for a code that no offer of the shop has."""
    coupon = coupon_key(command.coupon) if command.coupon else None
    if coupon is not None and coupon not in programme.ruleset.coupons:
        raise CouponUnknown
    subject = f"{command.till.merchant_id}{member.id}"
    return Visitor(subject, quote.entitlements, coupon, quote.activated)


def _entitled(
    programme: Programme, pricing: Pricing, accrual: Accrual, visitor: Visitor
) -> Iterator[Entitled]:
    if not programme.ruleset.once:
        return
    now, gave = pricing.facts.now, set(accrual.gave())
    begun = {each.name: each for each in newly_entitled(programme.ruleset, pricing.facts, visitor)}
    for compiled in programme.ruleset.once:
        rule, held = compiled.rule, visitor.entitlements.get(compiled.name)
        used = compiled.name in gave
        assert rule.once is not None
        if compiled.name in begun:
            opened, expires = now, deadline(now, rule.once.within_days)
        elif held is not None and used:
            opened, expires = held.opened_at, held.expires_at
        else:
            continue
        out = rule.holdout_bps is not None and held_out(
            visitor.subject, rule.name, rule.holdout_bps
        )
        yield Entitled(rule.name, out, opened, expires, used)


def _price(
    quote: Quote,
    programme: Programme,
    basket: Sequence[BasketLine],
    occurred_at: datetime,
    visitor: Visitor,
) -> Pricing:
    member = quote.member
    facts = build_facts(
        basket,
        occurred_at,
        customer=member.facts if member else None,
        birthday=member.birthday if member else None,
        customer_of=member.customer_of if member else (),
    )
    ruleset = with_terms_of(programme.ruleset, quote.goods.values())
    ruleset = rules_for(member.card_kind if member else None, ruleset)
    return price(ruleset, basket, facts, quote.usage, visitor)


def _lines(
    command: PurchaseCommand,
    quote: Quote,
    named: Sequence[_Named],
    pricing: Pricing,
    paid: Sequence[int],
) -> list[DecidedLine]:
    return [
        DecidedLine(
            line,
            sku,
            name,
            group,
            discount,
            net - left,
            left,
            asked.colleague_id,
            _commission(asked, quote, line, group, net),
        )
        for asked, (line, sku, name, group), discount, net, left in zip(
            command.lines,
            named,
            pricing.discount_per_line,
            pricing.net_per_line,
            paid,
            strict=True,
        )
    ]


def _commission(
    asked: LineAsked, quote: Quote, line: BasketLine, group: str | None, net: int
) -> int:
    """Of what the line comes to after discounts, however it is paid."""
    if asked.colleague_id is None:
        return 0
    terms = quote.colleagues.get(asked.colleague_id)
    if terms is None:
        raise Invalid.field(f"/lines/{line.index}/colleague_id", "unknown_colleague")
    return commission_of(terms, group, net, line.quantity_milli)


def _spends(draws: Sequence[Draw], pricing: Pricing, paid: Sequence[int]) -> list[DecidedSpend]:
    spent = [net - left for net, left in zip(pricing.net_per_line, paid, strict=True)]
    value_shares = share_over_lines([draw.value for draw in draws], spent)
    return [
        DecidedSpend(
            draw,
            shares if draw.lot.price == 1 else largest_remainder(draw.amount, shares),
            shares,
        )
        for draw, shares in zip(draws, value_shares, strict=True)
    ]


def _earns(
    accrual: Accrual, programme: Programme, occurred_at: datetime, at: datetime
) -> list[DecidedEarn]:
    earned = []
    for grant in accrual.grants:
        if grant.amount > 0:
            scope = programme.scope(grant.scope, grant.unit)
            _bound(grant.amount * max(scope.issue_price, 1))
            expires_at = _expiry(grant, scope, occurred_at)
            earned.append(DecidedEarn(new_id(), grant, scope, at, expires_at))
    return earned


def _expiry(grant: RuleGrant, scope: ScopeTerms, occurred_at: datetime) -> datetime | None:
    """The rule's days from the sale, or the scope's Jalali months to the end of that day."""
    if grant.expires_in_days is not None:
        return occurred_at + timedelta(days=grant.expires_in_days)
    return default_end(scope.lot_months, occurred_at)
