"""A shop's own fields of its customers: making them, and reading what is typed into them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, update

from members.facade import FactError, read_words
from merchants.profiles.models import CustomField
from timcheh.calendar import BadDate, DateStyle, format_date, read_day
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid, NotFound
from timcheh.ids import new_id
from timcheh.text.digits import format_number
from timcheh.text.locale import Locale
from timcheh.text.normalise import normalise, search_key

KINDS: Final = ("text", "number", "date", "choice", "yes_no")
MOST: Final = 40
MOST_CHOICES: Final = 30
LONGEST_LABEL: Final = 60
_YES: Final = frozenset(map(search_key, ("yes", "true", "1", "بله", "بلی", "آری", "دارد", "هست")))
_NO: Final = frozenset(map(search_key, ("no", "false", "0", "خیر", "نه", "ندارد", "نیست")))
_GREATEST: Final = Decimal(10) ** 15


async def list_fields(uow: UnitOfWork, merchant_id: UUID) -> Sequence[CustomField]:
    """The fields in use, in the shop's order."""
    rows = await uow.session.scalars(
        select(CustomField)
        .where(
            CustomField.mall_id == uow.scope.mall_id,
            CustomField.merchant_id == merchant_id,
            CustomField.ended_at.is_(None),
        )
        .order_by(CustomField.position, CustomField.id)
    )
    return list(rows)


async def add_field(
    uow: UnitOfWork, merchant_id: UUID, label: str, kind: str, choices: Sequence[str]
) -> CustomField:
    """Raises Invalid: an empty or taken label, a kind we don't have, choices that are missing."""
    fields = await list_fields(uow, merchant_id)
    label = normalise(label)
    if not label:
        raise Invalid.field("/label", "required")
    if len(label) > LONGEST_LABEL:
        raise Invalid.field("/label", "too_long", maximum=LONGEST_LABEL)
    if any(search_key(field.label) == search_key(label) for field in fields):
        raise Invalid.field("/label", "label_taken")
    if kind not in KINDS:
        raise Invalid.field("/kind", "invalid")
    if kind == "choice" and not 2 <= len(choices) <= MOST_CHOICES:
        raise Invalid.field("/choices", "choices_needed", maximum=MOST_CHOICES)
    if len(fields) >= MOST:
        raise Invalid.field("/label", "too_many", maximum=MOST)
    last = await uow.session.scalar(
        select(func.max(CustomField.position)).where(
            CustomField.mall_id == uow.scope.mall_id, CustomField.merchant_id == merchant_id
        )
    )
    field = CustomField(
        mall_id=uow.scope.mall_id,
        merchant_id=merchant_id,
        id=new_id(),
        label=label,
        kind=kind,
        choices=list(choices) if kind == "choice" else [],
        position=(last or 0) + 1,
        created_at=uow.now,
        ended_at=None,
    )
    uow.session.add(field)
    await uow.session.flush()
    return field


async def end_field(uow: UnitOfWork, merchant_id: UUID, field_id: UUID) -> None:
    """Asks for it no more; what was written stays. Raises NotFound."""
    ended: Any = await uow.session.execute(
        update(CustomField)
        .where(
            CustomField.mall_id == uow.scope.mall_id,
            CustomField.merchant_id == merchant_id,
            CustomField.id == field_id,
            CustomField.ended_at.is_(None),
        )
        .values(ended_at=uow.now)
    )
    if ended.rowcount != 1:
        raise NotFound


async def ask_again(uow: UnitOfWork, merchant_id: UUID, field_id: UUID) -> None:
    """Asks for it as before. Raises NotFound, Invalid where its label is another's by now."""
    field = await uow.session.get(CustomField, (uow.scope.mall_id, merchant_id, field_id))
    if field is None:
        raise NotFound
    others = await list_fields(uow, merchant_id)
    if any(search_key(each.label) == search_key(field.label) for each in others if each != field):
        raise Invalid.field("/label", "label_taken")
    field.ended_at = None
    await uow.session.flush()


def read_value(field: CustomField, text: str) -> Any:
    """What is stored, as JSON has it; None for a blank. Raises FactError."""
    if not text or text.isspace():
        return None
    return _READERS[field.kind](field, text)


def write_value(field: CustomField, value: Any, locale: Locale) -> str:
    """The text that `read_value` reads back."""
    if value is None:
        return ""
    if field.kind == "date":
        return format_date(date.fromisoformat(value), locale, DateStyle.SHORT)
    if field.kind == "number":
        return format_number(Decimal(str(value)), locale, grouped=False)
    if field.kind == "yes_no":
        return "yes" if value else "no"
    return str(value)


def _text(field: CustomField, text: str) -> str:
    return read_words(text)


def _number(field: CustomField, text: str) -> int | float:
    plain = normalise(text[:50]).replace("٬", "").replace(",", "").replace("٫", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise FactError("not_a_number") from None
    if not number.is_finite() or abs(number) >= _GREATEST:
        raise FactError("not_a_number")
    return int(number) if number == number.to_integral_value() else float(number)


def _date(field: CustomField, text: str) -> str:
    try:
        return read_day(text).isoformat()
    except BadDate:
        raise FactError("bad_date") from None


def _one_of(field: CustomField, text: str) -> str:
    wanted = search_key(text[:200])
    for choice in field.choices:
        if search_key(choice) == wanted:
            return choice
    raise FactError("not_a_choice", choices="، ".join(field.choices))


def _yes_no(field: CustomField, text: str) -> bool:
    word = search_key(text[:20])
    if word in _YES or word in _NO:
        return word in _YES
    raise FactError("yes_or_no")


_READERS: Final[Mapping[str, Any]] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "choice": _one_of,
    "yes_no": _yes_no,
}
