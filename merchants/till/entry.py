"""What is typed at the till, read into what the purchase desk takes."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec

from merchants.catalogue.queries import Good
from merchants.concessions.giving import LONGEST_REASON, SHORTEST_REASON, ConcessionAsked
from merchants.purchases.command import LineAsked, MemberRef, SpendAsked
from timcheh.errors import FieldError, Invalid
from timcheh.money import MoneyUnit
from timcheh.rules import line_total
from timcheh.rules.schema_limits import COUPON_MAXIMUM
from timcheh.text.cards import member_number
from timcheh.text.digits import digits_to_latin
from timcheh.text.identifiers import IdentifierError, mobile
from timcheh.text.normalise import normalise
from timcheh.web.numbers import read_money, read_percent, read_quantity

MOST_LINES: Final = 200
_LINE: Final = re.compile(r"lines-(\d{1,6})-(?:name|quantity|price|colleague|off)", re.ASCII)
_LONGEST_NAME: Final = 200
_MOBILE_DIGITS: Final = 14  # +98 912 345 6789 and what stands for the plus


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A row of the form as it was typed; `n` is its number there."""

    n: int
    name: str
    quantity: str
    price: str
    colleague: str = ""
    off: str = ""

    @property
    def blank(self) -> bool:
        return not self.name and not self.price


@dataclass(frozen=True, slots=True)
class Entry:
    """A sale as far as it can be read. `faults` by the form's own fields (`/lines-0-price`).

    `total` in rial at the catalogue's prices: what it comes to before anyone is known.
    """

    member: MemberRef | None
    lines: tuple[LineAsked, ...]
    spend: SpendAsked
    coupon: str | None
    faults: tuple[FieldError, ...]
    total: int = 0
    concession: ConcessionAsked | None = None

    def digest(self, branch: object) -> bytes:
        """What is asked, so that one form is never taken for two different sales."""
        return sha256(
            msgspec.json.encode(
                [self.member, self.lines, self.spend, self.coupon, str(branch), self.concession]
            )
        ).digest()


def typed_lines(fields: Mapping[str, str]) -> list[TypedLine]:
    """The rows of the form in order, the blank ones too. Raises Invalid for too many."""
    numbers = sorted({int(found[1]) for name in fields if (found := _LINE.fullmatch(name))})
    if len(numbers) > MOST_LINES:
        raise Invalid.field("/lines-0-name", "too_many", maximum=MOST_LINES)

    def field(n: int, name: str) -> str:
        return normalise(fields.get(f"lines-{n}-{name}", ""))[:_LONGEST_NAME]

    return [
        TypedLine(
            n,
            field(n, "name"),
            field(n, "quantity"),
            field(n, "price"),
            field(n, "colleague"),
            field(n, "off"),
        )
        for n in numbers
    ]


def renumbered(fields: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """The form's values with its rows numbered from 0, blank ones left out; and how many."""
    values = {name: value for name, value in fields.items() if not _LINE.fullmatch(name)}
    kept = [line for line in typed_lines(fields) if not line.blank]
    for n, line in enumerate(kept):
        for name in ("name", "quantity", "price", "colleague", "off"):
            values[f"lines-{n}-{name}"] = fields.get(f"lines-{line.n}-{name}", "")
    return values, max(1, len(kept))


def read_entry(
    fields: Mapping[str, str],
    goods: Mapping[str, Good],
    groups: Collection[str],
    unit: MoneyUnit,
    *,
    may_price: bool = True,
) -> Entry:
    """Reads the form; what can't be read is among the faults. `goods` by what names them.

    `may_price`: whether this person may sell a good for another price than its own.
    """
    faults: list[FieldError] = []
    why = normalise(fields.get("off_reason", ""))[:LONGEST_REASON].strip()
    lines = []
    for line in typed_lines(fields):
        if not line.blank:
            try:
                lines.append(_line(line, goods, groups, unit, why, may_price=may_price))
            except Invalid as error:
                faults += error.errors
    if not lines and not faults:
        faults.append(FieldError("/lines-0-price", "price_required", {}))
    member = None
    try:
        member = read_member(fields.get("member", ""))
    except IdentifierError as error:
        faults.insert(0, FieldError("/member", error.code, {}))
    except Invalid as error:
        faults[:0] = error.errors
    spend = SpendAsked(
        credit="max" if fields.get("spend_credit") else None,
        points="max" if fields.get("spend_points") else None,
        wallet="max" if fields.get("spend_wallet") else None,
        gift_card=_gift_card(fields.get("gift_card", ""), faults),
    )
    coupon = normalise(fields.get("coupon", ""))[:COUPON_MAXIMUM] or None
    whole = None
    try:
        whole = _off(normalise(fields.get("off", "")), "/off", unit, why)
    except Invalid as error:
        faults += error.errors
    given = whole is not None or any(line.concession for line in lines)
    if given and len(why) < SHORTEST_REASON:
        faults.append(FieldError("/off_reason", "off_reason_required", {}))
    return Entry(member, tuple(lines), spend, coupon, tuple(faults), _total(lines, goods), whole)


def _total(lines: Collection[LineAsked], goods: Mapping[str, Good]) -> int:
    usual = {good.sku: good.price for good in goods.values()}
    return sum(
        line_total(
            line.quantity_milli,
            usual.get(line.sku or "", 0) if line.unit_price is None else line.unit_price,
        )
        for line in lines
    )


def _gift_card(text: str, faults: list[FieldError]) -> str | None:
    """A gift card's number; none where nothing was typed or it can't be read."""
    if not text.strip():
        return None
    try:
        return member_number(text)
    except IdentifierError as error:
        bank = error.code == "bank_card_refused"
        faults.append(FieldError("/gift_card", error.code if bank else "gift_number_invalid", {}))
        return None


def read_member(text: str) -> MemberRef:
    """A mobile, a member number, or a swiped card. Raises IdentifierError, or Invalid if empty."""
    plain = digits_to_latin(text).strip()
    if not plain:
        raise Invalid.field("/member", "member_required")
    digits = re.sub(r"\D", "", plain)
    if plain[0] in "%;" or len(digits) > _MOBILE_DIGITS:
        return MemberRef(card=member_number(text))
    return MemberRef(mobile=mobile(text))


def looks_whole(text: str) -> bool:
    """Whether enough is typed that a fault in it is worth telling before it is sent."""
    return len(re.sub(r"\D", "", digits_to_latin(text))) >= len("09120000000")


def _line(
    line: TypedLine,
    goods: Mapping[str, Good],
    groups: Collection[str],
    unit: MoneyUnit,
    why: str,
    *,
    may_price: bool,
) -> LineAsked:
    good = goods.get(line.name)
    where = f"/lines-{line.n}-price"
    quantity = read_quantity(line.quantity or "1", f"/lines-{line.n}-quantity")
    price = read_money(line.price, where, unit) if line.price else None
    if good is not None and price == good.price:
        price = None  # filled in by the page: the customer's own list may have a lower one
    if price is None and good is None:
        raise Invalid.field(where, "price_required")
    if price is not None and good is not None and not may_price:
        raise Invalid.field(where, "price_not_yours")
    colleague, off = _colleague(line), _off(line.off, f"/lines-{line.n}-off", unit, why)
    if good is not None:
        return LineAsked(quantity, price, good.sku, good.name, good.group, colleague, off)
    group = line.name if line.name in groups else None
    return LineAsked(quantity, price, None, line.name or None, group, colleague, off)


def _off(typed: str, where: str, unit: MoneyUnit, why: str) -> ConcessionAsked | None:
    """What is taken off: a share with its sign (`۵٪`), else an amount."""
    if not typed:
        return None
    if "%" in typed or "٪" in typed:
        return ConcessionAsked(why, bps=read_percent(typed, where, 1))
    amount = read_money(typed, where, unit)
    if not amount:
        raise Invalid.field(where, "not_positive")
    return ConcessionAsked(why, amount=amount)


def _colleague(line: TypedLine) -> UUID | None:
    try:
        return UUID(line.colleague) if line.colleague else None
    except ValueError:
        raise Invalid.field(f"/lines-{line.n}-colleague", "unknown_colleague") from None
