## Referral

thanks-referral = پاداش معرفی
thanks-commission = پورسانت معرفی
thanks-ambassador = پاداش هدیه‌دهنده
referral-title = معرفی
referral-lead = هرکس مشتری تازه‌ای بیاورد از خرید او سهم می‌برد.
referral-terms = شرایط معرفی
referral-first = پاداش نخستین خرید دوست
    .help = به معرف، اعتبار همین فروشگاه داده می‌شود. خالی: بدون پاداش.
referral-minimum = کمترین پرداختِ نخستین خرید
    .help = خرید کمتر از این پاداشی نمی‌آورد. خالی: هر مبلغی.
referral-days = مهلت پاداش به روز
    .help = خالی: مطابق قاعده اعتبار فروشگاه.
referral-level = پورسانت سطح { $n }
    .help = درصدی از هر پرداخت دوست، مانند ۲. سطح ۱ خود معرف است، سطح ۲ معرفِ او. خالی: بدون پورسانت.
referral-save = ثبت شرایط
referral-saved = شرایط معرفی از همین لحظه برقرار است.
referral-owed = پورسانت پرداخت‌نشده
referral-pay = ثبت پرداخت
referral-paid = پرداخت ثبت شد.
referral-not-paid = مبلغ در این میان عوض شده است؛ مبلغ تازه را ببینید و دوباره ثبت کنید.
referral-given = پاداش‌های داده‌شده
referral-who = گیرنده
referral-why = بابت
referral-of-level = سطح { $n }
referral-when = روز
referral-amount = مبلغ
referral-back = پس‌گرفته با مرجوعی
referral-stranger = عضو باشگاه
referral-empty = هنوز پاداشی داده نشده است
    .detail = معرف هر مشتری را در پرونده‌اش ثبت کنید.

field-referral_too_much = جمع پورسانت سطح‌ها نباید از ۵۰ درصد بیشتر شود.
thanks-withheld = نگه‌داشته تا رسیدگی
thanks-refused = رد شده
