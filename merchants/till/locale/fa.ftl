## The till

till-member-example = موبایل، کارت یا نام
till-by-name = جست‌وجو با نام
till-found = مشتریان شما با این نام
till-found-none = مشتری‌ای با این نام ندارید. شماره موبایل او را بنویسید تا همین‌جا عضو شود.
till-can-spend-points = { $points } امتیاز، تا { $amount }
till-nothing-to-spend = چیزی برای خرج‌کردن در این خرید نیست
till-spendable-here = داشته‌های او برای این خرید
till-gist-earns = می‌گیرد
till-gist-spends = می‌تواند خرج کند
till-extra = کارت هدیه و کد تخفیف
till-extra-off = تخفیف دستی، کارت هدیه و کد تخفیف
till-keys = کلیدها

till-returns = مرجوعی
till-returns-lead = خریدی را که کالایش برگشته پیدا کنید.
till-returns-which = کدام خرید؟
    .help = شماره فاکتور، موبایل، نام یا شماره عضویت؛ کد روی فاکتور را هم می‌شود اسکن کرد.
till-returns-today = خریدهای امروز
till-returns-found = خریدهای پیداشده
till-returns-some = بخشی برگشته
till-returns-none-today = امروز هنوز خریدی ثبت نشده است
till-returns-none = خریدی با این نشانی پیدا نشد
    .detail = شماره فاکتور یا موبایل مشتری را بنویسید.

## The sheet of keys

till-help-title = کار با صفحه‌کلید
till-help-member = در خانه مشتری موبایل، شماره عضویت، کارت یا نام مشتریِ خودتان را بنویسید. موبایل تازه با همان خرید عضو می‌شود.
till-help-amount = عددی که کد هیچ کالایی نباشد، مبلغ است. پس از مبلغ، Enter خرید را ثبت می‌کند، اگر نتیجه‌اش را دیده باشید.
till-enter = Enter
till-key-member = مشتری
till-key-line = ردیف دیگر
till-key-spend = مصرف اعتبار
till-key-points = مصرف امتیاز
till-key-return = مرجوعی
till-key-record = ثبت خرید
till-key-activate = فعال کردن پیشنهاد
till-activate-why = فعال نیست؛ اگر بخواهد
till-activated = فعال است و به حساب آمد
till-deactivate = نمی‌خواهد
till-key-enter = خانه بعد، و در پایان ثبت
till-key-thousands = سه صفر
till-key-clear = از نو
till-key-help = همین راهنما

## What the till says when an answer is slow or does not come

till-says-slow = پاسخ کمی دیر کرده است؛ منتظر بمانید. دوباره زدن لازم نیست.
till-says-asking = پاسخی نرسید. می‌پرسیم که خرید ثبت شده است یا نه…
till-says-offline = ارتباط با سامانه قطع است. آنچه نوشته‌اید می‌ماند؛ تا وصل شد، خودمان می‌پرسیم.
till-says-not-made = این خرید ثبت نشده است. می‌توانید دوباره ثبتش کنید؛ دو بار ثبت نمی‌شود.
till-says-no-preview = نتیجه این خرید نرسید. آنچه نوشته‌اید سر جایش است؛ ادامه دهید.
till-says-cleared = از نو شد.
till-says-back = آنچه پیش‌تر نوشته بودید برگشت.

till-door = دوباره وارد شوید
    .detail = مدتی کاری نکردید و ورودتان پایان یافت. آنچه نوشته‌اید همین‌جا می‌ماند.

till-gift-card = کارت هدیه
    .help = اگر مشتری کارت هدیه آورده، شماره‌اش را بنویسید.
till-done = خرید ثبت شد
till-new-customer = مشتری تازه
till-sent-before = این فرم پیش‌تر ثبت شده بود و خرید آن در فهرست خریدهاست. اگر این خرید دیگری است، دوباره ثبت کنید.

till-toast = خرید ثبت شد؛ { $amount } دریافت کنید.

field-member_required = شماره موبایل یا عضویت مشتری را وارد کنید.
field-price_not_yours = بهای این کالا را فقط مدیر می‌تواند تغییر دهد. بها را خالی بگذارید تا بهای فهرست اعمال شود.
field-price_required = بهای ردیف را وارد کنید.

permission-today-read = گزارش روز
permission-till-use = صندوق فروش
permission-till-price = تغییر بهای کالا در صندوق
permission-goods-manage = کالاها و فهرست‌های بها
permission-colleagues-manage = همکاران فروش و پورسانت
permission-selling-manage = تنظیمات فروش و فاکتور
permission-terminals-manage = پایانه‌ها
permission-returns-make = ثبت مرجوعی
permission-purchases-read = دیدن خریدها
permission-customers-read = دیدن مشتریان
permission-rules-read = دیدن الگوها
