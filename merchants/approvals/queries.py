"""Whether a purchase that needs its member's approval has it."""

from uuid import UUID

from sqlalchemy import select

from merchants.approvals.models import SpendApproval
from timcheh.db import UnitOfWork


async def approved(
    uow: UnitOfWork, merchant_id: UUID, principal_id: UUID, key: str, member_id: UUID, amount: int
) -> UUID | None:
    """The approval that covers so much (rial) of this member's value for this key; None: none does.

    It is only seen here: it is used up, once, where the purchase is written. In the mall's scope.
    """
    found: UUID | None = await uow.session.scalar(
        select(SpendApproval.id).where(
            SpendApproval.mall_id == uow.scope.mall_id,
            SpendApproval.merchant_id == merchant_id,
            SpendApproval.principal_id == principal_id,
            SpendApproval.key == key,
            SpendApproval.state == "approved",
            SpendApproval.member_id == member_id,
            SpendApproval.amount >= amount,
            SpendApproval.expires_at > uow.now,
        )
    )
    return found
