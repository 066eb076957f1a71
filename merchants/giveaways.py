"""What the slices of gifts plug in: gift cards, product codes, referral."""

from typing import Final

from merchants.codes.pages import ROUTES as CODE_PAGES
from merchants.codes.sheets import JOB as PRINT_CODES
from merchants.customers.numbers import HANDLERS as FOLLOW_NUMBERS
from merchants.giftcards.pages import ROUTES as GIFT_CARD_PAGES
from merchants.referral.handlers import HANDLERS as THANKS
from merchants.referral.pages import ROUTES as REFERRAL_PAGES
from timcheh.module import joined

ROUTES: Final = (*CODE_PAGES, *GIFT_CARD_PAGES, *REFERRAL_PAGES)
JOBS: Final = (PRINT_CODES,)
HANDLERS: Final = joined(FOLLOW_NUMBERS, THANKS)
