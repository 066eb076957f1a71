## Pages

menu-mall-shops = Shops

portal-shops-title = Shops
portal-shops-lead = Every shop of the mall, its cover and its position with the fund
portal-shops-add = Add a shop
portal-shops-bulk = Add from Excel
portal-shops-search = Shop name or id
portal-shops-empty = There is no shop yet
    .detail = Add the first one; it takes less than five minutes.
portal-shop = Shop
portal-state = State
portal-outstanding = Outstanding credit
    .note = Not yet spent by members
portal-limit = Deposit and credit limit
portal-position = With the fund
portal-name = Shop name
    .help = As written over its door.
portal-slug = Short name in addresses
    .help = Small Latin letters, digits and hyphens, for example gol-ara
portal-category = Trade
portal-kind = Ownership
portal-kind-person = A person
portal-kind-company = A company
portal-national-id = National id
    .help = A person: 10 digits; a company: 11
portal-owner-name = Owner's name
portal-owner-mobile = Owner's mobile
    .help = The owner signs in with this number.
portal-mobile = Mobile
portal-sheba = Sheba (IBAN)
    .help = Settlements are paid to this account.
portal-credit-limit = Credit limit
    .help = The most it may owe the fund, on top of its deposit
portal-deposit = Deposit
    .help = If you have received one, its amount
portal-new-deposit = A further deposit
portal-suspend = Suspend the shop
portal-suspend-title = Suspend { $shop }?
portal-close = Suspend or close
portal-activate = Activate again
portal-sales-30 = Sales of thirty days
portal-purchases-n = { $count ->
        [one] { $count } purchase
       *[other] { $count } purchases
    }
portal-customers = Customers
portal-cover = Cover
portal-cover-used = Owed to the fund now
portal-cover-of = { $used } of { $cover }
portal-change-limit = Change limit and deposit
portal-partners = Partners
portal-partner-issues = Its credit is accepted there
portal-partner-accepts = Accepts theirs
portal-partners-none = No agreement yet
    .detail = The shop itself proposes to others.
portal-todo = Getting started
portal-done = Done
portal-not-yet = Still to do
portal-about = Details
portal-since = In the mall since

portal-suspended = The shop is suspended.
portal-activated = The shop trades again.
portal-limits-saved = The limit and the deposit are saved.
portal-missing-owner = the owner has not signed in
portal-missing-sheba = Sheba is missing
portal-missing-rules = credit rules are missing
portal-missing-till = the till was not opened
portal-missing-first = no purchase yet
portal-step-owner = The owner signs in
    .act = Send the invitation again
portal-step-sheba = Sheba number
    .act = Give the Sheba
portal-step-rules = Credit rules
    .act = The trade's template
portal-step-till = The till is opened
    .act = Link of the till
portal-step-first = First purchase
    .act = Handover sheet
portal-people = Handover and staff
portal-edit = Edit
portal-partner-terms = up to { $share } of a basket, fee { $fee }
permission-shops-read = See shops
permission-shops-manage = Add and change shops
category-clothing = Clothing
category-flowers = Flowers
category-bakery = Bakery
category-books = Books and stationery
category-grocery = Grocery
category-beauty = Beauty
category-jewellery = Jewellery
category-electronics = Electronics
category-home = Home
category-food = Restaurant and café
category-sport = Sport
category-toys = Toys
category-health = Health
category-services = Services
category-other = Other

## Errors of a whole request: the title, and what to do

error-mall_slug_taken = This address is taken
    .detail = Another mall has this short address. Choose another one.
field-slug_format = Use small Latin letters, digits and hyphens only, for example gol-ara.

## Alerts

menu-mall-alerts = Alerts
permission-shop_alerts-read = Seeing shops' alerts
mall-alerts-title = Alerts of all shops
mall-alerts-lead = What looks wrong in any shop's sales, with its evidence. Each shop looks into its own and says what it was.
mall-alerts-shop = Shop
mall-alerts-member = Member
mall-alerts-crosses = Others are concerned
    .detail = Other shops or a pool stand for part of this value.
mall-alerts-waits = The shop has not looked into it yet.

## The mall's settings

menu-mall-settings = Mall settings
permission-mall-settings = The mall's settings
mall-settings-title = Mall settings
mall-settings-lead = The mall's name and face, money, reminders, and the terms shops begin with.
mall-settings-saved = The settings are saved.
mall-settings-face = Name and face
    .note = Seen on every page, in the members' club and on printed papers.
mall-settings-name = The mall's name
    .help = As people know it.
mall-settings-colour = The mall's colour
    .help = Such as #10777c; its lightness is set so that text always stays legible. Empty: turquoise.
mall-settings-colour-pick = Pick a colour
mall-settings-logo = Logo
    .help = PNG, JPEG or WebP up to 4 MB, best on no ground. SVG is not accepted.
mall-settings-logo-remove = Remove the logo
mall-settings-money = Money and language
mall-settings-unit = Amounts in
    .help = How amounts are shown and typed on every page; the books are always in rial.
mall-settings-locale = Language that pages begin in
    .help = Everybody can choose another for themselves.
mall-settings-locale-fa = فارسی
mall-settings-locale-en = English
mall-settings-reminders = Reminders and returns
    .note = A shop that has set days of its own keeps them.
mall-settings-days = Remind of expiry, days before
    .help = Such as 7, 1; empty: never.
mall-settings-grace = Days that returned credit lives on
    .help = Credit that comes back by a return after its end can be spent for at least so many days.
mall-settings-shops = Terms that shops begin with
    .note = For shops that come from now on; those of today have theirs on their own pages.
mall-settings-limit = Credit limit
    .help = What a shop may owe the fund beyond its deposit.
mall-settings-fee = Network fee, percent
    .help = Of credit that is spent at another shop.
mall-settings-sms = Price of one part of a text message
    .help = Charged to the shop on whose behalf it is sent.
mall-settings-preview = Preview
    .note = Your colour in both themes; nothing changes until you save.
mall-settings-theme-light = Light theme
mall-settings-theme-dark = Dark theme
mall-settings-sample-act = Record purchase
mall-settings-sample-chip = Due
mall-settings-sample-link = See all
field-logo_unreadable = This file is not a picture. Send the logo as PNG, JPEG or WebP.
field-logo_too_small = Send a larger logo; each side at least { $minimum } pixels.

## The palette

palette-shops = Shops
palette-new-shop = Add a shop
palette-order-cards = Order membership cards

## The network's board

menu-mall-board = The network
permission-dashboard-read = See the network's board
board-title = The network
board-sales = Sales of all shops
board-sales-chart = Sales over time
board-now = This period
board-before = The period before
board-purchases = Purchases
board-bought = Members who bought
board-joined = New members
board-members = All members: { $count }
board-returned = Paid back for returns
board-returns = { $count ->
        [one] one return
       *[other] { $count } returns
    }
board-credit = Credit
board-issued = Credit granted
board-spent = Credit spent
board-expired = Credit expired
board-outstanding = Credit outstanding
    .note = What shops owe to members
board-ends-soon = Ends within 30 days
    .note = Expires unless it is spent
board-credit-chart = Granted, spent and expired
board-liability-chart = Credit outstanding over time
board-ageing-chart = Age of the credit outstanding
    .note = Days since it was granted, as of today
board-age = Age
board-age-to = { $first ->
        [0] up to { $last } days
       *[other] { $first } to { $last } days
    }
board-age-over = over { $days } days
board-breakage = Credit likely to expire within 30 days
board-breakage-between = At least { $low }, at most { $high }
board-breakage-method = In the last { $months } months in which credit ended, { $usual } of what had been granted expired unspent; { $least } in the best month and { $most } in the worst. The same shares are taken of the credit that ends within 30 days, and never more than what is left of it ({ $remaining }).
board-empty = Nothing has been sold yet
    .detail = With the first purchase at any shop, sales, members and credit show here.
board-empty-next = See what each shop still lacks
board-fund = The shared fund
board-fund-all = Open the fund
board-owed = Shops owe to the fund
    .note = Comes in with the next settlement
board-cash = In the fund's account
board-deposits = Deposits: { $amount }
board-fee = Fees of this period
board-pool = Behind pooled points
    .note = { $given } points granted and { $taken } spent in this period
board-shops-chart = Sales of each shop
board-shop = Shop

## How shops do

menu-mall-health = Shops' health
health-title = Shops' health
health-lead = Each shop is compared with its own past only.
health-how = How it does
health-last-sale = Last sale
health-week = Sales of 7 days
health-fine = As ever
health-new = Just opened
health-any = Need attention
health-idle = Idle
health-offline = Terminal offline
health-unusual = Unusual
health-contract = Contract
health-is-idle = No sale for { $days } days; its longest pause of the last three months was { $usual ->
        [one] one day
       *[other] { $usual } days
    }.
health-is-silent = { $days ->
        [one] Opened { $days } day ago, and no sale yet.
       *[other] Opened { $days } days ago, and no sale yet.
    }
health-is-offline = The terminal “{ $terminal }” has not called for { $days } days.
health-is-sales-low = Sales of the last seven days were { $now }, { $by } below its usual week ({ $usual }).
health-is-sales-high = Sales of the last seven days were { $now }, { $by } above its usual week ({ $usual }).
health-is-returns = { $now } of the last seven days' sales came back; usually { $usual }.
health-is-spending = { $now } of the last seven days' sales were paid with credit and points; usually { $usual }.
health-is-contract = Its contract with the mall ends { $days ->
        [0] today
        [one] tomorrow
       *[other] in { $days } days
    }.
health-is-contract-over = Its contract with the mall ended { $days ->
        [one] yesterday
       *[other] { $days } days ago
    }.
health-next-idle = Call the owner
health-next-silent = See what is missing
health-next-offline = Call the shop
health-next-sales-low = Call the owner
health-next-sales-high = See the alerts
health-next-returns = See the alerts
health-next-spending = See the fund's matrix
health-next-contract = The shop's page
health-sheet-shop = Shop
health-sheet-category = Trade
health-sheet-last = Last sale
health-sheet-sales = Sales of 7 days (rial)
health-sheet-before = Sales of the 7 days before (rial)
health-sheet-findings = How it does
board-findings = Need attention
board-findings-all = All shops
board-nothing-before = Nothing was recorded in the days before ({ $days }).
message-contract-ends = { $mall }: your shop's contract with the mall ends on { $day }. To renew it, speak with the mall's management.
