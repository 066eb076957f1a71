## What is wrong with a shop's own fields

field-label_taken = فیلد دیگری همین نام را دارد؛ نام دیگری بنویسید.
field-choices_needed = دست‌کم دو گزینه و حداکثر { $maximum } گزینه بنویسید، هر کدام در یک سطر.
field-yes_or_no = «بله» یا «خیر» بنویسید.
field-referrer_unknown = مشتری‌ای با این موبایل یا شماره ندارید؛ معرف باید مشتری خودتان باشد.
field-referrer_self = کسی معرف خودش نمی‌شود؛ شماره معرف را بنویسید.

## What a shop writes of a customer

customer-edit = ویرایش مشخصات
customer-consents = رضایت‌ها
customer-profile-title = مشخصات مشتری
customer-profile-lead = آنچه اینجا می‌نویسید تنها نزد فروشگاه شما می‌ماند.
customer-shared = این‌ها را خود مشتری با شما در میان گذاشته است: { $facts }. اگر تغییر دهید، نوشته شما به جای آن می‌نشیند.
customer-own = نزد شما
customer-referrer = معرف
customer-referrer-help = موبایل یا شماره عضویت یکی از مشتریان خودتان
customer-note-help = مشتری این را نمی‌بیند.
customer-keep = ذخیره
customer-kept = مشخصات ذخیره شد.
fields-title = فیلدهای خودتان
fields-lead = هر چه درباره مشتری لازم دارید و در فرم نیست، مانند سایز کفش یا مدل خودرو.
fields-open = افزودن فیلد دلخواه
fields-new = فیلد تازه
fields-label = نام فیلد
fields-label-help = مانند «سایز کفش»
fields-kind = نوع فیلد
fields-kind-text = متن
fields-kind-number = عدد
fields-kind-date = تاریخ
fields-kind-choice = یکی از چند گزینه
fields-kind-yes_no = بله یا خیر
fields-choices = گزینه‌ها
fields-choices-help = برای «یکی از چند گزینه»؛ هر گزینه در یک سطر
fields-add = افزودن فیلد
fields-added = فیلد اضافه شد.
fields-end = برداشتن از فرم
fields-end-named = برداشتن «{ $label }» از فرم
fields-ended = این فیلد دیگر پرسیده نمی‌شود؛ آنچه نوشته شده می‌ماند.
fields-again = این فیلد دوباره پرسیده می‌شود.
fields-empty = هنوز فیلدی نساخته‌اید
    .detail = نخستین فیلد خود را پایین همین صفحه بسازید.
customer-way = چگونه آمد
customer-way-purchase = با خرید
customer-way-door = با پیوند عضویت
customer-way-portal = از پنل
customer-way-import = از اکسل
