"""What a new shop still has to do until it is live, in the order in which it is done."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from merchants.today.queries import begun
from timcheh.access.staff import staff_of
from timcheh.db import UnitOfWork

STEPS: Final = (("rules", "offers"), ("goods", "goods"), ("staff", "staff"), ("sale", "till"))
"""Each step with its page."""
OPTIONAL: Final = frozenset({"goods", "staff"})


@dataclass(frozen=True, slots=True)
class Setup:
    """Which steps are done. The shop is live once it has sold under rules of its own."""

    done: frozenset[str]

    @property
    def live(self) -> bool:
        return {"rules", "sale"} <= self.done


async def setup_of(uow: UnitOfWork, merchant_id: UUID) -> Setup:
    """How far a shop has come, in the mall's scope."""
    facts = await begun(uow, merchant_id)
    done = {step for step, has in (("sale", facts.sold), ("rules", facts.ruled)) if has}
    if {"rules", "sale"} <= done:  # live: nobody asks for the rest
        return Setup(frozenset(done))
    if facts.stocked:
        done.add("goods")
    if len({person.id for person, _ in await staff_of(uow, merchant_id)}) > 1:
        done.add("staff")
    return Setup(frozenset(done))
