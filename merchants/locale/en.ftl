## Pages

menu-shop-today = Today
menu-shop-till = Till
menu-shop-customers = Customers
menu-shop-purchases = Purchases
menu-shop-goods = Products
menu-shop-colleagues = Sales colleagues
menu-shop-terminals = Terminals
menu-shop-selling = Selling settings

today-title = Today
today-till = Record a purchase
today-sales = Sales today
today-than-more = more than the same day last week
today-than-less = less than the same day last week
today-by-hour = Today's sales by hour
today-start = Getting started
today-fund = With the shared fund
today-fund-means-owed = Customers spent your credit at partners; you pay at the next settlement.
today-fund-means-due = You accepted partners' credit; you are paid at the next settlement.
today-fund-means-even = You neither owe nor are due.
today-purchases = Purchases
today-customers = Customers
today-new-customers = { $count } new
today-earned = Credit granted
today-earned-points = and { $points } points
today-spent = Credit spent
    .note = In today's purchases
today-latest = Latest purchases
today-all-purchases = All purchases
purchases-title = Purchases
purchases-lead = Each purchase, what was spent and earned, and why
purchases-search = Mobile, member number or purchase id
purchases-empty = No purchase yet
    .detail = Record the first one with the customer's mobile number.
purchases-at = Time
purchases-customer = Customer
purchases-state = State
purchases-total = Amount
purchases-spent = Spent
purchases-to-pay = To pay
purchases-earned = Earned
purchase-title = Purchase
purchase-return = Record a return
purchase-lines = Lines
purchase-item = Item
purchase-quantity = Quantity
purchase-unit-price = Price
purchase-paid = Paid
purchase-vat = Value added tax
purchase-commission = colleague's commission { $amount }
purchase-unnamed = Unnamed
purchase-returned = { $quantity } returned
purchase-spent = Credit and points spent
purchase-credit-of = Credit of { $shop }
purchase-spent-own = { $value } of your own credit was spent.
purchase-spent-partner = { $value } of { $shop }'s credit was spent; { $shop } settles it with the fund and you receive { $keep }.
purchase-spent-fund = { $value } from the fund's reserve; you receive { $keep }.
purchase-earned = Earned by the customer
purchase-until = until { $day }
purchase-why = Why
purchase-version = Rules version { $version }
purchase-outcome-applied = Applied
purchase-outcome-not-applied = Not applied
purchase-outcome-capped = Capped
purchase-no-rule = No rule was in force.
purchase-sum = Sum
purchase-discount = Discount
purchase-number = Member number
purchase-branch = Branch
purchase-cashier = Cashier
purchase-id = Id
purchase-returns = Returns
purchase-refund = { $amount } refunded
customers-title = Customers
customers-lead = Those who have bought from you
customers-enrol = Enrol a customer
customers-search = Name, mobile or member number
customers-name = Customer
customers-unnamed = Unnamed
customers-erased-means = This member had themselves erased: their name and number are gone, their purchases stay without them.
customers-erased = Erased member
customers-last = Last purchase
customers-purchases = Purchases
customers-spend = Total spend
customers-here = Spendable here
customers-empty = No customer yet
    .detail = Whoever buys from you becomes your customer by itself.
customer-sell = Record a purchase
customer-debt = { $amount } of granted credit remains after a return and is taken from later earnings.
customer-here = Spendable here
    .note = At your shop
customer-spend = Total spend
customer-purchases-n = { $count ->
        [one] { $count } purchase
       *[other] { $count } purchases
    }
customer-average = Average purchase
customer-lots = What they hold, and from where
customer-lots-empty = Nothing to spend
    .detail = Credit of the next purchase shows here.
customer-no-end = No expiry
customer-purchases = Purchases at your shop
customer-about = Details
customer-standing = Standing with you
customer-tier = Tier
customer-no-tier = No tier
customer-to-next = To the next tier
customer-value = Value (RFM)
customer-groups = Groups
customer-tags = Tags
    .help = Separate them with commas, such as “pays on time, company”.
customer-tags-keep = Save tags
customer-tagged = The tags are saved.
customer-birthday = Birthday
customer-since = Customer since
customer-only-here = You see only what happened at your shop.
rules-title = Crediting rules
rules-lead = What each purchase gives, in plain words
rules-version = Version { $version }
rules-since = In force since
rules-order = in order of priority.
rules-exclusive = Exclusive
rules-until = until { $day }
rules-when = When
rules-always = Always
rules-then = Then
rules-cap = Cap per member
rules-budget = Budget
rules-budget-of = { $given } of { $budget }
rules-empty = No rule yet
    .detail = Without rules purchases are recorded, but nothing is given.
till-title = Till
till-beside = Other work at the till
till-member = Customer
    .help = Mobile, member number, swiped card or name; an amount goes to the invoice.
till-lines = Items
till-line-name = Item, barcode or amount
till-line-quantity = Quantity
till-line-price = Price
till-line-add = Another line
till-line-remove = Remove the line
till-spend = Pay with what the member holds
till-spend-credit = Spend credit
    .hint = As much as fits, soonest expiry first
till-spend-points = Spend points
    .hint = Pooled points
till-last-open = See it
till-outcome = Outcome
till-record = Record the purchase
till-clear = Clear
till-no-member = Enter the customer's number.
till-enrols = New member
    .detail = Joins the club with this purchase.
till-member-tail = Member …{ $tail }
till-own-customer = Your customer
till-first-here = First purchase here
till-can-spend = up to { $amount }
till-will-earn = Earns with this purchase
till-why = { $count ->
    [0] Why?
    [one] Why? (one rule did not apply)
   *[other] Why? ({ $count } rules did not apply)
}
till-coupon = Coupon code
till-current = Current credit
till-withdrawable = Can be spent on this purchase
till-list-price = by the list “{ $list }”: { $price }
till-line-colleague = Sold by
till-line-undo = Bring the line back

## Errors of a whole request: the title, and what to do

error-member_not_found = No such member
    .detail = Nobody in the club has this mobile, card or id. Check it, or enrol the person by mobile with the purchase.
error-insufficient_value = Not enough value
    .detail = { $unit ->
        [points] { $asked } points were asked for and { $available } can be spent on this purchase. Ask for less, or for as much as fits.
       *[other] { $asked } rial were asked for and { $available } can be spent on this purchase. Ask for less, or for as much as fits.
    }
error-purchase_not_open = The purchase is not open
    .detail = It was cancelled or its time ran out, and nothing left the member's account. Record the purchase again.
error-purchase_not_confirmed = The purchase is not confirmed
    .detail = Only goods of a confirmed purchase come back. If it is still open, cancel it.
error-merchant_suspended = The shop is suspended
    .detail = The shop can't record purchases in the club at present. Ask the mall's administration.
error-member_blocked = The membership is blocked
    .detail = No purchase can be recorded with it. The person should ask the club's support.
error-nothing_to_return = More than is left to return
    .detail = Line { $line } has less than that left to come back. See in the purchase what was returned, and give less.
error-try_again = It changed meanwhile
    .detail = The member's account changed several times just now and nothing was recorded. Send the purchase again.
error-slug_taken = This address is taken
    .detail = Another shop of the mall has this short address. Choose another one.

## Errors of one field

field-not_positive = Enter more than zero.
field-exactly_one_of = Give exactly one of these: { $choices }.
field-wrong_branch = This terminal belongs to another branch; leave the branch out or give the terminal's own.
field-in_the_future = This time has not come yet; check the till's clock.
field-not_after_start = The end must be after the start and after now; give a later time.
field-unknown_line = The purchase has no such line; lines are counted from zero.

error-gift_card_not_spendable = This gift card can't be spent here
    .detail = Check the number again. It may be used up, past its last day, or not accepted by this shop.

error-coupon_unknown = This coupon code is not known
    .detail = Check the code: it may have ended or belong to another shop. The purchase can also be made without it.

## The palette

palette-customers = Customers
palette-purchases = Purchases
palette-purchase = Purchase of { $amount }
palette-new-offer = Make an offer
palette-import-customers = Import customers from Excel
palette-import-goods = Import goods from Excel
