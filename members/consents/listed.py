"""Consents that a shop brings along in a list."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from timcheh.db import UnitOfWork

_NOTE: Final = """
INSERT INTO members.consent (mall_id, id, member_id, merchant_id, purpose, given, at, by, actor_id,
                             branch_id, place)
SELECT $1, uuidv7(), x.member_id, $2, 'promotion', true, $3, 'import', $4, $5, 'import'
FROM unnest($6::uuid[]) x (member_id)
WHERE NOT EXISTS (
    SELECT 1 FROM members.consent c
    WHERE c.mall_id = $1 AND c.member_id = x.member_id AND c.merchant_id = $2
      AND c.purpose = 'promotion'
)
"""
_FORGET: Final = """
DELETE FROM members.consent
WHERE mall_id = $1 AND merchant_id = $2 AND member_id = ANY($3) AND by = 'import'
"""


async def note_listed(
    uow: UnitOfWork,
    member_ids: Sequence[UUID],
    *,
    merchant_id: UUID,
    branch_id: UUID | None,
    actor_id: UUID,
) -> None:
    """Notes that these allow promotional messages; only of those who have never decided: a list
    does not overrule a person. In the mall's scope."""
    driver = await uow.driver()
    await driver.execute(
        _NOTE, uow.scope.mall_id, merchant_id, uow.now, actor_id, branch_id, list(member_ids)
    )


async def forget_noted(uow: UnitOfWork, merchant_id: UUID, member_ids: Sequence[UUID]) -> None:
    """Takes out what lists have noted of these towards a shop."""
    driver = await uow.driver()
    await driver.execute(_FORGET, uow.scope.mall_id, merchant_id, list(member_ids))
