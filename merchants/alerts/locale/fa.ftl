## Alerts

menu-shop-alerts = هشدارها
permission-alerts-handle = رسیدگی به هشدارها
error-own_alert = این هشدار درباره خود شماست
    .detail = رسیدگی به آن با مالک یا مدیر دیگری است.
error-alert_closed = به این هشدار رسیدگی شده است
    .detail = کس دیگری پیش از شما آن را بسته است. فهرست را دوباره باز کنید.

today-alerts = { $count } هشدار منتظر رسیدگی است
alerts-title = هشدارها
alerts-lead = چیزهایی در خریدها که بهتر است کسی ببیند. هشدار به معنی تقلب نیست؛ شواهد را ببینید و نتیجه را بنویسید.
alerts-open = باز
alerts-now-closed = هشدار بسته شد.
alerts-closed = بسته
alerts-what = هشدار
alerts-state = وضعیت
alerts-state-open = منتظر رسیدگی
alerts-state-confirmed = تخلف بود
alerts-state-harmless = مشکلی نبود
alerts-empty = هشداری باز نیست
    .detail = خریدها هر دقیقه بررسی می‌شوند؛ اگر چیزی غیرعادی باشد همین‌جا می‌آید.
alerts-evidence = شواهد
alerts-purchase = خرید
alerts-hand = ثبت‌کننده
alerts-no-hand = پایانه یا برنامه
alerts-somebody = عضوی
alerts-earned = پاداش
alerts-paid-back = بازگشت پول
alerts-see-customer = پرونده { $who }
alerts-guessing-evidence = شماره‌هایی که حدس زده شد نگهداری نمی‌شود؛ زمان نخستین و آخرین:
alerts-close-title = رسیدگی
alerts-outcome = چه بود؟
alerts-outcome-harmless = مشکلی نبود
alerts-outcome-confirmed = تخلف بود
alerts-note = توضیح
    .help = بنویسید چه دیدید و چه کردید؛ این نوشته می‌ماند.
alerts-close = بستن هشدار

alert-self-credit = صندوق‌دار برای خودش خرید ثبت کرده است
    .text = { $hand } { $count } خرید به مبلغ { $total } برای شماره خودش ثبت کرده و { $earned } پاداش گرفته است.
alert-burst = خریدهای پشت سر هم
    .text = { $who } در زمانی کوتاه { $count } خرید به مبلغ { $total } کرده و { $earned } پاداش گرفته است.
alert-refund-loop = مرجوعی پی‌درپی
    .text = { $who } در یک هفته { $count } بار کالا پس داده و { $earned } پول گرفته است.
alert-guessing = حدس‌زدن شماره کارت هدیه یا کد
    .text = در یک روز { $count } شماره یا کد نادرست وارد شده است.
