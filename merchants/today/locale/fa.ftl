## The shop's day

today-of = روز
today-days = روزها
today-day-before = روز پیش
today-day-after = روز بعد
today-step-rules = الگوی اعتباردهی
today-step-sale = نخستین خرید
today-waiting = { $count } خرید در انتظار تأیید است.
