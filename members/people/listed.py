"""Enrolling many people at once, from a shop's list."""

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

from members.quota.errors import quota_refusals
from timcheh.db import UnitOfWork
from timcheh.ids import new_id
from timcheh.text.cards import random_member_number

_NEW: Final = """
INSERT INTO members.member (mall_id, id, number, mobile, source, enrolled_merchant_id,
                            enrolled_branch_id, enrolled_actor_id, created_at)
SELECT $1, x.id, x.number, x.mobile, 'import', $2, $3, $4, $5
FROM unnest($6::uuid[], $7::text[], $8::text[]) x (id, number, mobile) ORDER BY x.mobile
ON CONFLICT DO NOTHING
"""
_ALL: Final = (
    "SELECT id, number, mobile FROM members.member WHERE mall_id = $1 AND mobile = ANY($2)"
)
_FORGET: Final = """
DELETE FROM members.member m
WHERE m.mall_id = $1 AND m.id = ANY($2) AND m.source = 'import'
  AND NOT EXISTS (SELECT 1 FROM ledger.lot l WHERE l.mall_id = $1 AND l.holder_id = m.id)
  AND NOT EXISTS (SELECT 1 FROM kernel.session s WHERE s.mall_id = $1 AND s.member_id = m.id)
"""
_ATTEMPTS: Final = 3


class Listed(NamedTuple):
    """A member of the mall; `made` just now."""

    id: UUID
    number: str
    made: bool


async def admit_listed(
    uow: UnitOfWork,
    mobiles: Sequence[str],
    *,
    merchant_id: UUID,
    branch_id: UUID | None,
    actor_id: UUID,
) -> dict[str, Listed]:
    """The members of some mobiles, enrolled where they weren't. In the mall's scope.

    Who is told of it must not learn from it who was a member before. Raises MemberQuotaReached.
    """
    driver = await uow.driver()
    wanted = sorted(set(mobiles))
    found: dict[str, Listed] = {}
    made: set[UUID] = set()
    for _ in range(_ATTEMPTS):  # a number may be taken, once in a long while
        rows = await driver.fetch(_ALL, uow.scope.mall_id, wanted)
        found = {row["mobile"]: Listed(row["id"], row["number"], row["id"] in made) for row in rows}
        missing = [mobile for mobile in wanted if mobile not in found]
        if not missing:
            break
        ids = [new_id() for _ in missing]
        made.update(ids)
        numbers = [random_member_number() for _ in missing]
        with quota_refusals():
            await driver.execute(
                _NEW,
                uow.scope.mall_id,
                merchant_id,
                branch_id,
                actor_id,
                uow.now,
                ids,
                numbers,
                missing,
            )
    else:
        rows = await driver.fetch(_ALL, uow.scope.mall_id, wanted)
        found = {row["mobile"]: Listed(row["id"], row["number"], row["id"] in made) for row in rows}
    return found


async def forget_listed(uow: UnitOfWork, member_ids: Sequence[UUID]) -> None:
    """Removes members that a list made and that nothing has happened to since: no value, no
    sign-in. Who asks sees to it that no shop has them as a customer. In the mall's scope."""
    driver = await uow.driver()
    await driver.execute(_FORGET, uow.scope.mall_id, list(member_ids))
