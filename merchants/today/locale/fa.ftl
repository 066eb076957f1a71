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
    .detail = بگویید با هر خرید چه می‌دهید؛ از الگوهای آماده آغاز کنید.
today-step-goods = کالاها و بها
    .detail = بدون آن هم می‌فروشید؛ در صندوق فقط مبلغ بنویسید.
today-step-staff = صندوق‌دار و همکاران
    .detail = با پیامک دعوتشان کنید؛ هر کس اجازه خودش را دارد.
today-step-sale = نخستین خرید
    .detail = موبایل مشتری و مبلغ را بنویسید؛ همین‌جا عضو می‌شود.
today-step-optional = اختیاری
today-step-done = انجام شد
today-step-count = { $done } از { $all } گام
today-occasions = تولدها و سالگردهای امروز
today-occasion-birthday = تولد
today-occasion-wedding = سالگرد ازدواج
today-occasions-more = و { $count } نفر دیگر
today-waiting = { $count } خرید در انتظار تأیید است.
today-trial = پیش از شروع، فروشگاه‌تان را با مشتری و خرید ساختگی ببینید
