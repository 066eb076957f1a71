## The till

till-done = خرید ثبت شد
till-new-customer = مشتری تازه
till-sent-before = این فرم پیش‌تر ثبت شده بود و خرید آن در فهرست خریدهاست. اگر این خرید دیگری است، دوباره ثبت کنید.

till-toast = خرید ثبت شد؛ { $amount } دریافت کنید.

field-member_required = شماره موبایل یا عضویت مشتری را وارد کنید.
field-price_required = بهای ردیف را وارد کنید.

permission-today-read = گزارش روز
permission-till-use = صندوق فروش
permission-returns-make = ثبت مرجوعی
permission-purchases-read = دیدن خریدها
permission-customers-read = دیدن مشتریان
permission-rules-read = دیدن الگوها
