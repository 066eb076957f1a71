## Tiers

tiers-title = سطح‌ها
tiers-lead = نردبان سطح‌های باشگاه شما. با هر خرید بالا می‌روند؛ پایین آمدن شب‌ها و دست‌کم یک دوره پس از رسیدن است.
tiers-measure = سطح بر چه اساسی باشد
tiers-measure-purchases = شمار خرید
tiers-measure-spend = مبلغ خرید
tiers-measure-credit = اعتبار دریافتی
tiers-measure-points = امتیاز دریافتی
tiers-over = در چه دوره‌ای
    .help = هر سطح دست‌کم به اندازه همین دوره برای مشتری می‌ماند.
tiers-period = { $days } روز گذشته
tiers-period-all = از نخستین خرید
tiers-rungs = سطح‌ها، از پایین به بالا
    .help = مبلغ را به { $unit } بنویسید، و خرید و امتیاز را به شمار. سطر خالی کنار گذاشته می‌شود.
tiers-name = نام سطح { $n }
tiers-from = از چه مقدار
tiers-usual-0 = برنزی
tiers-usual-1 = نقره‌ای
tiers-usual-2 = طلایی
tiers-save = ذخیره سطح‌ها
tiers-set = سطح‌ها ذخیره شد و سطح همه مشتریان از نو حساب شد.
tiers-customers = مشتری
tiers-below = هنوز بدون سطح
tiers-drop = حذف سطح‌ها
    .title = سطح‌ها حذف شود؟
    .means = سطح همه مشتریان پاک می‌شود و الگوهایی که به سطح وابسته‌اند دیگر برقرار نمی‌شوند.
tiers-dropped = سطح‌ها حذف شد.

field-rung_not_higher = هر سطح باید از سطح پایین‌تر خود با مقدار بیشتری آغاز شود.
message-tier-reached = { $shop }: به سطح «{ $tier }» رسیدید. از خرید بعدی با مزایای این سطح در خدمتتان هستیم.
message-tier-lowered = { $shop }: سطح شما اکنون «{ $tier }» است. با خریدهای بعدی دوباره به «{ $before }» می‌رسید.
message-tier-lost = { $shop }: دوره سطح «{ $before }» شما به پایان رسید. با خریدهای بعدی دوباره به آن می‌رسید.
