"""What shops and their sales plug into the platform."""

from merchants import giveaways
from merchants.alerts.jobs import WATCH
from merchants.alerts.pages import ROUTES as ALERT_PAGES
from merchants.approving.club import ROUTES as CLUB_APPROVALS
from merchants.approving.http import ApprovalController
from merchants.approving.till import ROUTES as TILL_APPROVALS
from merchants.audience.catching_up import CATCH_UP
from merchants.audience.scale import MEASURE
from merchants.backtests.http import BacktestController
from merchants.backtests.jobs import BACKTESTS
from merchants.backtests.pages import ROUTES as BACKTEST_PAGES
from merchants.branches.pages import ROUTES as BRANCH_PAGES
from merchants.caps.http import CapController
from merchants.catalogue.http import PriceListController, ProductController
from merchants.catalogue.pages import ROUTES as CATALOGUE_PAGES
from merchants.clientele.http import CustomerCardController
from merchants.clientele.pages import ROUTES as CUSTOMER_PAGES
from merchants.clientele.profile_pages import ROUTES as PROFILE_PAGES
from merchants.colleagues.http import ColleagueController
from merchants.colleagues.pages import ROUTES as COLLEAGUE_PAGES
from merchants.colleagues.proofs import PROOFS as COMMISSION_PROOFS
from merchants.concessions.http import ConcessionLimitController
from merchants.concessions.pages import ROUTES as CONCESSION_PAGES
from merchants.conditions.pages import ROUTES as CONDITION_PAGES
from merchants.consenting.http import ConsentController
from merchants.consenting.pages import ROUTES as CONSENT_PAGES
from merchants.credits.http import CreditController
from merchants.customers.http import CustomerController
from merchants.doors.gift_pages import ROUTES as DOOR_GIFT_PAGES
from merchants.doors.pages import ROUTES as DOOR_PAGES
from merchants.effects.pages import ROUTES as EFFECT_PAGES
from merchants.expiring.http import ReminderController
from merchants.expiring.jobs import REMIND
from merchants.exporting.pages import ROUTES as EXPORT_PAGES
from merchants.finding import ACTIONS, FINDERS
from merchants.groups.http import GroupController, TagController
from merchants.groups.pages import ROUTES as GROUP_PAGES
from merchants.importing.pages import ROUTES as IMPORT_PAGES
from merchants.importing.work import IMPORTS
from merchants.invoices.pages import ROUTES as INVOICE_PAGES
from merchants.invoices.sending import ROUTES as INVOICE_SENDING
from merchants.margins.http import MarginController
from merchants.margins.pages import ROUTES as MARGIN_PAGES
from merchants.menu import MENU
from merchants.mine.offers import ROUTES as MY_OFFERS
from merchants.mine.pages import ROUTES as MY_PURCHASES
from merchants.offers.jobs import PUBLISH
from merchants.offers.opening import OPENING
from merchants.offers.pages import ROUTES as OFFER_PAGES
from merchants.offers.telling import HANDLERS as OFFERS_OPENED
from merchants.offers.trying import ROUTES as TRYING_PAGES
from merchants.offers.versions import ROUTES as VERSION_PAGES
from merchants.people.pages import ROUTES as STAFF_PAGES
from merchants.permissions import PERMISSIONS
from merchants.places.jobs import JOB as FORGET_NEARNESS
from merchants.places.pages import ROUTES as PLACE_PAGES
from merchants.profiles.http import (
    CustomerProfileController,
    FieldController,
    ReferrerController,
)
from merchants.profiles.sharing import HANDLERS as SHARING
from merchants.programme.http import RulesController
from merchants.programme.pages import ROUTES as RULES_PAGES
from merchants.purchases.http import PurchaseController
from merchants.purchases.jobs import SWEEP
from merchants.purchases.pages import ROUTES as PURCHASE_PAGES
from merchants.purchases.proofs import PROOFS
from merchants.segments.http import SegmentController
from merchants.segments.pages import ROUTES as SEGMENT_PAGES
from merchants.selling.pages import ROUTES as SELLING_PAGES
from merchants.shops.http import BranchController, ProfileController, TerminalController
from merchants.shops.pages import ROUTES as TERMINAL_PAGES
from merchants.shops.service import shop_name
from merchants.tiers.following import HANDLERS as FOLLOWING
from merchants.tiers.following import NIGHTLY
from merchants.tiers.http import TierController
from merchants.tiers.pages import ROUTES as TIER_PAGES
from merchants.till.asking import ROUTES as TILL_ASKING
from merchants.till.pages import ROUTES as TILL_PAGES
from merchants.till.returns import ROUTES as TILL_RETURNS
from merchants.today.pages import ROUTES as TODAY_PAGES
from merchants.wastebasket.jobs import EMPTY as EMPTY_WASTEBASKET
from merchants.wishes.jobs import JOB as REMIND_WISHES
from timcheh.module import Module, joined

MODULE = Module(
    name="merchants",
    package="merchants",
    finders=FINDERS,
    actions=ACTIONS,
    routes=(
        BranchController,
        TerminalController,
        ProfileController,
        ProductController,
        PriceListController,
        ColleagueController,
        CapController,
        ConcessionLimitController,
        ReminderController,
        RulesController,
        CustomerController,
        PurchaseController,
        ApprovalController,
        CreditController,
        MarginController,
        BacktestController,
        SegmentController,
        GroupController,
        TagController,
        TierController,
        CustomerProfileController,
        FieldController,
        ReferrerController,
        ConsentController,
        CustomerCardController,
        *TODAY_PAGES,
        *TILL_PAGES,
        *TILL_ASKING,
        *TILL_RETURNS,
        *TILL_APPROVALS,
        *CLUB_APPROVALS,
        *CUSTOMER_PAGES,
        *IMPORT_PAGES,
        *PROFILE_PAGES,
        *CONSENT_PAGES,
        *DOOR_PAGES,
        *DOOR_GIFT_PAGES,
        *EXPORT_PAGES,
        *PURCHASE_PAGES,
        *MY_OFFERS,
        *MY_PURCHASES,
        *RULES_PAGES,
        *OFFER_PAGES,
        *TRYING_PAGES,
        *VERSION_PAGES,
        *CONDITION_PAGES,
        *MARGIN_PAGES,
        *BACKTEST_PAGES,
        *EFFECT_PAGES,
        *ALERT_PAGES,
        *INVOICE_PAGES,
        *INVOICE_SENDING,
        *CATALOGUE_PAGES,
        *COLLEAGUE_PAGES,
        *SELLING_PAGES,
        *CONCESSION_PAGES,
        *BRANCH_PAGES,
        *TERMINAL_PAGES,
        *STAFF_PAGES,
        *PLACE_PAGES,
        *SEGMENT_PAGES,
        *GROUP_PAGES,
        *TIER_PAGES,
        *giveaways.ROUTES,
    ),
    handlers=joined(SHARING, OFFERS_OPENED, giveaways.HANDLERS, FOLLOWING),
    recurring=(
        SWEEP,
        IMPORTS,
        PUBLISH,
        OPENING,
        BACKTESTS,
        WATCH,
        REMIND,
        REMIND_WISHES,
        MEASURE,
        CATCH_UP,
        NIGHTLY,
        FORGET_NEARNESS,
        EMPTY_WASTEBASKET,
        *giveaways.JOBS,
    ),
    menu=(*MENU, *giveaways.MENU),
    permissions=PERMISSIONS,
    proofs=(*PROOFS, *COMMISSION_PROOFS, *giveaways.PROOFS),
    shop_name=shop_name,
)
