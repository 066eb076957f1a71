## Selling settings

selling-title = Selling settings
selling-lead = Tax, caps on credit, and what invoices say of you; from the next sale on.
selling-vat = Value added tax
selling-vat-rate = Rate (per cent)
    .help = Empty if you charge none.
selling-vat-prices = Prices
selling-vat-within = hold the tax already
selling-vat-on-top = are without it, and it is added to the invoice
selling-caps = Caps on credit
selling-caps-means = What is left empty has no cap. A customer in several groups has the largest of theirs.
selling-group = Customer group
selling-everyone = Other customers
selling-per-invoice = Per purchase ({ $unit })
selling-per-day = Per day ({ $unit })
selling-seller = On the invoice
selling-legal-name = Legal name
    .help = Empty: the shop's name
selling-address = Address
selling-postal-code = Postal code
    .help = 10 digits
selling-phone = Phone
selling-economic-code = Economic code
selling-footer = Foot of the invoice
    .help = Such as your terms of exchange
selling-saved = Selling settings saved.

