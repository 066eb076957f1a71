## Alerts

menu-shop-alerts = Alerts
permission-alerts-handle = Handle alerts
error-own_alert = This alert is about you
    .detail = Another owner or manager has to look into it.
error-alert_closed = This alert was handled
    .detail = Somebody closed it before you. Open the list again.

today-alerts = { $count } alerts wait to be looked into
alerts-title = Alerts
alerts-lead = Things in the purchases that somebody should look at. An alert doesn't mean fraud; look at the evidence and write down what it was.
alerts-open = Open
alerts-now-closed = The alert is closed.
alerts-closed = Closed
alerts-what = Alert
alerts-state = State
alerts-state-open = Waiting
alerts-state-confirmed = It was fraud
alerts-state-harmless = It was harmless
alerts-empty = No alert is open
    .detail = Purchases are looked through every minute; anything unusual shows here.
alerts-evidence = Evidence
alerts-purchase = Purchase
alerts-hand = By
alerts-no-hand = a terminal or program
alerts-somebody = a member
alerts-earned = Reward
alerts-paid-back = Paid back
alerts-see-customer = Customer { $who }
alerts-guessing-evidence = The numbers that were guessed are not kept; the first and the last:
alerts-close-title = Handling
alerts-outcome = What was it?
alerts-outcome-harmless = It was harmless
alerts-outcome-confirmed = It was fraud
alerts-note = Reason
    .help = Write what you saw and did; it stays here.
alerts-close = Close alert

alert-self-credit = A cashier made purchases for themselves
    .text = { $hand } made { $count } purchases of { $total } on their own mobile and got { $earned } in rewards.
alert-burst = Many purchases in a short time
    .text = { $who } made { $count } purchases of { $total } in a short time and got { $earned } in rewards.
alert-refund-loop = One return after another
    .text = { $who } returned goods { $count } times in a week and was paid back { $earned }.
alert-guessing = Guessing gift cards or codes
    .text = { $count } wrong numbers or codes were entered in one day.
