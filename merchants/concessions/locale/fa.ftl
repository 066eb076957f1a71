## Discounts by the seller

error-concession_too_much = تخفیف بیش از اجازه شماست
    .detail = { $limit ->
        [none] فروشگاه برای شما تخفیف دستی نگذاشته است. آن را بردارید یا از مدیر بخواهید تأیید کند.
        [line] از هر ردیف حداکثر { $percent }٪ می‌توانید کم کنید. کمتر بنویسید یا از مدیر بخواهید تأیید کند.
        [day] امروز حداکثر { $available } ریال دیگر می‌توانید تخفیف بدهید. کمتر بنویسید یا از مدیر بخواهید تأیید کند.
       *[other] در هر فاکتور حداکثر { $available } ریال می‌توانید تخفیف بدهید. کمتر بنویسید یا از مدیر بخواهید تأیید کند.
    }

field-off_reason_required = دلیل تخفیف را بنویسید؛ روی رسید و در گزارش می‌آید.
field-unknown_person = چنین کسی در فروشگاه شما کار نمی‌کند؛ کس دیگری را برگزینید.

concession-rule = تخفیف دستی
concession-within = از آن، تخفیف دستی
concessions-title = تخفیف‌های دستی
concessions-lead = آنچه صندوق‌داران خودشان از مبلغ فاکتور کم کرده‌اند، با دلیلش
concessions-limits = اجازه تخفیف
concessions-limits-lead = هر کس تا چه اندازه خودش تخفیف بدهد. مالک حدی ندارد.
concessions-limits-means = تیک هر ردیف یعنی اجازه تخفیف دارد؛ خانه خالی یعنی بی‌حد. اجازه خود شخص بر اجازه نقش او مقدم است.
concessions-save = ثبت اجازه‌ها
concessions-saved = اجازه‌های تخفیف ثبت شد.
concessions-role-cashier = همه صندوق‌داران
concessions-role-manager = همه مدیران
concessions-role-program = پایانه‌ها و برنامه‌ها
concessions-program = پایانه یا برنامه
concessions-line = از هر ردیف (٪)
concessions-invoice = در هر فاکتور ({ $unit })
concessions-day = در هر روز ({ $unit })
concessions-by-person = به تفکیک شخص
concessions-who = چه کسی
concessions-purchases = شمار خرید
concessions-amount = تخفیف
concessions-total = جمع
concessions-each = یک‌به‌یک
concessions-when = زمان
concessions-why = دلیل
concessions-whole = همه فاکتور
concessions-for = فروشنده: { $seller }
concessions-empty = در این مدت کسی تخفیف دستی نداده است
    .detail = هر تخفیفی که در صندوق نوشته شود با نام و دلیلش اینجا می‌آید.
concessions-none = هنوز به کسی اجازه تخفیف نداده‌اید
    .detail = بنویسید هر صندوق‌دار تا چه اندازه می‌تواند خودش تخفیف بدهد.

till-line-off = تخفیف ردیف
till-off = تخفیف دستی
till-off-room = اجازه شما:
till-off-line = { $percent } هر ردیف؛
till-off-invoice = { $amount } در این فاکتور؛
till-off-day = { $amount } تا پایان امروز.
till-off-free = به هر اندازه که بخواهید.
till-off-whole = از همه فاکتور
till-off-example = ۵٪ یا مبلغ
till-off-reason = دلیل تخفیف
till-key-off = تخفیف
till-agree = تأیید مدیر
    .help = مدیر یا مالک شماره و گذرواژه خود را بنویسد؛ تخفیف به نام او ثبت می‌شود.
till-agree-mobile = موبایل تأییدکننده
till-agree-password = گذرواژه او
