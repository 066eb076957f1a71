## Pages

menu-club-home = Card
menu-club-history = History

club-home-title = My card
club-card = Membership card
club-qr = The membership card's code
club-member = Member
club-points = Pooled points
club-points-worth = worth { $amount }
club-credit = Credit
club-credit-in = from { $count } shops
club-expiring = { $amount } from { $shop } expires soon
club-days-left = { $days } days left
club-by-shop = By shop
club-lots-n = { $count } items
club-until = until { $day }
club-no-end = No expiry
club-empty = Nothing here yet
    .detail = Say your mobile number at any shop of the mall to earn.
club-lot-title = From { $shop }
club-lot-left = Left
club-lot-of = of { $granted }
club-lot-earned = Why
club-lot-rule = Rule
club-lot-when = Received
club-lot-from = Spendable from
club-lot-until = Expires
club-lot-where = Spendable at { $count } shops
club-lot-movements = Movements
club-history-title = History
club-history-more = Earlier
club-history-empty = No movement yet
    .detail = After your first purchase every movement shows here with its reason.
club-kind-earned = Earned
club-kind-spent = Spent
club-kind-expired = Expired
