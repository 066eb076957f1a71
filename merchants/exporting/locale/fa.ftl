## Exports

export-open = خروجی اکسل
export-open-csv = خروجی CSV
export-customers = مشتریان
export-purchases = خریدها
export-number = شماره عضویت
export-mobile = موبایل
export-name = نام
export-birthday = تاریخ تولد
export-promotion = رضایت پیام تبلیغاتی
export-source = چگونه آمد
export-since = مشتری از
export-spend = جمع خرید
export-first = نخستین خرید
export-last = آخرین خرید
export-groups = گروه‌ها
export-tier = سطح
export-purchase = شناسه خرید
export-day = زمان
export-state = وضعیت
export-branch = شعبه
export-total = مبلغ
export-discount = تخفیف
export-spent = مصرف اعتبار و امتیاز
export-paid = پرداختی
