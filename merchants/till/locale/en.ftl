## The till

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
