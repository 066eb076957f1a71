"""One field while it is typed: whether it is right, and what it means.

While it is too short to be judged nothing is said, until it is left: nobody likes to be corrected
in mid-word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from mall_portal.onboarding.intake import read_slug
from merchants.facade import Merchant
from timcheh.access.staff import find_staff
from timcheh.db import UnitOfWork
from timcheh.errors import FieldError
from timcheh.errors.texts import field_message
from timcheh.text.identifiers import (
    IdentifierError,
    company_id,
    mobile,
    national_id,
    sheba,
    sheba_bank_name,
)
from timcheh.text.normalise import normalise
from timcheh.web.pages import PageContext

CHECKED: Final = ("national_id", "sheba", "owner_mobile", "slug")
_LONGEST: Final = 100
_WHOLE: Final = {"national_id": 10, "company_id": 11, "sheba": 24, "owner_mobile": 10, "slug": 1}
"""Letters and digits from which on a field is judged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say under the field; `right` None: nothing to say yet."""

    right: bool | None = None
    words: str = ""


async def check_field(page: PageContext, uow: UnitOfWork, data: Mapping[str, str]) -> Verdict:
    """The field that `checked` names; `left` says that it isn't being typed any more."""
    name = data.get("checked", "")
    given = normalise(data.get(name, "")[:_LONGEST]) if name in CHECKED else ""
    kind = name
    if name == "national_id" and (data.get("kind") == "company" or _is_long(data, given)):
        kind = "company_id"
    if not given or not (data.get("left") or _is_whole(kind, given)):
        return Verdict()
    try:
        return await _judge(page, uow, kind, given)
    except IdentifierError as error:
        return Verdict(False, field_message(FieldError(f"/{name}", error.code), page.locale))


async def _judge(page: PageContext, uow: UnitOfWork, kind: str, given: str) -> Verdict:
    match kind:
        case "national_id":
            national_id(given)
        case "company_id":
            company_id(given)
        case "sheba":
            bank = sheba_bank_name(sheba(given), page.locale)
            return Verdict(True, bank or page.text("check-sheba"))
        case "owner_mobile":
            known = await find_staff(uow, mobile(given))
            if known is not None:
                return Verdict(True, page.text("check-mobile-known", name=known.name))
        case _:
            if await _is_taken(uow, read_slug(given)):
                return Verdict(False, page.text("check-slug-taken"))
    return Verdict(True, page.text(f"check-{kind.replace('_', '-')}"))


def _is_whole(kind: str, given: str) -> bool:
    return sum(c.isalnum() for c in given) >= _WHOLE[kind]


def _is_long(data: Mapping[str, str], given: str) -> bool:
    """A form that doesn't ask which of the two it is takes both."""
    return "kind" not in data and sum(c.isalnum() for c in given) == _WHOLE["company_id"]


async def _is_taken(uow: UnitOfWork, slug: str) -> bool:
    found = await uow.session.scalar(
        select(Merchant.id).where(Merchant.mall_id == uow.scope.mall_id, Merchant.slug == slug)
    )
    return found is not None
