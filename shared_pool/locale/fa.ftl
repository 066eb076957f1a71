## Pages

menu-mall-fund = صندوق
menu-mall-settlements = تسویه‌ها
menu-mall-proof = گواه تراز

fund-title = صندوق مشترک
fund-lead = اعتباری که یک فروشگاه داده و در دیگری خرج شده است، اینجا حساب می‌شود.
fund-draft = پیش‌نویس تسویه
fund-draft-title = پیش‌نویس تسویه ساخته شود؟
fund-draft-consequence = جایگاه همه فروشگاه‌ها تا این لحظه خالص می‌شود. تا تأیید شخص دیگر چیزی جابه‌جا نمی‌شود.
fund-open-settlement = تسویه در جریان
fund-owed = بدهی فروشگاه‌ها
    .note = باید به صندوق بپردازند
fund-due = طلب فروشگاه‌ها
    .note = باید از صندوق بگیرند
fund-fee = کارمزد مجتمع
fund-reserve = پشتوانه امتیازها
    .note = امتیازهای تجمیعی مصرف‌نشده
fund-cash = نقد صندوق
fund-deposits = سپرده‌ها
fund-matrix = چه کسی داد، کجا خرج شد
fund-in-unit = مبلغ‌ها به { $unit }
fund-matrix-caption = ارزش خرج‌شده: ردیف صادرکننده، ستون پذیرنده
fund-matrix-hint = هر خانه به خریدهایش باز می‌شود.
fund-matrix-empty = هنوز اعتباری نزد فروشگاه دیگر خرج نشده است
    .detail = پس از نخستین قرارداد همکاری، خرج‌ها اینجا دیده می‌شوند.
fund-positions = جایگاه فروشگاه‌ها
fund-shop = فروشگاه
fund-accepted = پذیرفته از دیگران
fund-issued-spent = خرج‌شده نزد دیگران
fund-net = خالص
fund-cover = سپرده و سقف به کار رفته
fund-cover-of = از { $cover }
fund-none = فروشگاهی نیست.
proof-title = گواه تراز
proof-lead = هر ریال دو سر دارد؛ این بررسی‌ها نشان می‌دهند که حساب‌ها می‌خوانند.
proof-again = بررسی دوباره
proof-all-right = هر { $count } بررسی درست است
proof-wrong = { $count } بررسی درست نیست
proof-seal = مهر زنجیره
    .note = هر سند به سند پیش از خود مهر می‌شود؛ تغییر گذشته این مهر را می‌شکند.
proof-link = شماره حلقه
proof-sealed-at = زمان مهر
proof-unsealed = هنوز سندی مهر نشده است.
proof-checked-at = بررسی‌شده:
settlements-title = تسویه‌ها
settlements-lead = هر تسویه را یک نفر می‌نویسد و نفر دیگری تأیید می‌کند.
settlements-when = تاریخ
settlements-state = وضعیت
settlements-shops = فروشگاه‌ها
settlements-pay = پرداختی فروشگاه‌ها
settlements-receive = دریافتی فروشگاه‌ها
settlements-empty = هنوز تسویه‌ای نیست
    .detail = وقتی فروشگاه‌ها از صندوق طلب یا به آن بدهی دارند، پیش‌نویس تسویه بسازید.
settlements-see-fund = دیدن صندوق
settlement-title = تسویه
settlement-cancel = لغو تسویه
settlement-cancel-title = تسویه لغو شود؟
settlement-cancel-consequence = چیزی جابه‌جا نمی‌شود و جایگاه‌ها همان می‌مانند.
settlement-approve = تأیید تسویه
settlement-approve-title = این تسویه را تأیید می‌کنید؟
settlement-approve-consequence = مبلغ { $count } فروشگاه قطعی می‌شود. پس از پرداخت‌های بانکی، انجام آن را ثبت کنید.
settlement-complete = ثبت انجام
settlement-complete-title = پرداخت‌ها انجام شده است؟
settlement-complete-consequence = دریافت { $pay } و پرداخت { $receive } در دفتر ثبت می‌شود و برگشت ندارد.
settlement-own-draft = این پیش‌نویس را شما ساخته‌اید؛ تأیید آن با شخص دیگری است.
settlement-pay = فروشگاه‌ها می‌پردازند
    .note = { $count } فروشگاه
settlement-receive = فروشگاه‌ها می‌گیرند
    .note = { $count } فروشگاه
settlement-fees = سهم مجتمع
    .note = کارمزدهای این دوره
settlement-kept = پشتوانه امتیازها
    .stays = برای امتیازهای مصرف‌نشده در صندوق می‌ماند
    .paid = از آنچه برای امتیازها کنار مانده بود پرداخت می‌شود
settlement-sheba = شبا
settlement-no-sheba = شبا ندارد
settlement-net = خالص
settlement-steps = گام‌ها
settlement-waiting = در انتظار

fund-since-start = از آغاز
cell-title = اعتبار { $issuer } نزد { $acceptor }
cell-lead = هر ردیف یک خرید در { $acceptor } است که با اعتبار { $issuer } پرداخت شده و میان این دو تسویه می‌شود.
cell-total = جمع خرج‌شده
cell-when = زمان
cell-what = رویداد
cell-amount = ارزش
cell-newest = { $count } ردیف تازه‌تر نشان داده شده است.
transfer-purchase = خرید
transfer-return = مرجوعی
transfer-settlement = تسویه
transfer-reversal = برگشت سند
transfer-gift_card = کارت هدیه
transfer-gift = هدیه
settlement-drafted = پیش‌نویس تسویه ساخته شد.
settlement-approved = تسویه تأیید شد.
settlement-completed = انجام تسویه ثبت شد.
settlement-cancelled = تسویه لغو شد.
settlement-step-draft = پیش‌نویس
settlement-step-approve = تأیید نفر دوم
settlement-step-complete = انجام
settlement-step-cancel = لغو
settlement-by-key = از راه API
permission-fund-read = دیدن صندوق و تسویه‌ها
permission-fund-settle = تسویه صندوق
proof-check-transfers_balanced = هر سند در هر واحد صفر می‌شود
proof-check-transfers_whole = هیچ سندی بی‌ردیف یا ناقص نیست
proof-check-outstanding_equals_lots = اعتبار در گردش هر فروشگاه برابر اعتبارهای زنده آن است
proof-check-points_equal_lots = امتیازهای هر طرح برابر امتیاز نزد اعضاست
proof-check-lots_equal_entries = مانده هر اعتبار برابر جمع ردیف‌های دفتر است
proof-check-lots_within_bounds = هیچ اعتباری زیر صفر یا بیش از مبلغ داده‌شده نیست
proof-check-lots_as_granted = دارنده، صادرکننده و مبلغ هر اعتبار همان است که داده شد
proof-check-holds_equal_lots = هر مبلغ نگه‌داشته‌شده خریدی در انتظار دارد
proof-check-fund_sums_to_zero = صندوق تراز است: پایاپای، کارمزد، سپرده، پشتوانه، کیف پول، درگاه و نقد
proof-check-commissions_balanced = پورسانت‌ها دو سر برابر دارند
proof-check-reserves_cover_points = پشتوانه هر طرح، امتیازهای آن را می‌پوشاند
proof-check-balances_equal_entries = مانده‌های خلاصه برابر جمع ردیف‌هاست
proof-check-lots_refer = هر اعتبار صادرکننده، محدوده و سند دارد
proof-check-chain_intact = زنجیره مهرها دست‌نخورده است

## Errors of a whole request: the title, and what to do

error-second_person_required = تأیید با شخص دیگری است
    .detail = این تسویه را خودتان نوشته‌اید. شخص دیگری یا کلید دیگری باید آن را تأیید کند.
error-settlement_not_open = این گام اکنون شدنی نیست
    .detail = { $state ->
        [draft] تسویه هنوز پیش‌نویس است. نخست شخص دیگری آن را تأیید کند.
        [approved] تسویه پیش‌تر تأیید شده است. پس از پرداخت‌های بانکی، انجام آن را ثبت کنید.
        [completed] تسویه انجام شده است و تغییر نمی‌کند. برای جایگاه‌های تازه پیش‌نویس تازه بسازید.
       *[other] تسویه لغو شده است. پیش‌نویس تازه بسازید.
    }

## Errors of one field

field-unknown_shop = چنین فروشگاهی در مجتمع نیست؛ شناسه را بررسی کنید.
field-above_issue_price = بهای مصرف هر امتیاز نباید بیش از بهای صدور آن باشد؛ مقدار کمتری بنویسید.
