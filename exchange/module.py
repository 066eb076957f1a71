"""What the exchange between shops plugs into the platform."""

from collections.abc import Sequence
from uuid import UUID

from exchange.agreements.http import AgreementController
from exchange.agreements.pages import ROUTES as PARTNER_PAGES
from exchange.agreements.service import count_received
from exchange.permissions import MANAGE, PERMISSIONS, READ
from timcheh.db import UnitOfWork
from timcheh.module import MenuItem, Module, Waiting


async def waiting_for_shop(uow: UnitOfWork, merchant_id: UUID) -> Sequence[Waiting]:
    """Proposals that only the shop's owner can answer."""
    count = await count_received(uow, merchant_id)
    return [Waiting("today-proposals", count, "partners", "handshake", MANAGE)]


MODULE = Module(
    name="exchange",
    package="exchange",
    routes=(AgreementController, *PARTNER_PAGES),
    menu=(MenuItem("merchant", "menu-shop-partners", "partners", "handshake", READ, 33, "offers"),),
    permissions=PERMISSIONS,
    waiting_for_shop=waiting_for_shop,
)
