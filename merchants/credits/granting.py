"""What holds for all that a shop grants outside a purchase: gifts and gift cards."""

from datetime import datetime
from uuid import UUID

from members.facade import Member
from merchants.programme.queries import ScopeRow, read_scopes
from merchants.purchases.cardkinds import carries
from merchants.purchases.errors import CardKindRefuses
from timcheh.db import UnitOfWork
from timcheh.errors import Invalid


async def scope_to_grant_in(uow: UnitOfWork, issuer_id: UUID, name: str, unit: str) -> ScopeRow:
    """The scope that an effect would name so: own, partners, network or its id.

    Raises Invalid for one that the shop can't issue this unit in.
    """
    terms = (await read_scopes(uow, issuer_id)).get(f"own:{unit}" if name == "own" else name)
    if terms is None or terms[2] != unit:
        raise Invalid.field("/scope", "unknown_scope", choices="own, partners, network")
    return terms


def refuse_lifeless(uow: UnitOfWork, starts: datetime, ends: datetime | None) -> None:
    """Raises Invalid for what would be over before it can be spent."""
    if ends is not None and ends <= max(starts, uow.now):
        raise Invalid.field("/expires_at", "not_after_start")


def refuse_card_kind(member: Member, issuer_id: UUID, unit: str) -> None:
    """Raises CardKindRefuses for what the member's card doesn't carry here: rial or points."""
    here = member.card_merchant_id in (None, issuer_id)
    named = "points" if unit == "point" else "credit"
    if here and not carries(member.card_kind, named):
        raise CardKindRefuses(kind=member.card_kind, unit=named)
