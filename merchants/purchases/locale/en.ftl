## Purchases in the portal

purchases-stranger = Not your customer yet

scope-own = Own credit
scope-partners = Partner credit
scope-network = Network credit
scope-own_points = Shop points
scope-pool = Pooled points
scope-wallet = Wallet

purchase-return-restored = What was spent went back to the customer.
purchase-return-taken = { $what } was taken back.
purchase-return-deducted = { $amount }, spent in the meantime, was deducted from the refund.
purchase-return-carried = { $amount } will be kept from what the customer earns next.

return-title = Take goods back
return-lead = Purchase of { $customer }
return-left = With the customer
return-quantity = Comes back
return-quantity-of = How much of { $item } comes back
return-all-back = All of it is back
return-means = What was paid with credit and points goes back to the customer, and what these goods earned is taken back. Pay the rest in cash.
return-record = Record the return
return-done = The return is recorded. Pay { $amount } to the customer.

field-more_than_left = More than is left with the customer; write a smaller number.
field-nothing_chosen = Write the quantity of at least one line.
