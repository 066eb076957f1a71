"""Giving and withdrawing consent, and reading what is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select, update

from members.consents.models import Consent
from timcheh.db import UnitOfWork
from timcheh.ids import NIL, new_id
from timcheh.outbox import emit

PURPOSES: Final = ("data", "promotion")
CLUB: Final = NIL
"""Stands where a shop's id would: the consent is the club's own."""


@dataclass(frozen=True, slots=True)
class Witness:
    """By whose hand a decision was noted, and where: see the columns of `Consent`."""

    by: str
    actor_id: UUID | None
    place: str
    branch_id: UUID | None = None


async def decide(
    uow: UnitOfWork,
    member_id: UUID,
    merchant_id: UUID,
    wanted: dict[str, bool],
    witness: Witness,
) -> set[str]:
    """Notes a member's decisions by purpose, and answers which of them changed anything.

    A decision that repeats the one in force adds nothing; withdrawing what was never given does
    neither. Works in the member's scope, the shop's (its own consents) and the mall's.
    """
    current = await _in_force(uow, member_id, merchant_id)
    changed = {
        purpose
        for purpose, given in wanted.items()
        if given != (current[purpose].given if purpose in current else False)
    }
    if not changed:
        return changed
    ended = [current[purpose].id for purpose in changed if purpose in current]
    await uow.session.execute(
        update(Consent)
        .where(Consent.mall_id == uow.scope.mall_id, Consent.id.in_(ended))
        .values(ended_at=uow.now)
        .execution_options(synchronize_session=False)
    )
    for purpose in sorted(changed):
        uow.session.add(
            Consent(
                mall_id=uow.scope.mall_id,
                id=new_id(),
                member_id=member_id,
                merchant_id=merchant_id,
                purpose=purpose,
                given=wanted[purpose],
                at=uow.now,
                ended_at=None,
                by=witness.by,
                actor_id=witness.actor_id,
                branch_id=witness.branch_id,
                place=witness.place,
            )
        )
    await uow.session.flush()
    await emit(
        uow,
        "members.consent_changed",
        {"member_id": str(member_id), "merchant_id": str(merchant_id)},
    )
    return changed


async def given_to(uow: UnitOfWork, member_id: UUID) -> dict[UUID, set[str]]:
    """The purposes that a member allows now, by shop; the club's under `CLUB`."""
    rows = await uow.session.execute(
        select(Consent.merchant_id, Consent.purpose).where(
            Consent.mall_id == uow.scope.mall_id,
            Consent.member_id == member_id,
            Consent.ended_at.is_(None),
            Consent.given,
        )
    )
    found: dict[UUID, set[str]] = {}
    for merchant_id, purpose in rows:
        found.setdefault(merchant_id, set()).add(purpose)
    return found


async def allowed(uow: UnitOfWork, member_id: UUID, merchant_id: UUID, purpose: str) -> bool:
    """Whether a member allows a shop (or `CLUB`) this now."""
    return purpose in (await given_to(uow, member_id)).get(merchant_id, ())


async def history(
    uow: UnitOfWork, member_id: UUID, merchant_id: UUID | None = None
) -> Sequence[Consent]:
    """Every decision, the newest first; with a shop only those towards it."""
    query = select(Consent).where(
        Consent.mall_id == uow.scope.mall_id, Consent.member_id == member_id
    )
    if merchant_id is not None:
        query = query.where(Consent.merchant_id == merchant_id)
    return list(await uow.session.scalars(query.order_by(Consent.id.desc())))


async def _in_force(uow: UnitOfWork, member_id: UUID, merchant_id: UUID) -> dict[str, Consent]:
    rows = await uow.session.scalars(
        select(Consent).where(
            Consent.mall_id == uow.scope.mall_id,
            Consent.member_id == member_id,
            Consent.merchant_id == merchant_id,
            Consent.ended_at.is_(None),
        )
    )
    return {row.purpose: row for row in rows}
