"""What the slices of gifts plug in: cards, codes, groups, referral, rewards, surveys and so on."""

from typing import Final

from merchants.activities.club import ROUTES as CLUB_ACTIVITY_PAGES
from merchants.activities.pages import ROUTES as ACTIVITY_PAGES
from merchants.codes.http import CodeBatchController, RedemptionController
from merchants.codes.pages import ROUTES as CODE_PAGES
from merchants.codes.sheets import JOB as PRINT_CODES
from merchants.customers.numbers import HANDLERS as FOLLOW_NUMBERS
from merchants.giftcards.club import ROUTES as CLUB_GIFT_CARDS
from merchants.giftcards.http import GiftCardController
from merchants.giftcards.pages import ROUTES as GIFT_CARD_PAGES
from merchants.groupgifts.jobs import JOB as GIVE_TO_GROUPS
from merchants.groupgifts.pages import ROUTES as GROUP_GIFT_PAGES
from merchants.inviting.pages import ROUTES as INVITING_PAGES
from merchants.permissions import GIFTS
from merchants.referral.handlers import HANDLERS as THANKS
from merchants.referral.pages import ROUTES as REFERRAL_PAGES
from merchants.rewards.club import ROUTES as CLUB_REWARD_PAGES
from merchants.rewards.counter import ROUTES as REWARD_COUNTER
from merchants.rewards.http import RewardClaimController, RewardController
from merchants.rewards.jobs import LAPSE
from merchants.rewards.pages import ROUTES as REWARD_PAGES
from merchants.rewards.proofs import PROOFS as REWARD_PROOFS
from merchants.surveys.answering import HANDLERS as SURVEY_INVITATIONS
from merchants.surveys.club import ROUTES as SURVEYS_ON_THE_PHONE
from merchants.surveys.pages import ROUTES as SURVEY_PAGES
from merchants.thresholds.following import HANDLERS as THRESHOLDS
from merchants.thresholds.pages import ROUTES as THRESHOLD_PAGES
from timcheh.module import MenuItem, joined

ROUTES: Final = (
    GiftCardController,
    CodeBatchController,
    RedemptionController,
    RewardController,
    RewardClaimController,
    *CODE_PAGES,
    *GIFT_CARD_PAGES,
    *CLUB_GIFT_CARDS,
    *GROUP_GIFT_PAGES,
    *REFERRAL_PAGES,
    *INVITING_PAGES,
    *SURVEY_PAGES,
    *SURVEYS_ON_THE_PHONE,
    *REWARD_PAGES,
    *REWARD_COUNTER,
    *CLUB_REWARD_PAGES,
    *THRESHOLD_PAGES,
    *ACTIVITY_PAGES,
    *CLUB_ACTIVITY_PAGES,
)
JOBS: Final = (PRINT_CODES, LAPSE, GIVE_TO_GROUPS)
HANDLERS: Final = joined(FOLLOW_NUMBERS, THANKS, THRESHOLDS, SURVEY_INVITATIONS)
PROOFS: Final = REWARD_PROOFS
_SHOP: Final = (
    "thresholds",
    "activities",
    "activity-reports",
    "gift-cards",
    "codes",
    "group-gifts",
    "surveys",
    "referral",
)
_CLUB: Final = ("rewards", "reward-claims", "activities", "coupons", "codes", "surveys", "near")
"""What else is found under the entry, on its tabs."""
MENU: Final = (
    MenuItem("merchant", "menu-shop-gifts", "rewards", "gift", GIFTS, 31, "offers", _SHOP),
    MenuItem("member", "menu-club-offers", "offers", "tag", order=30, also=_CLUB),
)
