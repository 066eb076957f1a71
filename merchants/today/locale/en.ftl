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
today-step-rules = Rules
today-step-sale = First purchase
today-waiting = { $count } purchases wait to be confirmed.
