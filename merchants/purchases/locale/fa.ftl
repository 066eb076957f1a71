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
return-record = ثبت مرجوعی
return-done = مرجوعی ثبت شد. { $amount } به مشتری بپردازید.

field-more_than_left = بیش از آن است که نزد مشتری مانده؛ عدد کوچک‌تری بنویسید.
field-nothing_chosen = تعداد دست‌کم یک ردیف را بنویسید.
