### The kernel's texts, Persian. Keep the ids and variables the same as in en.ftl.

## Units and words

unit-toman = تومان
unit-rial = ریال
amount-and = { $first } و { $second }

day-today = امروز
day-yesterday = دیروز
day-tomorrow = فردا
day-ago = { $days } روز پیش
day-ahead = { $days } روز دیگر

## Errors of a whole request: the title, and what to do

error-internal_error = خطای داخلی
    .detail = کار انجام نشد و چیزی ثبت نشده است. چند لحظه بعد دوباره تلاش کنید؛ اگر باز هم رخ داد، شناسه درخواست را به پشتیبانی بدهید.
error-bad_request = درخواست نادرست
    .detail = درخواست خوانده نشد. شکل آن را با مستندات رابط برنامه‌نویسی مقایسه کنید.
error-bad_json = متن JSON نادرست
    .detail = بدنه درخواست JSON درستی نیست. آن را اصلاح کنید و دوباره بفرستید.
error-unauthenticated = ورود لازم است
    .detail = وارد حساب خود شوید یا کلید معتبر بفرستید.
error-forbidden = دسترسی ندارید
    .detail = این کار در محدوده دسترسی شما نیست. از مدیر خود بخواهید دسترسی آن را به شما بدهد.
error-csrf_failed = صفحه قدیمی شده است
    .detail = صفحه را تازه کنید و فرم را دوباره بفرستید.
error-lot_short = موجودی کافی نیست
    .detail = موجودی در همین لحظه تغییر کرد و کمتر از مقدار خواسته‌شده است. فاکتور را با موجودی تازه دوباره ثبت کنید.
error-limit_exceeded = سقف اعتبار پر شده است
    .detail = اعتبار نزد همکاران از سپرده و سقف اعتبار فروشگاه بیشتر می‌شود. سپرده را افزایش دهید، تسویه کنید یا از مدیر مجتمع بخواهید سقف را بالا ببرد.
error-not_grantable = این اعتبار را نمی‌توان داد
    .detail = محدوده مصرف از آنِ فروشگاه دیگری است یا این اعتبار پیش‌تر داده شده است. محدوده خود را انتخاب کنید.
error-outcome_unknown = نتیجه روشن نیست
    .detail = ارتباط در میانه کار قطع شد. با همان کلید یکتایی دوباره بفرستید؛ اگر ثبت شده باشد همان نتیجه را می‌گیرید و دوباره ثبت نمی‌شود.
error-not_found = پیدا نشد
    .detail = چنین چیزی نیست یا در دسترس شما نیست. نشانی یا شناسه را بررسی کنید.
error-method_not_allowed = روش نادرست
    .detail = این نشانی چنین درخواستی را نمی‌پذیرد. روش درخواست (GET، POST و …) را بررسی کنید.
error-both_wrote = کسی هم‌زمان با شما این را عوض کرده است
    .detail = { $who ->
        [you] شما خودتان { $when } از جای دیگری این را عوض کرده‌اید
        [other] { $name } { $when } این را عوض کرده است
       *[nobody] از وقتی این صفحه را باز کرده‌اید، این عوض شده است
    }
error-changed_meanwhile = همکارتان پیش از شما آن را تغییر داد
    .detail = صفحه را تازه کنید، تغییر همکارتان را ببینید و تغییر خود را دوباره وارد کنید.
error-conflict = با وضعیت کنونی سازگار نیست
    .detail = این کار در وضعیت کنونی شدنی نیست. صفحه را تازه کنید و وضعیت را دوباره ببینید.
error-payload_too_large = حجم بیش از اندازه
    .detail = حجم درخواست بیش از اندازه است. فایل یا متن کوچک‌تری بفرستید.
error-body_incomplete = درخواست ناتمام ماند
    .detail = بدنه درخواست پیش از کامل‌شدن قطع شد. چیزی انجام نشد؛ دوباره بفرستید.
error-body_too_slow = درخواست کند رسید
    .detail = بدنه درخواست به‌موقع کامل نشد. چیزی انجام نشد؛ دوباره بفرستید.
error-unsupported_media_type = نوع محتوا پذیرفته نیست
    .detail = بدنه درخواست را با نوع application/json و بدون فشرده‌سازی بفرستید.
error-unprocessable = انجام‌شدنی نیست
    .detail = درخواست خوانده شد، ولی با این مقدارها انجام‌شدنی نیست. مقدارها را بررسی کنید.
error-validation = برخی مقدارها نادرست است
    .detail = مقدارهای مشخص‌شده را اصلاح کنید و دوباره بفرستید.
error-rate_limited = تلاش بیش از اندازه
    .detail = { $retry_after } ثانیه دیگر دوباره تلاش کنید.
error-unavailable = موقتاً در دسترس نیست
    .detail = چند لحظه بعد دوباره تلاش کنید. چیزی از دست نرفته است.
error-idempotency_key_required = کلید یکتایی لازم است
    .detail = سرآیند Idempotency-Key را با مقداری یکتا (۱ تا ۲۵۵ نویسه) بفرستید تا تکرار درخواست دوباره ثبت نشود.
error-idempotency_key_invalid = کلید یکتایی نادرست
    .detail = سرآیند Idempotency-Key باید ۱ تا ۲۵۵ نویسه باشد.
error-idempotency_key_reused = کلید یکتایی تکراری
    .detail = این کلید پیش‌تر با درخواست دیگری به کار رفته است. برای درخواست تازه کلید تازه‌ای بسازید.
error-idempotency_in_progress = درخواست در حال انجام است
    .detail = نخستین درخواست با همین کلید هنوز پایان نیافته است. کمی صبر کنید و با همین کلید دوباره بفرستید.

## Errors of one field

field-required = این مقدار را وارد کنید.
field-unknown_field = چنین فیلدی وجود ندارد؛ آن را بردارید.
field-too_short = دست‌کم { $minimum } نویسه بنویسید.
field-too_long = حداکثر { $maximum } نویسه بنویسید.
field-too_few = دست‌کم { $minimum } مورد لازم است.
field-too_many = حداکثر { $maximum } مورد پذیرفته می‌شود.
field-not_text = یک متن وارد کنید.
field-not_a_number = یک عدد وارد کنید.
field-not_a_share = درصدی از بیش از صفر تا ۱۰۰ بنویسید.
field-not_an_integer = یک عدد صحیح وارد کنید.
field-not_a_boolean = «درست» یا «نادرست» (true یا false) وارد کنید.
field-not_an_object = اینجا باید یک شیء JSON باشد.
field-not_a_list = اینجا باید یک فهرست باشد.
field-too_many_decimals = حداکثر { $maximum } رقم اعشار بنویسید.
field-below_minimum = مقداری برابر یا بیشتر از { $minimum } وارد کنید.
field-above_maximum = مقداری برابر یا کمتر از { $maximum } وارد کنید.
field-not_a_choice = یکی از این‌ها را انتخاب کنید: { $choices }.
field-invalid = این مقدار پذیرفته نیست؛ آن را اصلاح کنید.
field-duplicate = این مقدار تکراری است؛ مقدار دیگری وارد کنید.
field-bad_json = این متن JSON درستی نیست؛ آن را اصلاح کنید.
field-bad_uuid = شناسه باید یک UUID باشد؛ آن را از همان جایی که ساخته شده بردارید.
field-bad_datetime = زمان را با ناحیه زمانی بنویسید، مانند 2026-01-05T10:30:00Z.
field-bad_date = تاریخ را مانند ۱۴۰۴/۱۰/۱۵ بنویسید.
field-bad_email = نشانی ایمیل را کامل بنویسید، مانند name@example.ir.
field-bad_slug = فقط حروف کوچک لاتین، رقم و خط تیره بنویسید، مانند gol-ara.

## Errors of a rule's fields

field-unknown_fact = چنین چیزی در شرط‌ها وجود ندارد. یکی از این‌ها را به کار ببرید: { $choices }.
field-unknown_operator = چنین مقایسه‌ای وجود ندارد. یکی از این‌ها را به کار ببرید: { $choices }.
field-unsuitable_operator = این مقایسه برای این شرط معنا ندارد. یکی از این‌ها را به کار ببرید: { $choices }.
field-unknown_effect = چنین پاداشی وجود ندارد. یکی از این‌ها را به کار ببرید: { $choices }.
field-unknown_scope = محدوده مصرف شناخته نیست. یکی از این‌ها یا شناسه یک محدوده را بنویسید: { $choices }.
field-not_a_condition = شرط باید all، any، not یا مقایسه‌ای با fact، op و value باشد.
field-too_deep = شرط‌ها بیش از { $maximum } لایه تودرتو هستند؛ ساده‌ترشان کنید.
field-fact_not_here = این ویژگی‌ها را اینجا نمی‌توان پرسید: { $facts }. آن‌ها را بردارید.
field-ends_before_start = پایان باید پس از آغاز باشد.
field-steps_must_rise = مبلغ هر پله باید از پله پیش بیشتر باشد.

## What a condition can ask about

fact-basket-total = جمع خرید
fact-basket-items = تعداد اقلام فاکتور
fact-basket-groups = گروه کالاهای فاکتور
fact-basket-skus = کالاهای فاکتور
fact-customer-purchases = تعداد خریدهای پیشین مشتری
fact-customer-spend = جمع خریدهای پیشین مشتری
fact-customer-average_basket = میانگین خرید مشتری
fact-customer-days_since_last = فاصله از خرید پیشین
fact-customer-groups = گروه‌های مشتری
fact-customer-tier = سطح مشتری
fact-customer-is_new = نخستین خرید
fact-member-birthday_in_days = فاصله تا تولد عضو
fact-time-weekday = روز هفته
fact-time-hour = ساعت خرید
fact-partner-is_customer_of = مشتریِ فروشگاه‌های دیگر
fact-customer-visits = دفعه‌های مراجعه مشتری
fact-customer-last_basket = مبلغ آخرین خرید مشتری
fact-customer-days_since_first = گذشته از نخستین خرید مشتری
fact-customer-average_gap = فاصله میانگین دو مراجعه مشتری
fact-customer-product_groups = گروه کالاهایی که مشتری تاکنون خریده
fact-customer-seasons = فصل‌هایی که مشتری در آن‌ها خرید کرده
fact-customer-credit = اعتبار مشتری نزد شما
fact-customer-points = امتیاز مشتری نزد شما
fact-customer-tags = برچسب‌های مشتری
fact-customer-tier_progress = پیشرفت مشتری تا سطح بعد
fact-customer-near_metres = فاصله مشتری از نزدیک‌ترین شعبه
fact-customer-near_minutes = گذشته از وقتی که مشتری گفت نزدیک است
fact-customer-source = راه مشتری شدن
fact-rfm-segment = بخش ارزشی مشتری
fact-rfm-recency = نمره تازگی خرید
fact-rfm-frequency = نمره شمار خرید
fact-rfm-monetary = نمره مبلغ خرید
fact-member-wedding_in_days = فاصله تا سالگرد ازدواج عضو
fact-member-gender = جنسیت
fact-member-marital_status = وضعیت تأهل
fact-member-province = استان
fact-member-city = شهر
fact-member-district = منطقه
fact-member-neighbourhood = محله
fact-member-guild = صنف
fact-member-job = شغل

choice-customer-seasons-spring = بهار
choice-customer-seasons-summer = تابستان
choice-customer-seasons-autumn = پاییز
choice-customer-seasons-winter = زمستان
choice-customer-source-purchase = خرید
choice-customer-source-door = ثبت‌نام خود عضو
choice-customer-source-portal = ثبت در پنل
choice-customer-source-import = ورود از فایل
choice-rfm-segment-champions = بهترین‌ها
choice-rfm-segment-loyal = وفادار
choice-rfm-segment-potential = رو به وفاداری
choice-rfm-segment-new = تازه‌وارد
choice-rfm-segment-attention = نیازمند توجه
choice-rfm-segment-sleepy = کم‌رفت‌وآمد
choice-rfm-segment-at_risk = در آستانه رفتن
choice-rfm-segment-precious = باارزش و غایب
choice-rfm-segment-lost = از دست رفته
choice-member-gender-female = زن
choice-member-gender-male = مرد
choice-member-marital_status-single = مجرد
choice-member-marital_status-married = متأهل

weekday-saturday = شنبه
weekday-sunday = یکشنبه
weekday-monday = دوشنبه
weekday-tuesday = سه‌شنبه
weekday-wednesday = چهارشنبه
weekday-thursday = پنجشنبه
weekday-friday = جمعه

value-metres = { $metres } متر
value-minutes = { $minutes } دقیقه
value-days = { $days } روز
value-quoted = «{ $text }»
value-unnamed-shop = فروشگاهی دیگر

list-comma = {"، "}
percent = { $number }٪
list-and = { $first } و { $last }
list-or = { $first } یا { $last }
list-or-long = {"؛ یا "}

## Why a rule gave what it gave

gift-discount = { $amount } تخفیف
gift-credit = { $amount } اعتبار
gift-points = { $amount } امتیاز

because-applied = { $gifts } داده شد.
because-card_kind = { $kind ->
    [points] کارت این عضو کارت امتیاز است: فقط امتیاز می‌گیرد و خرج می‌کند.
   *[other] کارت این عضو کارت تخفیف است: تخفیف دارد، ولی اعتبار و امتیاز نمی‌گیرد.
    }
because-concession = فروشنده این تخفیف را داد: { $why }
because-applied_without_value = شرط‌ها برقرار بود، ولی در این خرید مبلغی نبود که پاداش بگیرد.
because-capped-per_member_cap = سقف این الگو برای هر عضو { $cap } است و پیش از این { $used } داده شده بود؛ از { $wanted }، { $given } داده شد.
because-capped-budget = بودجه این الگو { $cap } است و پیش از این { $used } آن مصرف شده بود؛ از { $wanted }، { $given } داده شد.
because-not_started = این الگو از { $at } آغاز می‌شود.
because-ended = زمان این الگو در { $at } به پایان رسید.
because-capped-daily_budget = بودجه هر روز این الگو { $cap } است و امروز { $used } آن مصرف شده بود؛ از { $wanted }، { $given } داده شد.
because-no_coupon = این پیشنهاد با کد تخفیف برقرار می‌شود و کد آن وارد نشده است.
because-not_occasion = این پیشنهاد برای { $occasion } است و از { $day } برقرار می‌شود.
because-not_occasion-unknown = این پیشنهاد برای { $occasion } است و تاریخ آن دانسته نیست.
because-not_turn = این پیشنهاد در هر { $every } خرید یک بار برقرار می‌شود؛ { $left } خرید دیگر نوبت آن است.
because-too_late = مهلت این پیشنهاد برای این مشتری در { $at } به پایان رسید.
because-used_up = { $times ->
    [1] مشتری پیش از این از این پیشنهاد یک‌بارمصرف استفاده کرده است.
   *[other] مشتری { $times } بار از این پیشنهاد استفاده کرده و بیش از آن نمی‌تواند.
    }
because-outranked = از پیشنهادهای هم‌دسته تنها یکی داده می‌شود و «{ $rule }» داده شد.
because-not_activated = این پیشنهاد فقط برای عضوی است که فعالش کرده باشد، و هنوز فعال نشده است.
because-held_out = شرط‌ها برقرار بود، ولی این مشتری به‌تصادف در گروه شاهد است تا اثر پیشنهاد سنجیده شود.

occasion-birthday = تولد عضو
occasion-nowruz = نوروز
occasion-sizdah = سیزده‌به‌در
occasion-teachers_day = روز معلم
occasion-yalda = شب یلدا
occasion-sepandarmazgan = سپندارمذگان
occasion-year_end = پایان سال
occasion-mothers_day = روز مادر
occasion-fathers_day = روز پدر
occasion-mabas = عید مبعث
occasion-mid_shaban = نیمه شعبان
occasion-eid_fitr = عید فطر
occasion-girls_day = روز دختر
occasion-eid_ghorban = عید قربان
occasion-eid_ghadir = عید غدیر
occasion-milad_nabi = میلاد پیامبر
occasion-own = مناسبت فروشگاه
because-stopped = الگوی «{ $rule }» اجرا شد و الگوهای پس از خود را کنار گذاشت.
because-never = شرط این الگو هیچ‌گاه برقرار نمی‌شود؛ آن را بازبینی کنید.
because-any_of = دست‌کم یکی از این‌ها باید تغییر کند: { $parts }.
because-near = با { $gap } بیشتر در همین فاکتور، این پیشنهاد برقرار می‌شود.

because-eq = { $fact } { $actual } است و باید { $needed } باشد.
because-ne = { $fact } { $actual } است و باید جز { $needed } باشد.
because-gt = { $fact } { $actual } است و باید بیش از { $needed } باشد.
because-ge = { $fact } { $actual } است و باید دست‌کم { $needed } باشد.
because-lt = { $fact } { $actual } است و باید کمتر از { $needed } باشد.
because-le = { $fact } { $actual } است و باید حداکثر { $needed } باشد.
because-in = { $fact } { $actual } است و باید { $needed } باشد.
because-not_in = { $fact } { $actual } است و نباید { $needed } باشد.

## The same for what is asked most, as people say it

because-gt-customer-purchases = مشتری پیش از این { $actual } خرید داشته است؛ پس از بیش از { $needed } خرید برقرار می‌شود.
because-ge-customer-purchases = مشتری پیش از این { $actual } خرید داشته است؛ پس از { $needed } خرید برقرار می‌شود.
because-lt-customer-purchases = مشتری پیش از این { $actual } خرید داشته است؛ این پیشنهاد برای کمتر از { $needed } خرید است.
because-le-customer-purchases = مشتری پیش از این { $actual } خرید داشته است؛ این پیشنهاد برای حداکثر { $needed } خرید است.
because-gt-customer-spend = جمع خریدهای پیشین { $actual } است؛ با بیش از { $needed } برقرار می‌شود.
because-ge-customer-spend = جمع خریدهای پیشین { $actual } است؛ از { $needed } به بعد برقرار می‌شود.
because-gt-customer-days_since_last = از خرید پیشین { $actual } گذشته است؛ وقتی بیش از { $needed } بگذرد برقرار می‌شود.
because-ge-customer-days_since_last = از خرید پیشین { $actual } گذشته است؛ وقتی { $needed } بگذرد برقرار می‌شود.
because-lt-customer-days_since_last = از خرید پیشین { $actual } گذشته است؛ این پیشنهاد پیش از { $needed } برقرار است.
because-le-customer-days_since_last = از خرید پیشین { $actual } گذشته است؛ این پیشنهاد تا { $needed } پس از خرید برقرار است.
because-le-member-birthday_in_days = تا تولد { $actual } مانده است؛ این پیشنهاد از { $needed } مانده به تولد برقرار است.
because-le-member-wedding_in_days = تا سالگرد ازدواج { $actual } مانده است؛ این پیشنهاد از { $needed } مانده به آن برقرار است.
because-lt-time-hour = ساعت خرید { $actual } است؛ این پیشنهاد پیش از ساعت { $needed } برقرار است.
because-ge-time-hour = ساعت خرید { $actual } است؛ این پیشنهاد از ساعت { $needed } برقرار است.
because-eq-time-weekday = روز خرید { $actual } است؛ این پیشنهاد برای { $needed } است.
because-in-time-weekday = روز خرید { $actual } است؛ این پیشنهاد برای { $needed } است.
because-eq-customer-tier = سطح مشتری { $actual } است؛ این پیشنهاد برای سطح { $needed } است.
because-in-customer-tier = سطح مشتری { $actual } است؛ این پیشنهاد برای سطح { $needed } است.

## What is there or is not

because-basket-groups-lacks = در فاکتور کالایی از گروه { $needed } نیست.
because-basket-groups-has = در فاکتور کالایی از گروه { $needed } هست و این پیشنهاد آن را نمی‌پذیرد.
because-basket-skus-lacks = کالای { $needed } در فاکتور نیست.
because-basket-skus-has = کالای { $needed } در فاکتور هست و این پیشنهاد آن را نمی‌پذیرد.
because-customer-groups-lacks = مشتری در گروه { $needed } نیست.
because-customer-groups-has = مشتری در گروه { $needed } است و این پیشنهاد برای آن گروه نیست.
because-customer-tags-lacks = مشتری برچسب { $needed } ندارد.
because-customer-tags-has = مشتری برچسب { $needed } دارد و این پیشنهاد برای چنین مشتریانی نیست.
because-customer-product_groups-lacks = مشتری هنوز از گروه { $needed } نخریده است.
because-customer-product_groups-has = مشتری پیش از این از گروه { $needed } خریده است و این پیشنهاد برای کسانی است که نخریده‌اند.
because-customer-seasons-lacks = مشتری در { $needed } خرید نکرده است.
because-customer-seasons-has = مشتری در { $needed } هم خرید کرده است و این پیشنهاد برای چنین مشتریانی نیست.
because-partner-is_customer_of-lacks = عضو هنوز از { $needed } خرید نکرده است.
because-partner-is_customer_of-has = عضو مشتری { $needed } است و این پیشنهاد برای چنین اعضایی نیست.
because-customer-is_new-true = این پیشنهاد برای نخستین خرید است و مشتری پیش از این خرید کرده است.
because-customer-is_new-false = این نخستین خرید مشتری است و پیشنهاد از خرید دوم به بعد برقرار می‌شود.

because-unknown = { $fact } دانسته نیست.
because-unknown-customer-average_basket = مشتری هنوز خریدی ندارد تا میانگین خرید او سنجیده شود.
because-unknown-customer-days_since_last = مشتری هنوز خریدی ندارد تا فاصله از آن سنجیده شود.
because-unknown-customer-near_metres = مشتری نگفته است که نزدیک شعبه است؛ در باشگاه، صفحه «نزدیک من» را باز کند.
because-unknown-customer-near_minutes = مشتری نگفته است که نزدیک شعبه است؛ در باشگاه، صفحه «نزدیک من» را باز کند.
because-unknown-customer-tier = مشتری هنوز سطحی ندارد.
because-unknown-member-birthday_in_days = تاریخ تولد عضو ثبت نشده است؛ آن را در پرونده عضو ثبت کنید.

## Errors of identifiers

field-mobile_invalid = شماره موبایل باید با ۰۹ شروع شود و ۱۱ رقم باشد.
field-national_id_invalid = کد ملی درست نیست؛ ۱۰ رقم روی کارت ملی را وارد کنید.
field-company_id_invalid = شناسه ملی درست نیست؛ ۱۱ رقم شناسه ثبت‌شده شرکت را وارد کنید.
field-postal_code_invalid = کد پستی باید ۱۰ رقم باشد و با صفر شروع نشود.
field-sheba_invalid = شماره شبا باید IR و ۲۴ رقم باشد.
field-sheba_checksum = یکی از رقم‌های شبا جابه‌جا یا اشتباه است؛ آن را با برگه بانک مقایسه کنید.
field-member_number_invalid = شماره عضویت درست نیست؛ ۱۶ رقم روی کارت عضویت را وارد کنید.
field-bank_card_refused = این کارت بانکی است و شماره‌اش نگه داشته نشد. کارت عضویت را بکشید یا شماره موبایل را وارد کنید.

## Banks, by the three digits in a Sheba

sheba-bank-010 = بانک مرکزی
sheba-bank-011 = بانک صنعت و معدن
sheba-bank-012 = بانک ملت
sheba-bank-013 = بانک رفاه کارگران
sheba-bank-014 = بانک مسکن
sheba-bank-015 = بانک سپه
sheba-bank-016 = بانک کشاورزی
sheba-bank-017 = بانک ملی ایران
sheba-bank-018 = بانک تجارت
sheba-bank-019 = بانک صادرات ایران
sheba-bank-020 = بانک توسعه صادرات
sheba-bank-021 = پست بانک ایران
sheba-bank-022 = بانک توسعه تعاون
sheba-bank-053 = بانک کارآفرین
sheba-bank-054 = بانک پارسیان
sheba-bank-055 = بانک اقتصاد نوین
sheba-bank-056 = بانک سامان
sheba-bank-057 = بانک پاسارگاد
sheba-bank-058 = بانک سرمایه
sheba-bank-059 = بانک سینا
sheba-bank-060 = بانک قرض‌الحسنه مهر ایران
sheba-bank-061 = بانک شهر
sheba-bank-062 = بانک آینده
sheba-bank-064 = بانک گردشگری
sheba-bank-066 = بانک دی
sheba-bank-069 = بانک ایران زمین
sheba-bank-070 = بانک قرض‌الحسنه رسالت
sheba-bank-078 = بانک خاورمیانه
