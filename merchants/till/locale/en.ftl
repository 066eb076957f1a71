## The till

till-member-example = Mobile, card or name
till-by-name = Search by name
till-found = Your customers of that name
till-found-none = None of your customers has that name. Enter their mobile, and they join with this sale.
till-can-spend-points = { $points } points, up to { $amount }
till-nothing-to-spend = Nothing to spend on this sale
till-spendable-here = What they hold for this sale
till-gist-earns = Earns
till-gist-spends = Can spend
till-extra = Gift card and coupon code
till-extra-off = Own discount, gift card and coupon code
till-keys = Keys

till-returns = Return
till-returns-lead = Find the purchase that the goods are of.
till-returns-which = Which purchase?
    .help = An invoice's number, a mobile, a name or a member number; an invoice's code can be scanned.
till-returns-today = Today's purchases
till-returns-found = Purchases found
till-returns-some = Partly returned
till-returns-none-today = No purchase has been recorded today
till-returns-none = No such purchase was found
    .detail = Enter an invoice's number or the customer's mobile.

## The sheet of keys

till-help-title = By keyboard
till-help-member = The customer's field takes a mobile, a member number, a card or the name of a customer of yours. A new mobile joins with the sale.
till-help-amount = A number that is no product's code is an amount. After an amount, Enter records the sale once you have seen what comes of it.
till-enter = Enter
till-key-member = Customer
till-key-line = Another line
till-key-spend = Spend credit
till-key-points = Spend points
till-key-return = Return
till-key-record = Record the sale
till-key-activate = Activate an offer
till-activate-why = Not active; if they want it
till-activated = Active, and counted
till-deactivate = They don't want it
till-key-enter = On to the next field, and record at the end
till-key-thousands = Three zeros
till-key-clear = Clear
till-key-help = This sheet

## What the till says when an answer is slow or does not come

till-says-slow = The answer is taking a while. Please wait; there is no need to press again.
till-says-asking = No answer came. Asking whether the sale was recorded…
till-says-offline = There is no connection. What you typed stays; we ask by ourselves once it is back.
till-says-not-made = This sale was not recorded. You can record it again; it will not be recorded twice.
till-says-no-preview = The outcome of this sale did not arrive. What you typed is still here; go on.
till-says-cleared = Cleared.
till-says-back = What you had typed is back.

till-door = Sign in again
    .detail = You were away for a while and were signed out. What you typed stays right here.

till-gift-card = Gift card
    .help = The number, if the customer brought one.
till-done = The purchase is recorded
till-new-customer = New customer
till-sent-before = This form was recorded before; its purchase is in the list. If this is another sale, record it again.

till-toast = Recorded; take { $amount }.

field-member_required = Enter the customer's mobile or member number.
field-price_not_yours = Only a manager may change the price of this product. Leave it empty for the catalogue's.
field-price_required = Enter the line's price.

permission-today-read = The day's report
permission-till-use = The till
permission-till-price = Change prices at the till
permission-goods-manage = Products and price lists
permission-colleagues-manage = Sales colleagues and commission
permission-selling-manage = Selling and invoice settings
permission-terminals-manage = Terminals
permission-returns-make = Taking goods back
permission-purchases-read = Seeing purchases
permission-customers-read = Seeing customers
permission-rules-read = Seeing rules
