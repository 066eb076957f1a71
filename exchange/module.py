"""What the exchange between shops plugs into the platform."""

from exchange.agreements.http import AgreementController
from exchange.agreements.pages import ROUTES as PARTNER_PAGES
from exchange.ending.jobs import TELL
from exchange.permissions import PERMISSIONS, READ
from exchange.waiting import waiting_for_shop
from timcheh.module import MenuItem, Module

MODULE = Module(
    name="exchange",
    package="exchange",
    routes=(AgreementController, *PARTNER_PAGES),
    menu=(MenuItem("merchant", "menu-shop-partners", "partners", "handshake", READ, 33, "offers"),),
    permissions=PERMISSIONS,
    recurring=(TELL,),
    waiting_for_shop=waiting_for_shop,
)
