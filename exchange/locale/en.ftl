## Pages

menu-shop-partners = Partner shops

partners-title = Partner shops
partners-lead = You decide where your credit is accepted and whose you accept.
partners-propose = Propose
partners-propose-means = Your customers may spend your credit at this shop, and you settle it with the fund.
partners-received = Awaiting your answer
partners-offer-of = A proposal from { $shop }
partners-offer-means = Customers of { $shop } may pay up to { $share } of a purchase here with its credit; you receive { $keep } of it from the fund.
partners-until = until { $day }
partners-accept = Accept
partners-decline = Decline
partners-agreements = Agreements
partners-shop = Shop
partners-state = State
partners-share = Largest share of a purchase
    .help = Per cent, for example 30
partners-fee = Fee
    .help = Per cent of what is spent, for the mall; for example 2
partners-brought = Spent under it
partners-acts = Actions
partners-direction-issues = Your credit is accepted there
partners-direction-accepts = Their credit is accepted here
partners-terminate = End it
partners-terminate-title = End the agreement with { $shop }?
partners-terminate-consequence = From now on credit is no longer accepted there. Recorded purchases and the fund's account do not change.
partners-empty = You have no partner yet
    .detail = Propose to a shop whose customers suit you.
partners-acceptor = Accepting shop
partners-ends = Ends on
    .help = Empty: no end
partners-send = Send the proposal

## What partners brought

partners-worth = What partnerships brought
partners-worth-means = Net is the sales to a partner's customers, less the mall's fee and less your credit that was spent at the partner, which you settle with the fund. A purchase that spent credit of two partners counts for both, and once in the sum.
partners-worth-empty = No credit was spent between you and your partners in this period
    .detail = Look at a longer one, or tell your customers where their credit is taken.
partners-came = Partners' customers here
partners-came-new = { $count ->
        [one] one for the first time
       *[other] { $count } for the first time
    }
partners-sold = Sales to them
partners-sold-with = { $amount } of it with partners' credit
partners-theirs-here = The partner's credit here
partners-fee-here = Fee { $amount }
partners-spent-there = Your credit at partners'
    .note = You settle it with the fund
partners-sent = { $count ->
        [one] one customer of yours
       *[other] { $count } customers of yours
    }
partners-net = Net
    .note = After the fee ({ $fee }) and your credit
partners-sheet-shop = Partner
partners-sheet-customers = Its customers here
partners-sheet-new = Of these, for the first time
partners-sheet-purchases = Their purchases
partners-sheet-sales = Sales to them (rial)
partners-sheet-accepted = Its credit here (rial)
partners-sheet-fee = Fee (rial)
partners-sheet-sent = Your customers there
partners-sheet-spent = Your credit there (rial)
partners-sheet-net = Net (rial)

## Agreements that end

today-ending = { $count ->
        [one] One partnership ends within a month.
       *[other] { $count } partnerships end within a month.
    }
message-agreement-ends = { $mall }: you take the credit of { $shop } until { $day }. After that you don't, unless it sends a new proposal.
message-agreement-ends-issuer = { $mall }: { $shop } takes your credit until { $day }. To go on, send a new proposal after that from the partners' page.

## Errors of a whole request: the title, and what to do

error-agreement_exists = There is an agreement or a proposal
    .detail = You have one with this shop in the same direction. End it, then propose anew.
error-agreement_not_open = The proposal is not open
    .detail = It was answered or ended, or its time is over. Look at the agreements again; working together needs a new proposal.

## Errors of one field

field-own_shop = This is your own shop; choose another one.
field-in_the_past = This time has passed; give one in the future.

## On the shop's first page

today-proposals = { $count ->
    [one] One partnership is
   *[other] { $count } partnerships are
} waiting for your answer.
