"""What other modules may use of shops and their sales."""

from merchants.activating.service import activate as activate_offer
from merchants.alerts.models import KINDS as ALERT_KINDS
from merchants.alerts.models import Alert
from merchants.alerts.service import find_alert, list_alerts
from merchants.alerts.showing import hands_of as alert_hands
from merchants.alerts.showing import shown_alert, shown_evidence
from merchants.backtests.service import Wanted as WantedTrial
from merchants.backtests.service import ask as ask_backtest
from merchants.backtests.work import run as run_backtest
from merchants.catalogue.service import put_product
from merchants.credits.service import Gift, grant_credit
from merchants.customers.models import Customer
from merchants.customers.rebuilding import rebuild as rebuild_customers
from merchants.customers.service import find_customer, list_customers, spendable_here
from merchants.expiring.service import MALL as MALL_REMINDERS
from merchants.expiring.service import read_days as read_reminder_days
from merchants.expiring.service import reminder_days, set_reminder_days
from merchants.forgetting import commissions_of, forget_customer, waive_commissions
from merchants.margins.queries import keep_margins
from merchants.mine.notices import notices
from merchants.mine.offers import offers_here
from merchants.offers.trades import SCOPES as FIRST_RULES_SCOPES
from merchants.offers.trades import TRADES, first_rules, tell_rules, usual_in
from merchants.offers.waiting import WaitingOffer, waiting_offers
from merchants.programme.service import current_rules, publish_rules
from merchants.purchases.answer import PurchaseOut
from merchants.purchases.command import (
    LineAsked,
    MemberRef,
    PurchaseCommand,
    SpendAsked,
    Till,
)
from merchants.purchases.counter import Counter, counter_for
from merchants.purchases.desk import Done, PurchaseDesk, Replayed
from merchants.purchases.listing import PurchaseDetail, read_detail
from merchants.purchases.queries import find_any as find_purchase
from merchants.purchases.queries import list_purchases, read_purchase, read_purchases
from merchants.purchases.returning import return_lines
from merchants.purchases.showing import shown_reasons
from merchants.rewards.catalogue import RewardTerms, add_reward, publish_reward
from merchants.shops.models import Branch, Merchant, MerchantAccount, Terminal
from merchants.shops.service import (
    NewShop,
    find_account,
    find_accounts,
    find_shop,
    list_branches,
    open_branch,
    open_shop,
    open_terminal,
    set_account,
    set_shop_state,
    shop_names,
)
from merchants.tiers.climbing import Climb, climbs_of

__all__ = [
    "ALERT_KINDS",
    "FIRST_RULES_SCOPES",
    "MALL_REMINDERS",
    "TRADES",
    "Alert",
    "Branch",
    "Climb",
    "Counter",
    "Customer",
    "Done",
    "Gift",
    "LineAsked",
    "MemberRef",
    "Merchant",
    "MerchantAccount",
    "NewShop",
    "PurchaseCommand",
    "PurchaseDesk",
    "PurchaseDetail",
    "PurchaseOut",
    "Replayed",
    "RewardTerms",
    "SpendAsked",
    "Terminal",
    "Till",
    "WaitingOffer",
    "WantedTrial",
    "activate_offer",
    "add_reward",
    "alert_hands",
    "ask_backtest",
    "climbs_of",
    "commissions_of",
    "counter_for",
    "current_rules",
    "find_account",
    "find_accounts",
    "find_alert",
    "find_customer",
    "find_purchase",
    "find_shop",
    "first_rules",
    "forget_customer",
    "grant_credit",
    "keep_margins",
    "list_alerts",
    "list_branches",
    "list_customers",
    "list_purchases",
    "notices",
    "offers_here",
    "open_branch",
    "open_shop",
    "open_terminal",
    "publish_reward",
    "publish_rules",
    "put_product",
    "read_detail",
    "read_purchase",
    "read_purchases",
    "read_reminder_days",
    "rebuild_customers",
    "reminder_days",
    "return_lines",
    "run_backtest",
    "set_account",
    "set_reminder_days",
    "set_shop_state",
    "shop_names",
    "shown_alert",
    "shown_evidence",
    "shown_reasons",
    "spendable_here",
    "tell_rules",
    "usual_in",
    "waiting_offers",
    "waive_commissions",
]
