"""What a shop still lacks before it lives."""

from dataclasses import dataclass, fields
from typing import Final
from uuid import UUID

from sqlalchemy import text

from timcheh.db import UnitOfWork

# Each is one look-up by key, or a read of the few people and devices that a mall's shops have.
_STEPS: Final = text(
    """
    WITH owner AS (
        SELECT DISTINCT r.merchant_id
        FROM kernel.staff_role r
        JOIN kernel.staff s ON s.mall_id = r.mall_id AND s.id = r.staff_id
        WHERE r.mall_id = :mall AND r.role = 'owner' AND s.password_hash IS NOT NULL
    ), used AS (
        SELECT s.merchant_id FROM kernel.session s
        WHERE s.mall_id = :mall AND s.audience = 'merchant'
        UNION
        SELECT k.merchant_id FROM kernel.api_key k
        WHERE k.mall_id = :mall AND k.merchant_id IS NOT NULL AND k.last_used_at IS NOT NULL
    )
    SELECT a.merchant_id, a.merchant_id IN (SELECT merchant_id FROM owner),
           a.sheba IS NOT NULL, a.rules_version > 0,
           sold.yes OR a.merchant_id IN (SELECT merchant_id FROM used), sold.yes
    FROM merchants.merchant_account a
    CROSS JOIN LATERAL (SELECT EXISTS (
        SELECT 1 FROM merchants.purchase p
        WHERE p.mall_id = :mall AND p.merchant_id = a.merchant_id AND p.state = 'confirmed'
    ) AS yes OFFSET 0) AS sold
    WHERE a.mall_id = :mall AND (CAST(:merchant AS uuid) IS NULL OR a.merchant_id = :merchant)
    """
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Which steps are behind a shop: its owner has come in, its Sheba is known, it has rules,
    somebody has opened its till (or a device of its own has called), it has sold."""

    owner: bool
    sheba: bool
    rules: bool
    till: bool
    first: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The steps before it, in their order."""
        return tuple(step for step in STEPS if not getattr(self, step))

    @property
    def live(self) -> bool:
        """Whether it trades fully: an owner who lets a program sell for him need not come in."""
        return self.sheba and self.rules and self.first


STEPS: Final = tuple(field.name for field in fields(Readiness))


async def readiness(uow: UnitOfWork, merchant_id: UUID | None = None) -> dict[UUID, Readiness]:
    """Of all shops, or of one; in the mall's scope."""
    rows = await uow.session.execute(_STEPS, {"mall": uow.scope.mall_id, "merchant": merchant_id})
    return {row[0]: Readiness(*row[1:]) for row in rows}
