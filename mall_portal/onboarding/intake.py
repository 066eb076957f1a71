"""What an administrator types to bring a shop on board, read and checked as a whole."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from merchants.facade import NewShop
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
from timcheh.web import numbers

CATEGORIES: Final = (
    "clothing",
    "flowers",
    "bakery",
    "books",
    "grocery",
    "beauty",
    "jewellery",
    "electronics",
    "home",
    "food",
    "sport",
    "toys",
    "health",
    "services",
    "other",
)
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_LONGEST: Final = 100
Check = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Intake:
    """A new shop with its owner and money, rial."""

    shop: NewShop
    owner_name: str
    owner_mobile: str
    credit_limit: int
    deposit: int


def read_intake(data: Mapping[str, str], display_unit: str) -> Intake:
    """Everything or nothing: raises Invalid with every field that is at fault."""
    faults: list[FieldError] = []

    def read(name: str, check: Check, *, optional: bool = False) -> str | None:
        given = normalise(data.get(name, "")).strip()
        if not given:
            if not optional:
                faults.append(FieldError(f"/{name}", "required"))
            return None
        if len(given) > _LONGEST:
            faults.append(FieldError(f"/{name}", "too_long", {"maximum": _LONGEST}))
            return None
        try:
            return check(given)
        except IdentifierError as error:
            faults.append(FieldError(f"/{name}", error.code))
            return None

    def money(name: str, *, optional: bool = False) -> int:
        try:
            return read_money(data, name, display_unit, optional=optional)
        except Invalid as error:
            faults.extend(error.errors)
            return 0

    identity = company_id if data.get("kind") == "company" else national_id
    shop = NewShop(
        name=read("name", str) or "",
        slug=read("slug", _slug) or "",
        category=read("category", str, optional=True),
        national_id=read("national_id", identity, optional=True),
        sheba=read("sheba", sheba, optional=True),
        owner_mobile=read("owner_mobile", mobile),
    )
    intake = Intake(
        shop,
        read("owner_name", str) or "",
        shop.owner_mobile or "",
        money("credit_limit"),
        money("deposit", optional=True),
    )
    if faults:
        raise Invalid(errors=faults)
    return intake


def read_money(
    data: Mapping[str, str], name: str, display_unit: str, *, optional: bool = False
) -> int:
    """An amount as people type it, in the mall's unit, as rial. Raises Invalid."""
    given = data.get(name, "")
    if optional and not given.strip():
        return 0
    return numbers.read_money(given, f"/{name}", MoneyUnit(display_unit))


def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text):
        raise IdentifierError("slug_format")
    return text
