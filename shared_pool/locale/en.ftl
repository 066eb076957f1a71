## Pages

menu-mall-fund = Fund
menu-mall-settlements = Settlements
menu-mall-proof = Proof

fund-title = The shared fund
fund-lead = Credit that one shop granted and another accepted is accounted for here.
fund-draft = Draft a settlement
fund-draft-title = Draft a settlement?
fund-draft-consequence = Every shop's position up to now is netted. Nothing moves until another person approves.
fund-open-settlement = The open settlement
fund-owed = Shops owe
    .note = To be paid to the fund
fund-due = Shops are due
    .note = To be paid by the fund
fund-fee = The mall's fees
fund-reserve = Behind the points
    .note = Pooled points not yet spent
fund-cash = Cash
fund-deposits = Deposits
fund-matrix = Who granted, where it was spent
fund-in-unit = in { $unit }
fund-matrix-caption = Value spent: rows issue, columns accept
fund-matrix-hint = Each cell opens into its purchases.
fund-matrix-empty = No credit has been spent at another shop yet
    .detail = After the first agreement, spending shows here.
fund-positions = Positions
fund-shop = Shop
fund-accepted = Accepted from others
fund-issued-spent = Spent elsewhere
fund-net = Net
fund-cover = Cover in use
fund-cover-of = of { $cover }
fund-none = There is no shop.
proof-title = Closing proof
proof-lead = Every rial has two ends; these checks show that the books agree.
proof-again = Check again
proof-all-right = All { $count } checks hold
proof-wrong = { $count } checks fail
proof-seal = The chain's seal
    .note = Each transfer is sealed to the one before; changing the past breaks the seal.
proof-link = Link
proof-sealed-at = Sealed
proof-unsealed = Nothing has been sealed yet.
proof-checked-at = Checked:
settlements-title = Settlements
settlements-lead = One person drafts a settlement, another approves it.
settlements-when = Date
settlements-state = State
settlements-shops = Shops
settlements-pay = Shops pay
settlements-receive = Shops receive
settlements-empty = No settlement yet
    .detail = When shops owe or are due, draft a settlement.
settlements-see-fund = See the fund
settlement-title = Settlement
settlement-cancel = Cancel the settlement
settlement-cancel-title = Cancel the settlement?
settlement-cancel-consequence = Nothing moves and the positions stay as they are.
settlement-approve = Approve
settlement-approve-title = Approve this settlement?
settlement-approve-consequence = The amounts of { $count } shops become final. After the bank payments, record it as done.
settlement-complete = Record as done
settlement-complete-title = Are the payments made?
settlement-complete-consequence = Receiving { $pay } and paying { $receive } is posted; it cannot be undone.
settlement-own-draft = You drafted this; another person has to approve it.
settlement-pay = Shops pay
    .note = { $count } shops
settlement-receive = Shops receive
    .note = { $count } shops
settlement-fees = The mall's part
    .note = Fees of this period
settlement-kept = Behind the points
    .stays = Stays in the fund for points not yet spent
    .paid = Paid out of what was kept for points
settlement-sheba = Sheba
settlement-no-sheba = No Sheba
settlement-net = Net
settlement-steps = Steps
settlement-waiting = Waiting

fund-since-start = since the start
cell-title = Credit of { $issuer } at { $acceptor }
cell-lead = Each row is a purchase at { $acceptor } that was paid with credit of { $issuer } and is settled between the two.
cell-total = Spent in all
cell-when = When
cell-what = Event
cell-amount = Value
cell-newest = The newest { $count } rows are shown.
transfer-purchase = Purchase
transfer-return = Return
transfer-settlement = Settlement
transfer-reversal = Reversal
transfer-gift_card = Gift card
transfer-gift = Gift
settlement-drafted = The settlement is drafted.
settlement-approved = The settlement is approved.
settlement-completed = The settlement is recorded as completed.
settlement-cancelled = The settlement is cancelled.
settlement-step-draft = Draft
settlement-step-approve = Approval by a second person
settlement-step-complete = Completion
settlement-step-cancel = Cancelled
settlement-by-key = over the API
permission-fund-read = See the fund and settlements
permission-fund-settle = Settle the fund
proof-check-transfers_balanced = Every transfer sums to zero in each unit
proof-check-transfers_whole = No transfer is empty or incomplete
proof-check-outstanding_equals_lots = What each shop has outstanding equals its live credit
proof-check-points_equal_lots = Each pool's points equal what members hold
proof-check-lots_equal_entries = What is left of each lot equals the sum of its entries
proof-check-lots_within_bounds = No lot is below zero or above what was granted
proof-check-lots_as_granted = Every lot is still its holder's, its issuer's and of the amount that was granted
proof-check-holds_equal_lots = Everything that is held has a purchase that waits
proof-check-fund_sums_to_zero = The fund balances: clearing, fees, deposits, reserve, wallet, gateway and cash
proof-check-commissions_balanced = Commissions have two equal sides
proof-check-reserves_cover_points = Each pool's reserve covers its points
proof-check-balances_equal_entries = Summed balances equal the entries
proof-check-lots_refer = Every lot has its issuer, scope and transfer
proof-check-chain_intact = The chain of seals is untouched

## Errors of a whole request: the title, and what to do

error-second_person_required = A second person must approve
    .detail = You drafted this settlement. Another person, or another key, must approve it.
error-settlement_not_open = This step is not possible now
    .detail = { $state ->
        [draft] The settlement is still a draft. Another person must approve it first.
        [approved] The settlement is approved already. Record it as completed once the bank has paid.
        [completed] The settlement is completed and does not change. Draft a new one for new positions.
       *[other] The settlement was cancelled. Draft a new one.
    }

## Errors of one field

field-unknown_shop = The mall has no such shop; check the id.
field-above_issue_price = A point can't be worth more than is paid for it; give the issue price or less.
