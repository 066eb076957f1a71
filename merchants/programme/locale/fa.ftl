## Rules as sentences

rule-and = {"؛ و "}
rule-or = {"؛ یا "}
rule-never = هیچ‌گاه

rule-op-eq = { $fact } { $value } باشد
rule-op-ne = { $fact } جز { $value } باشد
rule-op-gt = { $fact } بیش از { $value } باشد
rule-op-ge = { $fact } دست‌کم { $value } باشد
rule-op-lt = { $fact } کمتر از { $value } باشد
rule-op-le = { $fact } حداکثر { $value } باشد
rule-op-in = { $fact } { $value } باشد
rule-op-not_in = { $fact } { $value } نباشد

rule-basket-groups-has = در فاکتور کالایی از گروه { $value } باشد
rule-basket-groups-lacks = در فاکتور کالایی از گروه { $value } نباشد
rule-basket-skus-has = در فاکتور کالای { $value } باشد
rule-basket-skus-lacks = در فاکتور کالای { $value } نباشد
rule-customer-groups-has = مشتری در گروه { $value } باشد
rule-customer-groups-lacks = مشتری در گروه { $value } نباشد
rule-customer-tags-has = مشتری برچسب { $value } داشته باشد
rule-customer-tags-lacks = مشتری برچسب { $value } نداشته باشد
rule-customer-product_groups-has = مشتری از گروه { $value } خریده باشد
rule-customer-product_groups-lacks = مشتری هیچ‌گاه از گروه { $value } نخریده باشد
rule-customer-seasons-has = مشتری در { $value } خرید کرده باشد
rule-customer-seasons-lacks = مشتری در { $value } خرید نکرده باشد
rule-partner-is_customer_of-has = عضو از { $value } هم خرید کرده باشد
rule-partner-is_customer_of-lacks = عضو از { $value } خرید نکرده باشد
rule-customer-is_new-true = نخستین خرید مشتری باشد
rule-customer-is_new-false = مشتری پیش از این خرید کرده باشد

rule-discount = { $what } تخفیف
rule-credit = { $what } { $scope }
rule-points-each = برای هر واحد { $sku }، { $points } امتیاز
rule-points = به ازای هر { $amount }، { $points } { $scope }
rule-on-group = {" "}روی گروه { $group }
rule-on-sku = {" "}روی کالای { $sku }
rule-expires = ، تا { $days } روز پس از خرید

rule-step = ؛ از { $amount } به بالا، { $percent }

## The bounds of a rule

bound-needs_activation = فقط برای اعضایی که فعالش کنند
bound-once = هر عضو یک بار، تا { $days } روز پس از آنکه { $when }
bound-once-always = هر عضو یک بار، تا { $days } روز از نخستین مراجعه
bound-coupon = با کد «{ $code }»
bound-every_nth = از هر { $every } خرید مشتری، یکی
bound-early_access = { $groups }: از { $days } روز زودتر
bound-starts_at = از { $at }
bound-ends_at = تا { $at }
bound-occasion = در { $occasion }
bound-occasion-around = در { $occasion }، از { $before } روز پیش تا { $after } روز پس از آن
bound-own_day = { $day } هر سال
bound-per_member_uses = هر عضو حداکثر { $times } بار
bound-per_member_cap = هر عضو در مجموع حداکثر { $amount }
bound-daily_budget = روزی حداکثر { $amount } برای همه
bound-budget = در مجموع حداکثر { $amount } برای همه
bound-exclusive_group = از دسته «{ $group }» تنها یکی داده می‌شود
bound-exclusive = اگر اجرا شود، الگوهای بعدی اجرا نمی‌شوند
bound-holdout_bps = { $percent } از مشتریان به‌تصادف گروه شاهدند

jalali-month-1 = فروردین
jalali-month-2 = اردیبهشت
jalali-month-3 = خرداد
jalali-month-4 = تیر
jalali-month-5 = مرداد
jalali-month-6 = شهریور
jalali-month-7 = مهر
jalali-month-8 = آبان
jalali-month-9 = آذر
jalali-month-10 = دی
jalali-month-11 = بهمن
jalali-month-12 = اسفند
hijri-month-1 = محرم
hijri-month-2 = صفر
hijri-month-3 = ربیع‌الاول
hijri-month-4 = ربیع‌الثانی
hijri-month-5 = جمادی‌الاول
hijri-month-6 = جمادی‌الثانی
hijri-month-7 = رجب
hijri-month-8 = شعبان
hijri-month-9 = رمضان
hijri-month-10 = شوال
hijri-month-11 = ذی‌قعده
hijri-month-12 = ذی‌حجه

error-rules_changed = الگوها در این میان تغییر کرده‌اند
    .detail = نسخه دیگری از الگوها برقرار شده است. نسخه تازه را ببینید و دوباره تصمیم بگیرید؛ چیزی تغییر نکرد.
