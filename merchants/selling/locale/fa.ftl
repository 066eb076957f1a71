## Selling settings

selling-title = تنظیمات فروش
selling-lead = مالیات، سقف مصرف اعتبار و آنچه روی فاکتور نوشته می‌شود؛ از فروش بعدی اعمال می‌شود.
selling-vat = مالیات بر ارزش افزوده
selling-vat-rate = نرخ (درصد)
    .help = اگر مشمول نیستید خالی بگذارید.
selling-vat-prices = بهای کالاها
selling-vat-within = مالیات را در خود دارد
selling-vat-on-top = بدون مالیات است و مالیات به فاکتور افزوده می‌شود
selling-caps = سقف مصرف اعتبار
selling-caps-means = هر خانه‌ای که خالی بماند سقفی ندارد. مشتریِ چند گروه، بیشترین سقف گروه‌هایش را دارد.
selling-group = گروه مشتری
selling-everyone = دیگر مشتریان
selling-per-invoice = در هر خرید ({ $unit })
selling-per-day = در هر روز ({ $unit })
selling-seller = روی فاکتور
selling-legal-name = نام رسمی
    .help = خالی: همان نام فروشگاه
selling-address = نشانی
selling-postal-code = کد پستی
    .help = ۱۰ رقم
selling-phone = تلفن
selling-economic-code = کد اقتصادی
selling-footer = پای فاکتور
    .help = مانند شرایط تعویض کالا
selling-saved = تنظیمات فروش ذخیره شد.

