## The shop's day

today-of = کارنامه روز
today-sales-of = فروش این روز
today-hour = ساعت
today-hour-of = ساعت { $hour }
today-hour-sales = فروش
today-by-hour-of = فروش این روز به تفکیک ساعت
today-days = روزها
today-day-before = روز پیش
today-day-after = روز بعد
today-step-rules = الگوی اعتباردهی
today-step-sale = نخستین خرید
today-waiting = { $count } خرید در انتظار تأیید است.
