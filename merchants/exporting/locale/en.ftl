## Exports

export-open = Excel
export-open-csv = CSV
export-customers = Customers
export-purchases = Purchases
export-number = Member number
export-mobile = Mobile
export-name = Name
export-birthday = Birthday
export-promotion = Promotional consent
export-source = How they came
export-since = Customer since
export-spend = Total spend
export-first = First purchase
export-last = Last purchase
export-groups = Groups
export-tier = Tier
export-purchase = Purchase id
export-day = Time
export-state = State
export-branch = Branch
export-total = Amount
export-discount = Discount
export-spent = Credit and points spent
export-paid = Paid
