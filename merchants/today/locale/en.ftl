## The shop's day

today-of = The day
today-sales-of = Sales of this day
today-hour = Hour
today-hour-of = From { $hour } o'clock
today-hour-sales = Sales
today-by-hour-of = Sales of this day by hour
today-days = Days
today-day-before = Day before
today-day-after = Next day
today-step-rules = A rule that gives
    .detail = Say what each purchase brings; start from a ready-made one.
today-step-goods = Goods and prices
    .detail = You can sell without: at the till an amount is enough.
today-step-staff = Cashiers and colleagues
    .detail = Invite them by text message; each has their own permissions.
today-step-sale = The first sale
    .detail = Enter the customer's mobile and the amount; they join right there.
today-step-optional = optional
today-step-done = Done
today-step-count = { $done } of { $all } steps
today-occasions = Birthdays and anniversaries today
today-occasion-birthday = Birthday
today-occasion-wedding = Wedding anniversary
today-occasions-more = and { $count } more
today-waiting = { $count } purchases wait to be confirmed.
today-trial = Before you begin, see your shop with made-up customers and sales
