## Purchases in the portal

purchases-stranger = هنوز مشتری شما نیست

scope-own = اعتبار اختصاصی
scope-partners = اعتبار نزد همکاران
scope-network = اعتبار عمومی
scope-own_points = امتیاز فروشگاه
scope-pool = امتیاز تجمیعی
scope-wallet = کیف پول

purchase-return-restored = آنچه خرج شده بود به حساب مشتری بازگشت.
purchase-return-taken = { $what } پس گرفته شد.
purchase-return-deducted = { $amount } که پیش‌تر خرج شده بود، از مبلغ بازگشتی کم شد.
purchase-return-carried = { $amount } از دریافتی‌های بعدی مشتری کم می‌شود.

return-title = ثبت مرجوعی
return-lead = خرید { $customer }
return-left = نزد مشتری
return-quantity = برمی‌گردد
return-quantity-of = تعدادی از { $item } که برمی‌گردد
return-all-back = همه بازگشته است
return-means = آنچه مشتری با اعتبار و امتیاز پرداخته بود به حساب او بازمی‌گردد و آنچه با این کالاها گرفته بود پس گرفته می‌شود. باقی را نقد به او بپردازید.
return-everything = همه برمی‌گردد
return-outcome = نتیجه مرجوعی
return-give-back = به مشتری بدهید
return-choose = بنویسید از هر ردیف چه تعداد برمی‌گردد؛ پیش از ثبت می‌بینید چه می‌شود.
return-restored = برمی‌گردد به اعتبار و امتیاز او
return-taken = پس گرفته می‌شود
return-deducted = از پولش کم می‌شود
return-carried = بدهی او به شما می‌ماند
return-written-off = از آن می‌گذرید
return-means-deducted = بخشی از آنچه با این خرید گرفته بود خرج شده است؛ به همان اندازه کمتر به او بپردازید.
return-record = ثبت مرجوعی
return-done = مرجوعی ثبت شد. { $amount } به مشتری بپردازید.

field-more_than_left = بیش از آن است که نزد مشتری مانده؛ عدد کوچک‌تری بنویسید.
field-nothing_chosen = تعداد دست‌کم یک ردیف را بنویسید.

## Why, rial by rial

why-lot = { $amount } { $scope }
why-count = { $amount }
why-line = «{ $line }» { $amount }
why-lines = {" "}({ $lines })
why-line-n = ردیف { $n }
why-funder-discount = تخفیف را فروشگاه شما می‌دهد.
why-funder-own = هزینه‌اش را فروشگاه شما، وقتی خرج شود، می‌پردازد.
why-funder-partners = هر جا نزد همکاران خرج شود، فروشگاه شما آن را با صندوق تسویه می‌کند.
why-funder-network = هر جا در مجتمع خرج شود، فروشگاه شما آن را با صندوق تسویه می‌کند.
why-funder-own_points = هزینه پاداشِ آن با فروشگاه شماست.
why-funder-pool = پشتوانه‌اش را فروشگاه شما هم‌اکنون به صندوق می‌سپارد.
why-funder-wallet = از پول کیف پول عضو است.
why-shop-discount = تخفیف را { $shop } می‌دهد.
why-shop-own = هزینه‌اش را { $shop } می‌پردازد و همان‌جا خرج می‌شود.
why-shop-partners = هزینه‌اش را { $shop } می‌پردازد؛ نزد همکارانش هم خرج می‌شود.
why-shop-network = هزینه‌اش را { $shop } می‌پردازد؛ همه‌جای مجتمع خرج می‌شود.
why-shop-own_points = امتیاز { $shop } است.
why-shop-pool = پشتوانه‌اش را { $shop } به صندوق سپرده است.
why-shop-wallet = از کیف پول شماست.

my-purchase-title = خرید از { $shop }
my-purchase-up = گردش
my-purchase-paid = پرداختید
my-purchase-why = چه گرفتید و چرا

till-rest-not-yet = { $amount } از { $day } قابل مصرف است.
till-rest-held = { $amount } در خریدی که هنوز قطعی نشده نگه داشته شده است.
till-rest-not-here = { $amount } در این شعبه پذیرفته نمی‌شود.
till-rest-card-kind = { $amount } با این نوع کارت خرج نمی‌شود.
till-rest-per-invoice = { $amount } بیش از سقف هر خرید برای گروه این مشتری است.
till-rest-per-day = { $amount } بیش از سقف امروز برای گروه این مشتری است.
till-rest-share = { $amount } بیش از سهمی است که اعتبار می‌تواند از این خرید بپردازد.
till-rest-basket = { $amount } بیش از مبلغ این خرید است.
card_kind-rule = نوع کارت
error-card_kind_refuses = این کارت چنین پرداختی ندارد
    .detail = { $kind ->
        [points] کارت این عضو کارت امتیاز است و فقط با امتیاز می‌پردازد.
       *[other] کارت این عضو کارت تخفیف است و اعتبار و امتیاز نگه نمی‌دارد.
    }
