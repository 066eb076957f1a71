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
return-everything = All of it
return-outcome = What the return comes to
return-give-back = Give the customer
return-choose = Enter how many of each line come back; you see what it comes to before it is recorded.
return-restored = Back to their credit and points
return-taken = Taken back
return-deducted = Less of the money
return-carried = Stays as a debt to you
return-written-off = Written off
return-means-deducted = Some of what they had earned with this purchase has been spent; pay them that much less.
return-record = Record the return
return-done = The return is recorded. Pay { $amount } to the customer.

field-more_than_left = More than is left with the customer; write a smaller number.
field-nothing_chosen = Write the quantity of at least one line.

## Why, rial by rial

why-lot = { $amount } { $scope }
why-count = { $amount }
why-line = “{ $line }” { $amount }
why-lines = {" "}({ $lines })
why-line-n = line { $n }
why-funder-discount = Your shop gives the discount.
why-funder-own = Your shop pays for it when it is spent.
why-funder-partners = Wherever it is spent among partners, your shop settles it with the fund.
why-funder-network = Wherever in the mall it is spent, your shop settles it with the fund.
why-funder-own_points = Your shop pays for their rewards.
why-funder-pool = Your shop puts the money behind them into the fund now.
why-funder-wallet = It is money from the member's wallet.
why-shop-discount = { $shop } gives the discount.
why-shop-own = { $shop } pays for it, and it is spent there.
why-shop-partners = { $shop } pays for it; its partners take it too.
why-shop-network = { $shop } pays for it; every shop of the mall takes it.
why-shop-own_points = They are { $shop }'s points.
why-shop-pool = { $shop } has put the money behind them into the fund.
why-shop-wallet = It is from your wallet.

my-purchase-title = A purchase at { $shop }
my-purchase-up = Movements
my-purchase-paid = You paid
my-purchase-why = What you got, and why

till-rest-not-yet = { $amount } can be spent from { $day }.
till-rest-held = { $amount } is held by a purchase that is not confirmed yet.
till-rest-not-here = { $amount } is not accepted in this branch.
till-rest-card-kind = { $amount } can't be spent with this kind of card.
till-rest-per-invoice = { $amount } is beyond the cap per purchase of this customer's group.
till-rest-per-day = { $amount } is beyond today's cap of this customer's group.
till-rest-share = { $amount } is beyond the share of this purchase that credit may pay.
till-rest-basket = { $amount } is more than this purchase comes to.
card_kind-rule = Kind of card
error-card_kind_refuses = This card can't pay so
    .detail = { $kind ->
        [points] This member's card is a points card and pays with points only.
       *[other] This member's card is a discount card and carries neither credit nor points.
    }
