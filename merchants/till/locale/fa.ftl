## The till

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
