## The condition builder: «[تعداد خریدها] [دست‌کم] [۴] [باشد]»

condition-when = هرگاه
condition-join = چند تا از شرط‌ها
condition-join-all = همه این‌ها برقرار باشد
condition-join-any = یکی از این‌ها برقرار باشد
condition-join-none = هیچ‌یک از این‌ها برقرار نباشد
condition-outer = چند تا از دسته‌ها
condition-outer-all = همه دسته‌های زیر برقرار باشد
condition-outer-any = یکی از دسته‌های زیر برقرار باشد
condition-block = دسته { $n }:
condition-row = شرط { $n }
condition-fact = ویژگی
condition-op = مقایسه
condition-value = مقدار
condition-choose = یک ویژگی انتخاب کنید
condition-names = نام‌ها را با «،» از هم جدا کنید
condition-tail = باشد
condition-add = شرط دیگر
condition-add-block = دسته دیگری از شرط‌ها
condition-drop = برداشتن شرط { $n }
condition-kept = این شرط پیچیده‌تر از آن است که اینجا ردیف‌به‌ردیف نشان داده شود. همین‌گونه می‌ماند، مگر از نو بسازید.
condition-anew = ساختن از نو

condition-op-ge = دست‌کم
condition-op-le = حداکثر
condition-op-gt = بیش از
condition-op-lt = کمتر از
condition-op-eq = برابر
condition-op-ne = جز
condition-op-any_of = یکی از
condition-op-none_of = هیچ‌یک از

fact-section-basket = این خرید
fact-section-customer = مشتری در فروشگاه شما
fact-section-member = خود عضو
fact-section-time = زمان
fact-section-partner = فروشگاه‌های دیگر
fact-section-rfm = ارزش مشتری (RFM)

fact-unit-items = قلم
fact-unit-purchases = خرید
fact-unit-visits = بار
fact-unit-days = روز
fact-unit-hour = ساعت
fact-unit-points = امتیاز
fact-unit-metres = متر
fact-unit-minutes = دقیقه
fact-unit-score = از ۵
fact-unit-percent = درصد
