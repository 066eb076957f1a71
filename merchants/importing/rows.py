"""One row of a file, read under a plan: what it says of a customer, or what is wrong with it.

Pure: it knows neither the database nor who is a customer already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from members.facade import FACTS, FactError, read_fact, read_past_day, read_words
from merchants.importing.columns import BALANCES, MOBILE
from merchants.profiles.fields import read_value
from merchants.profiles.models import CustomField
from merchants.purchases.command import MOST_MONEY
from timcheh.money import RIAL_PER_TOMAN
from timcheh.text.identifiers import IdentifierError, mobile
from timcheh.text.normalise import normalise, search_key

LONGEST_NAME: Final = 100
LONGEST_NOTE: Final = 1_000
_YES: Final = frozenset(map(search_key, ("بله", "بلی", "آری", "دارد", "yes", "true", "1")))
_NO: Final = frozenset(map(search_key, ("خیر", "نه", "ندارد", "no", "false", "0")))
_BLANKS: Final = frozenset({"", "-", "--", "—", "ندارد", "null", "n/a", "#n/a"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What each column is (by `columns.COLUMNS`, empty: left out), and how values are taken."""

    columns: Sequence[str]
    fields: Mapping[str, CustomField] = field(default_factory=dict)
    money_in_toman: bool = True


class Fault(NamedTuple):
    """What is wrong with one cell. `params` go into the text of `field-<code>`."""

    column: str
    code: str
    params: Mapping[str, Any]


@dataclass(slots=True)
class Person:
    """What a row says. `facts` holds only what it says at all; money in rial."""

    mobile: str
    name: str | None = None
    birthday: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    custom: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    consent: bool | None = None
    credit: int = 0
    points: int = 0

    def merge(self, later: "Person") -> None:
        """Takes from a later row of the same mobile what this one leaves open. Balances don't add
        up: a line that was copied must not double what someone has."""
        self.name = self.name or later.name
        self.birthday = self.birthday or later.birthday
        self.note = self.note or later.note
        self.consent = later.consent if self.consent is None else self.consent
        self.facts = {**later.facts, **self.facts}
        self.custom = {**later.custom, **self.custom}
        self.credit = self.credit or later.credit
        self.points = self.points or later.points


def is_blank(cells: Sequence[str]) -> bool:
    """Whether a row has nothing in it; such rows count as none at all."""
    return not any(cell and not cell.isspace() for cell in cells)


def read_row(
    cells: Sequence[str], plan: Plan, today: date
) -> tuple[Person | None, Sequence[Fault]]:
    """The person of a row, or all that is wrong with it. Only the mobile must be there."""
    texts = {
        code: text
        for code, cell in zip(plan.columns, cells, strict=False)
        if code and (text := cell.strip()) and text.casefold() not in _BLANKS
    }
    faults: list[Fault] = []
    person = Person("")

    def take(column: str, read: Any) -> Any:
        try:
            return read(texts[column])
        except (FactError, IdentifierError) as error:
            faults.append(Fault(column, error.code, getattr(error, "params", {})))
            return None

    if MOBILE in texts:
        person.mobile = take(MOBILE, mobile)
    else:
        faults.append(Fault(MOBILE, "required", {}))
    person.name = _name(texts, take)
    for column in texts.keys() - {MOBILE, "name", "first_name", "last_name"}:
        _take_column(person, column, plan, today, take)
    return (None, sorted(faults)) if faults else (person, ())


def _take_column(person: Person, column: str, plan: Plan, today: date, take: Any) -> None:
    if column in FACTS:
        person.facts[column] = take(column, lambda text: read_fact(column, text, today))
    elif column in plan.fields:
        one = plan.fields[column]
        person.custom[str(one.id)] = take(column, lambda text: read_value(one, text))
    elif column == "birthday":
        person.birthday = take(column, lambda text: read_past_day(text, today))
    elif column == "note":
        person.note = take(column, lambda text: read_words(text, longest=LONGEST_NOTE))
    elif column == "consent":
        person.consent = take(column, _yes_no)
    elif column in BALANCES:
        rial = RIAL_PER_TOMAN if column == "credit" and plan.money_in_toman else 1
        setattr(person, column, take(column, lambda text: _amount(text, rial)) or 0)


def _name(texts: Mapping[str, str], take: Any) -> str | None:
    def words(text: str) -> str:
        return read_words(text, longest=LONGEST_NAME)

    if "name" in texts:
        name: str | None = take("name", words)
        return name
    parts = [take(part, words) for part in ("first_name", "last_name") if part in texts]
    return " ".join(filter(None, parts)) or None


def _yes_no(text: str) -> bool:
    word = search_key(text[:20])
    if word not in _YES | _NO:
        raise FactError("yes_or_no")
    return word in _YES


def _amount(text: str, times: int) -> int:
    plain = normalise(text[:50]).replace("٬", "").replace(",", "").replace("٫", ".")
    plain = plain.replace("تومان", "").replace("ریال", "").strip()
    try:
        amount = Decimal(plain) * times
    except InvalidOperation:
        raise FactError("not_a_number") from None
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise FactError("not_a_number")
    if not 0 <= amount <= MOST_MONEY:
        raise FactError("amount_out_of_range")
    return int(amount)
