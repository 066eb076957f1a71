## Partners

partners-proposed = پیشنهاد برای { $shop } فرستاده شد.
partners-accepted = پیشنهاد پذیرفته شد. از این پس اعتبار آن فروشگاه نزد شما پذیرفته می‌شود.
partners-declined = پیشنهاد رد شد.
partners-terminated = همکاری پایان یافت.
partners-notice = مهلت پس از پایان (روز)
    .help = روزهایی که اعتبار داده‌شده پس از پایان همکاری هنوز پذیرفته می‌شود؛ خالی: بی‌درنگ
partners-terminate-notice = از این لحظه اعتبار تازه آنجا پذیرفته نمی‌شود؛ آنچه پیش از این داده شده است تا { $days } روز دیگر خرج می‌شود. خریدهای ثبت‌شده و حساب صندوق تغییری نمی‌کنند.
partners-withdraw = پس گرفتن پیشنهاد
partners-withdraw-title = پیشنهاد به { $shop } پس گرفته شود؟
partners-withdraw-consequence = پیشنهاد از فهرست آن فروشگاه برداشته می‌شود. هر زمان بخواهید پیشنهاد تازه‌ای می‌فرستید.
partners-fee-of = کارمزد مجتمع { $fee }

permission-agreements-read = دیدن قراردادهای همکاری
permission-agreements-manage = بستن و پایان دادن قراردادهای همکاری
