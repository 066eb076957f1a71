### The shell and the components, Persian. Keep the ids and variables the same as in en.ftl.

ui-product = تیمچه
    .about = باشگاه مشترک مشتریان مراکز خرید: یک عضویت، فروشگاه‌های بسیار، حساب روشن.
ui-skip = رفتن به محتوای صفحه
ui-menu = باز کردن فهرست بخش‌ها
ui-places = بخش‌ها
ui-tabs = بخش‌های اصلی
ui-more = بیشتر
section-sale = فروش
section-customers = مشتریان
section-offers = پیشنهاد و هدیه
section-goods = کالا و فروشنده
section-reports = گزارش و هشدار
section-settings = تنظیمات
ui-mall-portal = مدیریت مجتمع
ui-sign-out = خروج
ui-other-language = English
ui-theme = پوسته
ui-theme-light = روشن
ui-theme-system = هماهنگ با دستگاه
ui-theme-dark = تیره

## Forms

ui-optional = (اختیاری)
ui-choose = انتخاب کنید
ui-mistakes = { $count ->
        [one] یک مورد را اصلاح کنید
       *[other] { $count } مورد را اصلاح کنید
    }
ui-cancel = انصراف
ui-close = بستن
ui-typed-offline = اینترنت نیست. آنچه نوشته‌اید همین‌جاست؛ وصل که شد دوباره بفرستید.
ui-typed-again = آنچه نوشته بودید اینجاست. ببینید و دوباره بفرستید.
ui-copied = کپی شد.
ui-file-choose = انتخاب فایل
ui-file-none = فایلی انتخاب نشده
ui-undo = برگرداندن
ui-save = ذخیره
ui-show-password = نمایش گذرواژه

## What somebody else wrote meanwhile

ui-met-means = آنچه شما دست نزده بودید با نوشته تازه آمد. در { $count } جا هر دو نوشته‌اید: نوشته شما مانده و نوشته تازه زیر آن آمده است.
ui-met-when = { $day } ساعت { $clock }
ui-met-there = اکنون:
ui-met-blank = خالی
ui-met-take = همین بماند
ui-met-mine = نوشته من بماند
ui-met-theirs = کنار گذاشتن نوشته من

## Figures

ui-points = امتیاز
ui-owed = بدهکار
ui-due = طلبکار
ui-even = تراز
ui-yes = بله
ui-no = خیر
ui-none = —
ui-step-done = انجام شد
ui-comma = ،

## Lists

ui-pages = صفحه‌های فهرست
ui-next = بعدی
ui-previous = قبلی
ui-shown = { $shown } ردیف در این صفحه
ui-shown-of = { $shown } ردیف از { $total }
ui-all = همه
ui-filters = فیلترها
ui-clear-filters = برداشتن فیلترها
ui-filtered-empty = چیزی با این فیلترها پیدا نشد
    .detail = فیلترها را بردارید یا عبارت دیگری را جست‌وجو کنید.
ui-failed = این فهرست خوانده نشد
    .detail = چیزی از دست نرفته است. چند لحظه بعد دوباره تلاش کنید.
ui-retry = تلاش دوباره
ui-loading = در حال خواندن
ui-excel = خروجی اکسل
ui-open = باز کردن

## The fund's matrix

ui-matrix-corner = صادرکننده ↓ پذیرنده ←
ui-matrix-self = همان فروشگاه
ui-matrix-issued = مصرف نزد دیگران
ui-matrix-accepted = پذیرفته از دیگران
ui-matrix-legend = کم تا زیاد

## Days

day-open = باز کردن تقویم
day-from = از
day-to = تا
day-month = ماه
day-year = سال
day-month-before = ماه قبل
day-month-after = ماه بعد
day-clear = پاک کردن
day-keys = جهت‌ها: روز و هفته · PageUp و PageDown: ماه · با Shift: سال
day-preset-today = امروز
day-preset-week = هفته گذشته
day-preset-month = ماه گذشته
day-preset-days30 = ۳۰ روز اخیر
day-preset-nowruz = از نوروز
day-saturday = شنبه
    .short = ش
day-sunday = یکشنبه
    .short = ی
day-monday = دوشنبه
    .short = د
day-tuesday = سه‌شنبه
    .short = س
day-wednesday = چهارشنبه
    .short = چ
day-thursday = پنجشنبه
    .short = پ
day-friday = جمعه
    .short = ج

## Periods

report-which = بازه گزارش
report-other = روزهای دیگر
report-show = نشان دادن
report-all = از آغاز
report-today = امروز
step-day = روز
step-week = هفته
step-month = ماه
report-week = ۷ روز
report-days30 = ۳۰ روز
report-month = این ماه
report-last = ماه پیش
report-quarter = ۹۰ روز گذشته
report-year = یک سال
report-days = از { $first } تا { $last }
report-wrong = این تاریخ‌ها خوانده نشد. مانند ۱۴۰۴/۰۹/۱ بنویسید و آغاز را پیش از پایان بگذارید؛ اکنون بازه همیشگی را می‌بینید.
ui-change-more = بیشتر از دوره پیش
ui-change-less = کمتر از دوره پیش
ui-change-none = مانند دوره پیش

## The palette

palette-open = جست‌وجو و دستورها
palette-find = جست‌وجو
palette-label = نام صفحه، فروشگاه، مشتری یا شماره فاکتور
palette-actions = کارها
palette-pages = صفحه‌ها
palette-none = چیزی برای «{ $typed }» پیدا نشد. نام یا شماره را کوتاه‌تر بنویسید.
palette-count = { $count } مورد
palette-keys-move = جابه‌جایی
palette-keys-go = رفتن

## Charts

chart-table = جدول مقدارها
chart-empty = هنوز چیزی برای نمایش نیست؛ با نخستین رویدادها پر می‌شود.
chart-points = مقدارها؛ با کلیدهای چپ و راست جابه‌جا شوید
chart-unknown = نامعلوم
chart-percent = درصد
chart-thousand = هزار
chart-million = میلیون
chart-billion = میلیارد
chart-colon = :

## States

state-active = فعال
state-suspended = معلق
state-closed = بسته
state-incomplete = ناتمام
state-proposed = در انتظار پاسخ
state-in-force = برقرار
state-declined = رد شده
state-terminated = خاتمه‌یافته
state-ended = پایان‌یافته
state-draft = پیش‌نویس
state-approved = تأیید شده
state-completed = انجام شده
state-cancelled = لغو شده
state-confirmed = ثبت شده
state-authorized = در انتظار تأیید
state-returned = مرجوع شده
state-expired = منقضی
state-spent = مصرف شده
state-open = قابل مصرف
state-ok = درست
state-failed = ناموفق
state-stopped = متوقف
state-blocked = مسدود
state-blank = خام
state-lost = گم‌شده
state-replaced = جایگزین‌شده
state-claimed = در انتظار تحویل
state-delivered = تحویل شد
state-waiting = در انتظار
state-sent = در فایل بانک
state-paid = پرداخت شد
state-received = دریافت شد
state-collateral = از سپرده
state-refused = برگشت خورد
state-unpaid = پرداخت نشد
state-unknown = نامعلوم
state-held = در انتظار بررسی
state-given = داده شد
state-taken-back = پس گرفته شد

## The style page

style-title = برگه سبک
style-lead = همه اجزا در همه حالت‌ها؛ روشن و تیره، راست‌به‌چپ و چپ‌به‌راست.
style-colours = رنگ‌ها
style-type = خط و اندازه
style-buttons = دکمه‌ها
style-steps = گام‌های یک کار
style-fields = فیلدها
style-figures = عددها
style-charts = نمودارها
style-lists = فهرست‌ها و جدول‌ها
style-messages = پیام‌ها
style-undo = کاری که برگشت دارد پرسیده نمی‌شود: با یک کلیک انجام می‌شود و پیامش دکمه «برگرداندن» دارد. تنها کار بی‌بازگشت پرسیده می‌شود.
style-states = وضعیت‌ها
style-matrix = ماتریس صندوق
style-cards = کارت‌ها
style-empty = جای خالی و انتظار
style-sample = نور از روزن‌های تیمچه بر حجره‌ها می‌تابد. هر حجره قاعده خود را دارد و حساب همه در یک دفتر است.

## Signing in

sign-in-title = ورود
sign-in-title-mall = مدیریت مجتمع
sign-in-title-merchant = ورود فروشگاه
sign-in-title-member = باشگاه مشتریان
sign-in-lead-mall = پذیرش فروشگاه‌ها، صندوق و تسویه
sign-in-lead-merchant = فروش، مشتریان و همکاران
sign-in-lead-member = با شماره موبایل وارد شوید؛ رمزی لازم نیست.
sign-in-mobile = شماره موبایل
sign-in-password = گذرواژه
sign-in-verb = ورود
sign-in-send-code = دریافت کد
sign-in-code-title = کد ورود
sign-in-code = کد شش‌رقمی
sign-in-code-sent = کد پیامک شد به
sign-in-resend-in = تا { $seconds } ثانیه دیگر می‌توانید کد تازه بخواهید.
sign-in-resend = ارسال دوباره کد
sign-in-other-mobile = شماره دیگر
sign-in-passkey = ورود با گذرکلید
passkey-not-done = انجام نشد. دوباره بزنید یا از راه دیگر وارد شوید.
passkey-known = این دستگاه از پیش گذرکلید شما را دارد.
passkey-elsewhere = گذرکلید در این نشانی کار می‌کند:
second-title = گام دوم ورود
second-lead = گذرواژه درست بود؛ یک نشانه دیگر لازم است.
second-passkey = تأیید با گذرکلید
second-code = کد برنامه رمزساز
    .help = کد شش‌رقمی برنامه روی گوشی، یا یکی از کدهای بازیابی
second-paper = کد بازیابی
    .help = یکی از کدهایی که هنگام روشن کردن گرفتید
second-verb = ورود
second-back = بازگشت به گذرواژه
second-late = زمان گذشت. دوباره با گذرواژه وارد شوید.

## صفحه خود فرد

account-title = حساب من
account-second = ورود دومرحله‌ای
account-on = روشن
account-off = خاموش
account-second-means = پس از گذرواژه، یک نشانه دیگر هم خواسته می‌شود؛ پس کسی که گذرواژه شما را بداند نمی‌تواند وارد شود.
account-since = از { $day }
account-used = آخرین ورود:
account-password = گذرواژه شما
account-remove = حذف
account-remove-named = حذف { $name }
account-remove-ask = «{ $name }» حذف شود؟
account-remove-means = از این پس با آن نمی‌توان وارد شد؛ راه‌های دیگر سر جایشان می‌مانند.
account-remove-last = این آخرین راه است: ورود دومرحله‌ای خاموش می‌شود و کدهای بازیابی از کار می‌افتند.
account-app = برنامه رمزساز
account-app-means = برنامه‌ای روی گوشی که هر سی ثانیه کدی تازه می‌سازد، بدون اینترنت هم. برای هر رایانه‌ای، قدیمی هم، کار می‌کند.
account-app-add = افزودن برنامه
account-app-lead = برنامه‌ای مانند Google Authenticator یا FreeOTP روی گوشی خود باز کنید.
account-app-scan = ۱. این کد را با برنامه بخوانید
account-app-qr = کد تصویری برای برنامه رمزساز
account-app-type = اگر دوربین ندارید، این را در برنامه بنویسید:
account-app-code = ۲. کدی را که برنامه نشان می‌دهد بنویسید
account-app-digits = کد شش‌رقمی
account-app-turn-on = روشن کردن
account-app-added = برنامه رمزساز اضافه شد.
account-app-removed = برنامه رمزساز حذف شد.
account-passkey = گذرکلید
account-passkey-means = قفل همین دستگاه (اثر انگشت، چهره یا رمز) یا یک کلید امنیتی.
account-passkey-add = افزودن گذرکلید
account-passkey-name = نام گذرکلید
account-passkey-added = گذرکلید «{ $name }» اضافه شد.
account-passkey-removed = گذرکلید «{ $name }» حذف شد.
account-staff-of = کارکنان { $mall }
account-codes = کدهای بازیابی
account-codes-left = { $count } کد مانده
account-codes-new = کدهای تازه
account-codes-new-means = کدهای پیشین از کار می‌افتند و کدهای تازه فقط یک بار نشان داده می‌شوند.
account-codes-lead = اگر گوشی یا گذرکلید در دسترستان نبود، با یکی از این کدها وارد می‌شوید. هر کد یک بار کار می‌کند.
account-codes-once = این کدها دیگر نشان داده نمی‌شوند. آن‌ها را چاپ کنید یا جای امنی بنویسید؛ نه کنار گذرواژه.
account-codes-copy = رونوشت کدها
account-codes-kept = نگه داشتم
browser-iphone = آیفون
browser-ipad = آیپد
browser-android = گوشی اندروید
browser-windows = رایانه ویندوزی
browser-mac = رایانه مک
browser-chromebook = کروم‌بوک
browser-linux = رایانه لینوکسی
browser-other = این دستگاه
sign-in-inbox = صندوق پیام نمایشی

malls-title = تیمچه
malls-lead = یک عضویت، فروشگاه‌های بسیار
malls-member = عضو باشگاه هستم
malls-merchant = فروشنده هستم
malls-mall = مدیر مجتمع هستم
malls-none = هنوز مجتمعی ساخته نشده است. برای دیدن نمونه این فرمان را اجرا کنید:

error-page-back = بازگشت
error-page-request = شناسه درخواست:

join-title = تعیین گذرواژه
join-heading = خوش آمدید، { $name }
join-lead = برای ورود به فروشگاه خود یک گذرواژه برگزینید.
join-password = گذرواژه تازه
    .help = دست‌کم ۱۰ نویسه
join-again = تکرار گذرواژه
join-verb = ثبت گذرواژه
join-done = گذرواژه ثبت شد. از این پس با شماره موبایل و همین گذرواژه وارد شوید.

## The camera
scan-open = اسکن با دوربین
scan-title = اسکن کد
scan-lead = کد را جلوی دوربین بگیرید.
scan-refused = دوربین در دسترس نیست. شماره را بنویسید، یا در تنظیمات مرورگر اجازه دوربین را بدهید.

## The app on a phone

install-about = کارت، امتیاز و اعتبار شما در { $mall }.
install-card = کارت من
install-history = گردش حساب
offline-title = اینترنت نیست
offline-lead = کارت شما بدون اینترنت هم در فروشگاه کار می‌کند. بقیه با وصل شدن برمی‌گردد.
offline-card = کارت من
offline-again = تلاش دوباره
offline-kept = اینترنت نیست. آنچه می‌بینید مربوط به { $at } است.

trial-banner = این فروشگاه نمونه است: مشتری‌ها و خریدها ساختگی‌اند.
trial-banner-end = بازگشت یا پاک کردن
trial-mark = نمونه
