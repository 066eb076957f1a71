## What offers did

menu-shop-effects = اثر پیشنهادها
permission-effect-read = دیدن اثر پیشنهادها

effects-title = اثر پیشنهادها
effects-lead = هر پیشنهاد از روزی که منتشر شد چه کرد: چند خرید آن را گرفت، چه خرجی داشت و چه فروشی افزود.
effects-empty = هنوز پیشنهادی منتشر نشده است
    .detail = پیش از انتشار، پیشنهاد را روی فروش گذشته بیازمایید.
effects-offer = پیشنهاد
effects-purchases = خرید
effects-members = مشتری
effects-sales = فروش این خریدها
effects-given = پاداش داده‌شده
effects-since = از
effects-held = { $percent } گروه شاهد
effect-offer = پیشنهاد
effect-lift = اثر خالص
effect-no-holdout = این پیشنهاد گروه شاهد ندارد؛ معلوم نیست همین مشتری‌ها بی آن چه می‌خریدند. بار دیگر با ۱۰٪ گروه شاهد منتشرش کنید.
effect-too-few = برای سنجش اثر، مشتری کم است: { $held } نفر در گروه شاهد. از ۳۰ نفر به بالا نتیجه نشان داده می‌شود.
effect-sales-more = این پیشنهاد { $total } فروش افزوده است؛ به احتمال ۹۵٪ میان { $low } و { $high }.
effect-sales-less = این پیشنهاد { $total } از فروش کم کرده است؛ به احتمال ۹۵٪ میان { $least } و { $most }.
effect-sales-unsure = هنوز معلوم نیست این پیشنهاد فروش را عوض کرده باشد: از { $low } کمتر تا { $high } بیشتر، همه ممکن است. زمان بیشتری بدهید.
effect-kept-more = پس از کسر پاداش‌ها { $total } سود افزوده است؛ به احتمال ۹۵٪ میان { $low } و { $high }.
effect-kept-less = پس از کسر پاداش‌ها { $total } از سود کم کرده است؛ به احتمال ۹۵٪ میان { $least } و { $most }.
effect-kept-unsure = درباره سود هنوز نمی‌شود گفت: از { $low } کمتر تا { $high } بیشتر، پس از کسر پاداش‌ها.
effect-lift-means = { $given } مشتری که پیشنهاد را می‌گرفتند با { $held } مشتری گروه شاهد، که به‌تصادف کنار ماندند، سنجیده شد؛ خرید پیشین هر دو هم به حساب آمد. اطمینان { $percent }.
effect-lift-means-once = { $given } مشتری که پیشنهاد برایشان باز شد با { $held } مشتری گروه شاهد، که به‌تصادف کنار ماندند، از روز باز شدن سنجیده شد؛ خرید پیشین هر دو هم به حساب آمد. اطمینان { $percent }.
effect-of-all = از { $count } خرید
effect-points = و { $points } امتیاز
effect-foretold = پیش‌بینی و واقعیت
effect-figure = عدد
effect-forecast = پیش‌بینی
effect-happened = آنچه شد
effect-foretold-means = پیش‌بینی برای همین چند روزی است که پیشنهاد برقرار بوده.
effect-see-backtest = دیدن آزمون
effect-no-forecast = این پیشنهاد پیش از انتشار آزموده نشد. پیشنهاد بعدی را نخست روی فروش گذشته بیازمایید.
