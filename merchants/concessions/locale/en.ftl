## Discounts by the seller

error-concession_too_much = More discount than you may give
    .detail = { $limit ->
        [none] The shop lets you give no discount of your own. Take it out, or ask a manager to agree.
        [line] You may take at most { $percent } % off a line. Give less, or ask a manager to agree.
        [day] Today you may take at most { $available } rial more off. Give less, or ask a manager to agree.
       *[other] You may take at most { $available } rial off an invoice. Give less, or ask a manager to agree.
    }

field-off_reason_required = Say why; it stands on the receipt and in the report.
field-unknown_person = Nobody of your shop; choose somebody else.

concession-rule = Discount by the seller
concession-within = of it by the seller
concessions-title = Discounts by the seller
concessions-lead = What cashiers took off invoices of their own accord, and why
concessions-limits = Who may give how much
concessions-limits-lead = How much each may take off. The owner has no bound.
concessions-limits-means = A tick lets them give discounts; an empty field is without bound. A person's own limit comes before their role's.
concessions-save = Save
concessions-saved = Saved.
concessions-role-cashier = All cashiers
concessions-role-manager = All managers
concessions-role-program = Terminals and programs
concessions-program = A terminal or program
concessions-line = Of each line (%)
concessions-invoice = Per invoice ({ $unit })
concessions-day = Per day ({ $unit })
concessions-by-person = By person
concessions-who = Who
concessions-purchases = Purchases
concessions-amount = Discount
concessions-total = Total
concessions-each = One by one
concessions-when = When
concessions-why = Why
concessions-whole = The whole invoice
concessions-for = Sold by { $seller }
concessions-empty = Nobody gave a discount of their own in this time
    .detail = Each one that is typed at the till is listed here with its name and reason.
concessions-none = Nobody may give discounts yet
    .detail = Say how much each cashier may take off of their own accord.

till-line-off = Discount
till-off = Discount by the seller
till-off-room = You may give
till-off-line = { $percent } of each line;
till-off-invoice = { $amount } on this invoice;
till-off-day = { $amount } until the end of today.
till-off-free = As much as you like.
till-off-whole = Off the whole invoice
till-off-example = 5% or an amount
till-off-reason = Reason
till-key-off = Discount
till-agree = A manager agrees
    .help = The manager or owner types their mobile and password; the discount is noted under their name.
till-agree-mobile = Their mobile
till-agree-password = Their password
