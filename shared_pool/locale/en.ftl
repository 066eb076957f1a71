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
proof-days = The proof of each day
    .note = Every night, after the day is over, all checks are run and kept with the seal of that moment.
proof-day = Day
proof-result = Result
proof-hash = Seal
proof-days-empty = No day has been closed yet
    .detail = The first proof comes tonight, after the day is over.
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
settlement-approve-consequence = { $count ->
        [one] The amount of { $count } shop becomes final. After the bank payments, record it as done.
       *[other] The amounts of { $count } shops become final. After the bank payments, record it as done.
    }
settlement-complete = Record as done
settlement-complete-title = Are the payments made?
settlement-complete-consequence = All shops without a result yet ({ $count }) are recorded as done, and their amounts are posted. If the bank returns a payment later, record it here.
settlement-own-draft = You drafted this; another person has to approve it.
settlement-pay = Shops pay
    .note = { $count ->
            [one] { $count } shop
           *[other] { $count } shops
        }
settlement-receive = Shops receive
    .note = { $count ->
            [one] { $count } shop
           *[other] { $count } shops
        }
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
fund-matrix-sheet = Who granted, where spent
fund-matrix-issuer = Issuer
fund-matrix-acceptor = Acceptor
fund-matrix-value = Value (rial)
fund-positions-sheet = Positions
fund-positions-shop = Shop
fund-positions-accepted = Accepted from others (rial)
fund-positions-spent = Spent elsewhere (rial)
fund-positions-net = Net (rial)
fund-positions-deposit = Deposit (rial)
fund-positions-limit = Credit limit (rial)
fund-positions-used = In use (rial)
fund-entries-sheet = Entries
fund-entries-at = When
fund-entries-what = Event
fund-entries-value = Value (rial)
fund-entries-purchase = Purchase id
fund-why-title = The purchase behind this entry
fund-why-own = The shop's own credit; nothing to settle.
fund-why-settles = { $shop } gets { $gets } from the fund; the mall's fee is { $fee }.
cell-count = Entries
cell-title = Credit of { $issuer } at { $acceptor }
cell-lead = Each row is a purchase at { $acceptor } that was paid with credit of { $issuer } and is settled between the two.
cell-total = Spent in all
cell-when = When
cell-what = Event
cell-amount = Value
transfer-purchase = Purchase
transfer-return = Return
transfer-settlement = Settlement
transfer-reversal = Reversal
transfer-gift_card = Gift card
transfer-gift = Gift
settlement-result = Result
settlement-progress = Lines with a result
    .of = { $settled } of { $count }
settlement-mark = What became of the payments
    .lead = Choose shops and say what the bank says. What was paid or received is posted at once; when all have a result the settlement is completed.
    .after = If the bank returns a payment, mark it “not paid”, so that what the shop is due stands again.
    .verb = Record the result
settlement-mark-paid = Paid
settlement-mark-refused = Not paid, or returned
settlement-mark-unknown = Unknown
settlement-mark-collateral = Taken from the deposit
settlement-note = Reason
    .help = For a payment that was not made, in the bank's words. The shop sees it too.
settlement-reference = Reference
    .help = The bank's own number, if there is one.
settlement-marked = { $count ->
        [one] The result of { $count } shop is recorded.
       *[other] The result of { $count } shops is recorded.
    }
settlement-all-settled = All results are known; the settlement is completed.
settlement-tab-lines = Shops
settlement-tab-bank = Bank payment
settlement-excel = Excel
settlement-column-shop = Shop
settlement-column-sheba = Sheba
settlement-column-bank = Bank
settlement-column-pays = Pays (rial)
settlement-column-gets = Receives (rial)
settlement-column-result = Result
settlement-column-note = Reason
settlement-column-reference = Reference
fund-account = The fund's account
fund-account-lead = Settlements are paid from this account.
fund-account-holder = Account holder
    .help = As the bank knows it.
fund-account-sheba-help = The Sheba of the account that shops are paid from.
fund-account-profile = The bank's file format
    .help = Most banks take the common one.
fund-account-most = Paya's cap of one payment
    .help = If the bank named one; a larger payment is left out of the file and made by itself (Satna).
fund-account-saved = The fund's account is saved.
fund-account-none = The fund's account is not known yet
    .detail = To make a Paya file, give the Sheba and holder of the account that you pay from.
fund-account-give = Give the account
fund-account-change = Change the account
bank-profile-common = Common (Paya, ISO 20022)
bank-profile-mehr = Mehr Iran
paya-title = Bank payment
paya-note = Shared fund settlement { $mall } { $day }
paya-draft = The Paya file can be made once a second person has approved.
paya-ready = Ready to be paid by file
    .note = { $count ->
            [one] { $count } payment
           *[other] { $count } payments
        }
paya-stuck = Can't be in the file
    .note = See below why
paya-stuck-title = Not in the file
paya-obstacle-no_sheba = No Sheba; give it on the shop's page, or record how else it was paid.
paya-obstacle-above_cap = Above Paya's cap; pay it by Satna and record the result.
paya-files = Paya files
paya-file = { $count ->
        [one] { $count } payment,
       *[other] { $count } payments,
    }
paya-empty = No file yet
    .detail = A Paya file gives all ready payments to the bank at once.
paya-make = Make a Paya file
paya-make-title = Make a Paya file?
paya-make-consequence = A file of { $count } payments, { $total } in all, is made. Nothing is posted until the bank's results are recorded.
paya-make-stuck = { $count } shops are not in this file.
paya-made = The file of { $count } payments is made; fetch it and upload it at the bank.
paya-fetch = Fetch
paya-withdraw = Withdraw
paya-withdraw-title = Was this file not given to the bank?
paya-withdraw-consequence = Its payments wait again and come into the next file. If the bank did get it, shops would be paid twice.
paya-withdrawn = The file is withdrawn; its payments wait.
paya-is-withdrawn = Withdrawn
bank-answers = The bank's results
    .lead = Bring the file in which the bank says what became of the payments. You see first what it would record.
bank-answers-file = File of results (Excel or CSV)
    .help = It needs columns for Sheba, amount (rial) and status; { $size } MB at most.
bank-answers-try = See the results
bank-answers-tried = What the bank's file says
    .lead = Nothing is recorded yet. A status that means neither paid nor returned stays unknown.
bank-answers-misfits = Rows that don't fit
bank-answers-misfits-title = These rows record nothing
bank-answers-row = Row { $row }
bank-answers-now = Now
bank-answers-then = After
bank-answers-same = The same
bank-answers-apply = Record these results
bank-answers-nothing = This file has no new result.
settlement-misfit-sheba = The Sheba of this row is not right.
settlement-misfit-amount = The amount of this row can't be read.
settlement-misfit-ambiguous = Two shops have this Sheba and amount; record the result of each yourself.
settlement-misfit-other-amount = The amount is not that of this shop's payment in this settlement.
settlement-misfit-not-asked = This settlement has no payment to this Sheba.
settlement-misfit-contradicts = The file gives two results for this payment; ask the bank.
settlement-tab-statements = Statements
statements-title = Statements
statements-lead = Each shop has a sheet: from its position at the settlement before until now, what was spent with it and elsewhere, fees and result.
statements-zip = Fetch all
statements-empty = This settlement has no statements
    .detail = No shop owed or was due anything in it.
statement-paper = Sheet
statement-pdf = PDF
statement-pdf-of = Statement of { $shop }, PDF
statement-title = Shared fund statement
statement-number = Number
statement-period = Period
statement-from-to = { $from } to { $to }
statement-until = From the start to { $to }
statement-you-get = The fund pays you
statement-you-pay = You pay the fund
statement-words = { $words }
statement-how = How this amount came about
statement-to-you = due to you
statement-from-you = you owe
statement-opening = Your position at the start of the period
statement-accepted = Others' credit spent with you
statement-spent = Your credit spent elsewhere
statement-points = Pooled points (accepted less granted)
statement-wallet = Customers' wallet money spent with you
statement-fees = The mall's fees
statement-settled = Paid between you and the fund in this period
statement-closing = Your position at the end of the period
statement-elsewhere = On its way in another settlement
statement-net = Amount of this settlement
statement-accepted-of = Whose credit was spent with you
statement-spent-at = Where your credit was spent
statement-total = Total
statement-also = At that moment customers still held { $outstanding } of your credit, and your deposit was { $deposit }.
statement-no-detail = The details of this period were not kept.
statement-foot = This sheet comes from the shared fund's ledger.
menu-shop-fund = Fund and statements
permission-statements-read = See the position in the fund and statements
own-fund-title = The shared fund
own-fund-lead = What is spent between you and other shops is settled with the fund, all at once.
own-fund-position = Your position now
own-fund-is-due = The fund is to pay you
own-fund-owes = You are to pay the fund
own-fund-even = You neither owe nor are due
own-fund-way = Settlement on its way
    .to-you = Will come to your account
    .from-you = Will be collected from you
own-fund-deposit = Your deposit
own-fund-cover = Limit of credit at partners
own-fund-used = { $used } in use
own-fund-room = You can grant { $room } more that partners accept too.
own-fund-over = The limit is used up; until you settle or add to your deposit, new credit is good only with you.
own-fund-partners = With each partner
own-fund-since = Since the settlement of { $day }
own-fund-partner = Partner
own-fund-accepted = Theirs with you
own-fund-spent = Yours with them
own-fund-between = Between you
own-fund-nothing = Nothing has been spent between you and others yet
    .detail = When a customer buys from you with a partner's credit, or there with yours, it shows here.
own-fund-see-partners = See partners
own-fund-fees = The mall's fees in this period are { $amount }.
own-fund-points-in = You get { $amount } for pooled points.
own-fund-points-out = You have set { $amount } aside for pooled points.
own-fund-wallet = { $amount } of customers' wallet money was spent with you.
own-credit = The credit that you granted
own-credit-granted = Granted
own-credit-used = Used
own-credit-out = In circulation
own-credit-burnt = Expired
own-credit-soon = { $amount } ends within { $days } days
own-credit-taken = { $amount } came back with returns
own-credit-ages = How long ago what is in circulation was granted
own-credit-age = { $start } to { $end } days
own-credit-older = More than { $start } days
own-statements-empty = You have had no settlement yet
    .detail = After the mall's first settlement your statement comes here.
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

error-settlement_begun = Part of this settlement is paid
    .detail = A settlement of which something is paid, unknown or in a bank file can't be cancelled. Withdraw the file if the bank did not get it; else record the other results, and what was not paid comes into the next one.
error-payments_unknown = The result of some payments is unknown
    .detail = The result of { $count } payments is unknown. Ask the bank first and record each.
error-result_not_possible = This line can't have this result
    .detail = { $result ->
        [collateral] Only what a shop owes can be taken from its deposit. Choose another result for a shop that is due.
       *[other] The settlement is completed. Only a payment that came back can be marked as not paid; the rest comes into the next settlement.
    }
error-collateral_short = The deposit is too small
    .detail = The deposit of this shop is { $deposit } rial and it owes { $owed } rial now: less than this line. Record how else it was received.

error-fund_account_missing = The fund's account is not known
    .detail = First give the Sheba and holder of the account that you pay from.
error-nothing_to_pay = No payment is left for a file
    .detail = All payments are in a file, have a result, or have an obstacle that is named on this page.
error-bank_file_in_use = The bank has this file
    .detail = Some of its payments have a result. Record the others too.
error-results_unreadable = The file of results could not be read
    .detail = The file needs columns for Sheba, amount and status.

## Errors of one field

field-unknown_shop = The mall has no such shop; check the id.
field-above_issue_price = A point can't be worth more than is paid for it; give the issue price or less.
field-no_line_chosen = Choose at least one shop.
field-reason_missing = Say why it was not paid; the shop sees it too.
field-results_unreadable = This file could not be read. Bring an Excel (xlsx) or CSV file with columns for Sheba, amount and status.
