## Pages

menu-mall-shops = فروشگاه‌ها

portal-shops-title = فروشگاه‌ها
portal-shops-lead = همه فروشگاه‌های مجتمع، سقف اعتبار و جایگاهشان نزد صندوق
portal-shops-add = افزودن فروشگاه
portal-shops-bulk = افزودن از اکسل
portal-shops-search = نام فروشگاه یا شناسه
portal-shops-empty = هنوز فروشگاهی نیست
    .detail = نخستین فروشگاه را بیفزایید؛ کمتر از پنج دقیقه زمان می‌برد.
portal-shop = فروشگاه
portal-state = وضعیت
portal-outstanding = اعتبار در گردش
    .note = مصرف‌نشده نزد اعضا
portal-limit = سپرده و سقف اعتبار
portal-position = نزد صندوق
portal-name = نام فروشگاه
    .help = همان که بر سردر نوشته شده است.
portal-slug = شناسه در نشانی
    .help = حروف کوچک لاتین، رقم و خط تیره؛ برای نمونه gol-ara
portal-category = رسته
portal-kind = مالکیت
portal-kind-person = شخص
portal-kind-company = شرکت
portal-national-id = کد ملی یا شناسه ملی
    .help = شخص: ۱۰ رقم؛ شرکت: ۱۱ رقم
portal-owner-name = نام مالک
portal-owner-mobile = موبایل مالک
    .help = مالک با همین شماره وارد می‌شود.
portal-mobile = موبایل
portal-sheba = شبا
    .help = تسویه به این حساب واریز می‌شود.
portal-credit-limit = سقف اعتبار
    .help = بیشترین بدهی فروشگاه به صندوق، افزون بر سپرده
portal-deposit = سپرده
    .help = اگر سپرده‌ای دریافت کرده‌اید، مبلغ آن را بنویسید.
portal-new-deposit = سپرده تازه
portal-suspend = تعلیق فروشگاه
portal-suspend-title = { $shop } معلق شود؟
portal-close = تعلیق یا بستن
portal-activate = فعال‌سازی دوباره
portal-sales-30 = فروش سی روز
portal-purchases-n = { $count } خرید
portal-customers = مشتریان
portal-cover = پوشش
portal-cover-used = بدهی کنونی به صندوق
portal-cover-of = { $used } از { $cover }
portal-change-limit = تغییر سقف و سپرده
portal-partners = همکاران
portal-partner-issues = اعتبارش آنجا پذیرفته می‌شود
portal-partner-accepts = اعتبار آن را می‌پذیرد
portal-partners-none = هنوز قراردادی ندارد
    .detail = خود فروشگاه به دیگران پیشنهاد همکاری می‌دهد.
portal-todo = راه‌اندازی
portal-done = انجام شد
portal-not-yet = مانده است
portal-about = مشخصات
portal-since = عضو مجتمع از

portal-suspended = فروشگاه معلق شد.
portal-activated = فروشگاه دوباره فعال است.
portal-limits-saved = سقف و سپرده ثبت شد.
portal-missing-owner = مالک هنوز وارد نشده
portal-missing-sheba = شبا مانده است
portal-missing-rules = الگوی اعتباردهی مانده است
portal-missing-till = صندوق باز نشده
portal-missing-first = نخستین خرید مانده است
portal-step-owner = ورود مالک
    .act = فرستادن دوباره دعوت
portal-step-sheba = شماره شبا
    .act = نوشتن شبا
portal-step-rules = الگوی اعتباردهی
    .act = الگوی رسته
portal-step-till = بازکردن صندوق
    .act = پیوند صندوق
portal-step-first = نخستین خرید
    .act = برگه تحویل
portal-people = تحویل و کارکنان
portal-edit = ویرایش
portal-partner-terms = تا { $share } خرید، کارمزد { $fee }
permission-shops-read = دیدن فروشگاه‌ها
permission-shops-manage = افزودن و تغییر فروشگاه‌ها
category-clothing = پوشاک
category-flowers = گل و گیاه
category-bakery = نانوایی و قنادی
category-books = کتاب و لوازم تحریر
category-grocery = خواربار
category-beauty = آرایشی و بهداشتی
category-jewellery = طلا و جواهر
category-electronics = لوازم الکترونیکی
category-home = لوازم خانه
category-food = رستوران و کافه
category-sport = ورزش
category-toys = اسباب‌بازی
category-health = دارو و سلامت
category-services = خدمات
category-other = دیگر

## Errors of a whole request: the title, and what to do

error-mall_slug_taken = این نشانی گرفته شده است
    .detail = مجتمع دیگری همین نشانی کوتاه را دارد. نشانی دیگری برگزینید.
field-slug_format = تنها حروف کوچک لاتین، رقم و خط تیره بنویسید؛ برای نمونه gol-ara.

## Alerts

menu-mall-alerts = هشدارها
permission-shop_alerts-read = دیدن هشدارهای فروشگاه‌ها
mall-alerts-title = هشدارهای فروشگاه‌ها
mall-alerts-lead = آنچه در خریدهای همه فروشگاه‌ها غیرعادی است، با شاهدش. هر فروشگاه خودش رسیدگی می‌کند و می‌نویسد چه بود.
mall-alerts-shop = فروشگاه
mall-alerts-member = عضو
mall-alerts-crosses = پای دیگران در میان است
    .detail = بخشی از این اعتبار یا امتیاز را فروشگاه‌های دیگر یا طرح مشترک می‌پردازند.
mall-alerts-waits = فروشگاه هنوز رسیدگی نکرده است.

## The mall's settings

menu-mall-settings = تنظیمات مجتمع
permission-mall-settings = تنظیمات مجتمع
mall-settings-title = تنظیمات مجتمع
mall-settings-lead = نام و نشان مجتمع، پول، یادآوری‌ها و شرایط آغاز فروشگاه‌ها.
mall-settings-saved = تنظیمات ذخیره شد.
mall-settings-face = نام و نشان
    .note = در همه صفحه‌ها، باشگاه مشتریان و برگه‌های چاپی دیده می‌شود.
mall-settings-name = نام مجتمع
    .help = همان که مردم می‌شناسند.
mall-settings-colour = رنگ مجتمع
    .help = مانند ‎#10777c‎؛ روشنی‌اش چنان تنظیم می‌شود که نوشته‌ها همیشه خوانا بمانند. خالی: فیروزه‌ای.
mall-settings-colour-pick = برگزیدن رنگ
mall-settings-logo = نشان (لوگو)
    .help = ‏PNG، JPEG یا WebP تا ۴ مگابایت؛ بهتر است زمینه‌اش بی‌رنگ باشد. ‏SVG پذیرفته نیست.
mall-settings-logo-remove = نشان برداشته شود
mall-settings-money = پول و زبان
mall-settings-unit = مبلغ‌ها به
    .help = نمایش و نوشتن مبلغ در همه صفحه‌ها؛ حساب‌ها همیشه به ریال نگه داشته می‌شود.
mall-settings-locale = زبان آغازین صفحه‌ها
    .help = هر کس می‌تواند برای خود زبان دیگری برگزیند.
mall-settings-locale-fa = فارسی
mall-settings-locale-en = English
mall-settings-reminders = یادآوری و مرجوعی
    .note = فروشگاهی که روزهای خود را تعیین کرده باشد، همان را دارد.
mall-settings-days = یادآوری انقضا، چند روز مانده
    .help = مانند ۷، ۱؛ خالی: یادآوری نمی‌شود.
mall-settings-grace = مهلت زنده ماندن اعتبار پس از مرجوعی، به روز
    .help = اعتباری که با مرجوعی برمی‌گردد و عمرش گذشته است، دست‌کم این چند روز قابل مصرف می‌ماند.
mall-settings-shops = شرایط آغاز فروشگاه‌ها
    .note = تنها برای فروشگاه‌هایی که از این پس می‌آیند؛ شرایط فروشگاه‌های کنونی در صفحه خودشان است.
mall-settings-limit = سقف اعتبار
    .help = تا این مبلغ می‌تواند بیش از سپرده‌اش به صندوق بدهکار شود.
mall-settings-fee = کارمزد شبکه، درصد
    .help = از اعتباری که نزد فروشگاهی دیگر خرج می‌شود.
mall-settings-sms = بهای هر بخش پیامک
    .help = به حساب فروشگاهی نوشته می‌شود که پیامک از سوی اوست.
mall-settings-preview = پیش‌نمایش
    .note = رنگ شما در هر دو پوسته؛ تا ذخیره نکنید چیزی عوض نمی‌شود.
mall-settings-theme-light = پوسته روشن
mall-settings-theme-dark = پوسته تیره
mall-settings-sample-act = ثبت خرید
mall-settings-sample-chip = طلبکار
mall-settings-sample-link = دیدن همه
field-logo_unreadable = این پرونده تصویر نیست. نشان را به PNG، JPEG یا WebP بفرستید.
field-logo_too_small = نشان بزرگ‌تری بفرستید؛ هر سویش دست‌کم { $minimum } نقطه.

## The palette

palette-shops = فروشگاه‌ها
palette-new-shop = افزودن فروشگاه
palette-order-cards = سفارش کارت عضویت

## The network's board

menu-mall-board = نمای شبکه
permission-dashboard-read = دیدن نمای شبکه
board-title = نمای شبکه
board-sales = فروش همه فروشگاه‌ها
board-sales-chart = فروش در گذر زمان
board-now = این دوره
board-before = دوره پیش
board-purchases = خریدها
board-bought = اعضایی که خرید کردند
board-joined = اعضای تازه
board-members = همه اعضا: { $count }
board-returned = بازپرداخت مرجوعی
board-returns = { $count } مرجوعی
board-credit = اعتبار
board-issued = اعتبار صادرشده
board-spent = اعتبار مصرف‌شده
board-expired = اعتبار سوخته
board-outstanding = اعتبار در گردش
    .note = آنچه فروشگاه‌ها به اعضا بدهکارند
board-ends-soon = تا ۳۰ روز دیگر سر می‌آید
    .note = اگر خرج نشود می‌سوزد
board-credit-chart = صادر، مصرف و سوخته
board-liability-chart = اعتبار در گردش در گذر زمان
board-ageing-chart = سن اعتبار در گردش
    .note = چند روز از صدور آن گذشته است؛ همین امروز
board-age = سن
board-age-to = { $first ->
        [0] تا { $last } روز
       *[other] { $first } تا { $last } روز
    }
board-age-over = بیش از { $days } روز
board-breakage = پیش‌بینی اعتبار سوخته تا ۳۰ روز دیگر
board-breakage-between = کمترین { $low }، بیشترین { $high }
board-breakage-method = در { $months } ماه گذشته که اعتباری سر آمد، { $usual } آنچه داده شده بود خرج‌نشده سوخت؛ در بهترین ماه { $least } و در بدترین ماه { $most }. همین سهم‌ها از اعتباری گرفته شده که تا ۳۰ روز دیگر سر می‌آید، و هرگز بیش از مانده آن ({ $remaining }) نیست.
board-empty = هنوز فروشی ثبت نشده است
    .detail = با نخستین خرید در هر فروشگاه، فروش، اعضا و اعتبار اینجا دیده می‌شود.
board-empty-next = ببینید هر فروشگاه چه کم دارد
board-fund = صندوق مشترک
board-fund-all = دیدن صندوق
board-owed = بدهی فروشگاه‌ها به صندوق
    .note = در تسویه بعدی دریافت می‌شود
board-cash = موجودی صندوق
board-deposits = سپرده‌ها: { $amount }
board-fee = کارمزد این دوره
board-pool = پشتوانه امتیاز تجمیعی
    .note = در این دوره { $given } امتیاز داده و { $taken } امتیاز خرج شد
board-shops-chart = فروش هر فروشگاه
board-shop = فروشگاه

## How shops do

menu-mall-health = سلامت فروشگاه‌ها
health-title = سلامت فروشگاه‌ها
health-lead = هر فروشگاه فقط با گذشته خودش سنجیده می‌شود.
health-how = حال فروشگاه
health-last-sale = آخرین فروش
health-week = فروش ۷ روز
health-fine = مانند همیشه
health-new = تازه باز شده
health-any = نیازمند توجه
health-idle = بی‌فروش
health-offline = پایانه خاموش
health-unusual = نامعمول
health-contract = قرارداد
health-is-idle = { $days } روز است فروشی ثبت نکرده؛ بلندترین وقفه‌اش در سه ماه گذشته { $usual } روز بود.
health-is-silent = { $days } روز از گشایش می‌گذرد و هنوز فروشی ثبت نکرده است.
health-is-offline = پایانه «{ $terminal }» { $days } روز است با سامانه تماس نگرفته.
health-is-sales-low = فروش هفت روز گذشته { $now } بود، { $by } کمتر از هفته معمول خودش ({ $usual }).
health-is-sales-high = فروش هفت روز گذشته { $now } بود، { $by } بیشتر از هفته معمول خودش ({ $usual }).
health-is-returns = { $now } فروش هفت روز گذشته برگشت؛ معمولاً { $usual }.
health-is-spending = { $now } فروش هفت روز گذشته با اعتبار و امتیاز پرداخت شد؛ معمولاً { $usual }.
health-is-contract = قرارداد آن با مجتمع { $days ->
        [0] امروز
       *[other] { $days } روز دیگر
    } پایان می‌یابد.
health-is-contract-over = قرارداد آن با مجتمع { $days } روز پیش پایان یافته است.
health-next-idle = تماس با مالک
health-next-silent = ببینید چه مانده است
health-next-offline = تماس با فروشگاه
health-next-sales-low = تماس با مالک
health-next-sales-high = دیدن هشدارها
health-next-returns = دیدن هشدارها
health-next-spending = دیدن ماتریس صندوق
health-next-contract = صفحه فروشگاه
health-sheet-shop = فروشگاه
health-sheet-category = رسته
health-sheet-last = آخرین فروش
health-sheet-sales = فروش ۷ روز (ریال)
health-sheet-before = فروش ۷ روز پیش از آن (ریال)
health-sheet-findings = حال فروشگاه
board-findings = نیازمند توجه
board-findings-all = همه فروشگاه‌ها
board-nothing-before = از روزهای پیش از آن ({ $days }) چیزی ثبت نشده است.
message-contract-ends = { $mall }: قرارداد فروشگاه شما با مجتمع تا { $day } است. برای تمدید با مدیریت مجتمع هماهنگ کنید.
