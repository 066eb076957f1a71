"""What an administrator types to bring a shop on board, read step by step.

Each step is read whole: `Invalid` names every field of it that is at fault. A row of a
spreadsheet is read by the same steps.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from merchants.facade import FIRST_RULES_SCOPES, TRADES, usual_in
from timcheh.calendar import BadDate, read_day
from timcheh.errors import FieldError, Invalid
from timcheh.money import MoneyUnit
from timcheh.text.identifiers import (
    IdentifierError,
    company_id,
    mobile,
    national_id,
    sheba,
)
from timcheh.text.normalise import normalise
from timcheh.web.numbers import read_money
from timcheh.web.reader import FormReader

STEPS: Final = ("shop", "owner", "terms", "rules", "team")
KINDS: Final = ("person", "company")
STAFF_ROLES: Final = ("cashier", "manager", "accountant", "owner")
MOST_BRANCHES: Final = 50
MOST_STAFF: Final = 20
_LONGEST: Final = 100
_MOST_DAYS: Final = 3_650
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the shop is. Without a slug one is made of its name; without branches it has one."""

    name: str
    slug: str
    trade: str
    national_id: str | None
    branches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who it belongs to, and where its money goes."""

    name: str
    mobile: str
    sheba: str | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the mall and the shop have agreed; rial, basis points, days both included."""

    credit_limit: int
    deposit: int
    fee_bps: int | None
    contract: str | None
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class FirstRules:
    """Of each purchase `bps` as credit, for `days`, spendable in `scope`; and further rules."""

    bps: int
    days: int
    scope: str
    extras: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone who will work there; without a branch in the whole shop."""

    name: str
    mobile: str
    role: str
    branch: str | None


@dataclass(frozen=True, slots=True)
class Intake:
    """A shop that can be opened. `rules` None: its owner will make them."""

    identity: Identity
    owner: Owner
    terms: Terms
    rules: FirstRules | None
    team: tuple[Colleague, ...] = ()


class IntakeReader(FormReader):
    """Identifiers and days, beside what every form has."""

    def identifier(
        self, name: str, check: Callable[[str], str], *, optional: bool = False
    ) -> str | None:
        """The stored form of what was typed; None if it is blank or at fault."""
        given = normalise(self.fields.get(name, "")[: 2 * _LONGEST])
        if not given:
            if not optional:
                self.fault(name, "required")
            return None
        try:
            return check(given)
        except IdentifierError as error:
            self.fault(name, error.code)
            return None

    def day(self, name: str) -> date | None:
        """A day in any usual form; None if blank."""
        text = self.fields.get(name, "").strip()
        if not text:
            return None
        try:
            return read_day(text)
        except BadDate:
            self.fault(name, "bad_date")
            return None

    def limit(self, name: str) -> int:
        """An amount that must be there and may be nothing."""
        return self.tried(name, lambda text, at: read_money(text, at, self.unit), 0)


def read_identity(fields: Typed, unit: MoneyUnit = MoneyUnit.TOMAN) -> Identity:
    """The step `shop`."""
    reader = IntakeReader(fields, unit)
    check = company_id if reader.choice("kind", KINDS) == "company" else national_id
    found = Identity(
        reader.text("name"),
        reader.identifier("slug", read_slug, optional=True) or "",
        reader.choice("trade", ("", *TRADES)),
        reader.identifier("national_id", check, optional=True),
        _branches(reader),
    )
    reader.check()
    return found


def read_owner(fields: Typed, unit: MoneyUnit = MoneyUnit.TOMAN) -> Owner:
    """The step `owner`."""
    reader = IntakeReader(fields, unit)
    found = Owner(
        reader.text("owner_name"),
        reader.mobile("owner_mobile") or "",
        reader.identifier("sheba", sheba, optional=True),
    )
    reader.check()
    return found


def read_terms(fields: Typed, unit: MoneyUnit) -> Terms:
    """The step `terms`."""
    reader = IntakeReader(fields, unit)
    blank = not fields.get("fee", "").strip()
    found = Terms(
        reader.limit("credit_limit"),
        reader.limit("deposit") if fields.get("deposit", "").strip() else 0,
        None if blank else reader.percent("fee", 0),
        reader.text("contract", optional=True) or None,
        reader.day("starts_on"),
        reader.day("ends_on"),
    )
    if found.starts_on and found.ends_on and found.ends_on < found.starts_on:
        reader.fault("ends_on", "not_after_start")
    reader.check()
    return found


def read_rules(fields: Typed, trade: str) -> FirstRules | None:
    """The step `rules`; of its extras only what the trade's margin bears is taken."""
    reader = IntakeReader(fields)
    if reader.choice("rules", ("template", "later")) == "later":
        return None
    found = FirstRules(
        reader.percent("percent"),
        reader.count("days", 1, _MOST_DAYS),
        reader.choice("scope", FIRST_RULES_SCOPES),
        tuple(name for name in usual_in(trade).extras if reader.ticked(f"extra-{name}")),
    )
    reader.check()
    return found


def read_team(fields: Typed, branches: Sequence[str], owner_mobile: str) -> tuple[Colleague, ...]:
    """The step `team`: rows without a name and a mobile are left out."""
    reader = IntakeReader(fields)
    seen = {owner_mobile}
    found = []
    for row in range(MOST_STAFF):
        at = f"staff-{row}"
        if not (fields.get(f"{at}-name", "").strip() or fields.get(f"{at}-mobile", "").strip()):
            continue
        colleague = Colleague(
            reader.text(f"{at}-name"),
            reader.identifier(f"{at}-mobile", mobile) or "",
            reader.choice(f"{at}-role", STAFF_ROLES),
            _branch(reader, f"{at}-branch", branches),
        )
        if colleague.mobile and colleague.mobile in seen:
            reader.fault(f"{at}-mobile", "staff_twice")
        seen.add(colleague.mobile)
        found.append(colleague)
    reader.check()
    return tuple(found)


def read_step(step: str, typed: Mapping[str, Typed], unit: MoneyUnit) -> object:
    """One step of a draft; what it needs of the others is read as far as it can be."""
    own = typed.get(step, {})
    match step:
        case "shop":
            return read_identity(own, unit)
        case "owner":
            return read_owner(own, unit)
        case "terms":
            return read_terms(own, unit)
        case "rules":
            return read_rules(own, typed.get("shop", {}).get("trade", ""))
        case _:
            return read_team(own, branches_of(typed), _owner_mobile(typed))


def read_intake(typed: Mapping[str, Typed], unit: MoneyUnit) -> Intake:
    """All steps: everything or nothing. Raises Invalid with every field that is at fault."""
    faults = [fault for step in STEPS for fault in faults_in(step, typed, unit)]
    if faults:
        raise Invalid(errors=faults)
    identity = read_identity(typed.get("shop", {}), unit)
    owner = read_owner(typed.get("owner", {}), unit)
    return Intake(
        identity,
        owner,
        read_terms(typed.get("terms", {}), unit),
        read_rules(typed.get("rules", {}), identity.trade),
        read_team(typed.get("team", {}), identity.branches, owner.mobile),
    )


def faults_in(step: str, typed: Mapping[str, Typed], unit: MoneyUnit) -> list[FieldError]:
    """What keeps a step from being whole."""
    try:
        read_step(step, typed, unit)
    except Invalid as error:
        return error.errors
    return []


def branches_of(typed: Mapping[str, Typed]) -> tuple[str, ...]:
    """The branches that a draft names so far."""
    return _lines(typed.get("shop", {}).get("branches", ""))


def read_sum(data: Typed, name: str, unit: str, *, optional: bool = False) -> int:
    """An amount as people type it, in the mall's unit, as rial. Raises Invalid."""
    given = data.get(name, "")
    if optional and not given.strip():
        return 0
    return read_money(given, f"/{name}", MoneyUnit(unit))


def _owner_mobile(typed: Mapping[str, Typed]) -> str:
    try:
        return mobile(typed.get("owner", {}).get("owner_mobile", ""))
    except IdentifierError:
        return ""


def _branches(reader: IntakeReader) -> tuple[str, ...]:
    names = _lines(reader.fields.get("branches", ""))
    if len(names) > MOST_BRANCHES:
        reader.fault("branches", "above_maximum", maximum=MOST_BRANCHES)
    if any(len(name) > _LONGEST for name in names):
        reader.fault("branches", "too_long", maximum=_LONGEST)
    return names


def _lines(text: str) -> tuple[str, ...]:
    """Each line once, in its order."""
    return tuple(dict.fromkeys(filter(None, map(normalise, text[:10_000].splitlines()))))


def _branch(reader: IntakeReader, name: str, branches: Sequence[str]) -> str | None:
    given = normalise(reader.fields.get(name, ""))
    if not given:
        return None
    if given not in branches:
        reader.fault(name, "not_a_choice", choices="، ".join(branches))
        return None
    return given


def read_slug(text: str) -> str:
    """A short name as addresses have it."""
    if not _SLUG.fullmatch(text):
        raise IdentifierError("slug_format")
    return text
