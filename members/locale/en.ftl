## Pages

menu-club-home = Card
menu-club-history = History

club-home-title = My card
club-card = Membership card
club-qr = The membership card's code
club-card-hold = Show this code at the till. It works without a connection.
club-card-open = The card on the whole screen
club-member = Member
club-points = Pooled points
club-points-worth = worth { $amount }
club-credit = Credit
club-credit-in = { $count ->
        [one] from { $count } shop
       *[other] from { $count } shops
    }
club-expiring = Next to expire: { $amount } from { $shop }
club-expiring-many = Ending within seven days: { $amount }, in { $count } parts
club-days-left = { $days ->
        [one] { $days } day left
       *[other] { $days } days left
    }
club-offers = Offers for you
club-offers-waits = Activate it first
club-offers-if = if { $when }
club-by-shop = By shop
club-lots-n = { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
club-until = until { $day }
club-from = from { $day }
club-no-end = No expiry
club-empty = Nothing here yet
    .detail = Say your mobile number at any shop of the mall to earn.
club-lot-title = From { $shop }
club-lot-left = Left
club-lot-of = of { $granted }
club-lot-earned = Why
club-lot-purchase = See the purchase
club-lot-rule = Rule
club-lot-when = Received
club-lot-from = Spendable from
club-lot-until = Expires
club-lot-where = { $count ->
        [one] Spendable at { $count } shop
       *[other] Spendable at { $count } shops
    }
club-lot-held = { $amount } is set aside for a purchase under way.
club-lot-movements = Movements
club-history-title = History
club-history-more = Earlier
club-history-empty = No movement yet
    .detail = After your first purchase every movement shows here with its reason.
club-kind-earned = Earned
club-kind-gift = Gift
club-history-shop = Shop
club-history-any-shop = All shops
club-history-month = Month
club-history-any-month = All months
club-history-show = Show
club-history-sums = { $month } in all
club-history-months = Other months
club-kind-spent = Spent
club-kind-returned = Returned
club-kind-expired = Expired

## Home, shops, me

menu-club-shops = Shops
club-worth = All that you can spend
club-next-spend = Where to spend it
club-next-offers = See the offers
club-next-name = Tell us your name
    .detail = So that shops can greet you by it.
club-tiers = Your tier
club-tiers-more = { $count ->
        [one] One more shop
       *[other] { $count } more shops
    }
club-climb-n = { $count }
club-climb-purchases = { $gap } more purchases to { $next }
club-climb-spend = { $gap } more spent to { $next }
club-climb-credit = { $gap } more credit to { $next }
club-climb-points = { $gap } more points to { $next }
club-climb-period = (in the last { $days } days)
club-climb-top = The highest tier of this shop
club-shops-title = Where to spend
club-shops-lead = Each shop, and what you can spend there now.
club-shops-search = Shop's name
club-shops-bounded = up to a share
club-shops-nothing = nothing yet
club-shops-empty = No shops yet
    .detail = The shops of the mall will appear here.
club-shop-worth = You can spend here
club-shop-how = Show your card before you pay; what expires first is spent first.
club-shop-none = You have no credit that is accepted here. Buy here to get some.
club-shop-card = Show the card
club-shop-of = Made of
club-shop-tier = Your tier in this shop
club-me-title = Me
club-me-profile = My details
    .detail = Name, birthday and what you have told us
club-me-consents = Permissions
    .detail = Who may send you messages
club-me-cards = My cards
    .detail = Member number, printed card, report a loss
club-me-rewards = Rewards and codes
    .detail = Take a reward, enter a product code or see coupons
club-install = On your phone's screen
club-install-means = Keep the club on your phone like an app; the card opens without a connection. Your browser's menu has “Add to home screen” as well.
club-install-verb = Install

## A copy of one's own data

club-me-data = My data
    .detail = All that is kept of you, in one file
copy-title = My data
copy-lead = A copy of all that the club and the shops keep of you.
copy-holds = In this file
copy-files = A zip file: everything as JSON for programs, and your history and purchases as Excel to read.
copy-take = Download
copy-rial = rial
copy-points = points
copy-section-member = Your membership
copy-section-profile = What you have told of yourself
copy-section-consents = Permissions that you gave or took back
copy-section-cards = Cards
copy-section-shops = What each shop knows of you
copy-section-value = Credit and points
copy-section-movements = History
copy-section-purchases = Purchases
copy-section-lines = What you bought
copy-section-rewards = Rewards
copy-section-wishes = Offers that you marked
copy-section-activations = Offers that you activated
copy-section-messages = Messages that were sent to you
copy-column-at = When
copy-column-what = What
copy-column-why = Why
copy-column-unit = Unit
copy-column-amount = Amount
copy-column-shop = Shop
copy-column-goods = Goods
copy-column-quantity = Quantity
copy-column-price = Unit price (rial)
copy-column-paid = Paid (rial)
