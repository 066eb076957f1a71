## Rewards of the shop's own

gifting-tab-surveys = نظرسنجی
own-reward-none = بی‌پاداش
own-reward-credit = اعتبار
own-reward-points = امتیاز
own-reward =
    .help = پاداش از اعتبار یا امتیاز خود فروشگاه است و همین‌جا خرج می‌شود.
own-reward-amount = مبلغ اعتبار
    .help = اگر «اعتبار» را برگزیده‌اید.
own-reward-count = شمار امتیاز
    .help = اگر «امتیاز» را برگزیده‌اید.
own-reward-days = چند روز بماند
    .help = خالی: مانند دیگر اعتبار و امتیاز فروشگاه.
