## Pages

menu-shop-partners = فروشگاه‌های همکار

partners-title = فروشگاه‌های همکار
partners-lead = شما تصمیم می‌گیرید اعتبارتان کجا پذیرفته شود و اعتبار چه کسی را بپذیرید.
partners-propose = پیشنهاد همکاری
partners-propose-means = مشتریان شما می‌توانند اعتباری را که از شما گرفته‌اند نزد این فروشگاه خرج کنند و شما آن را با صندوق تسویه می‌کنید.
partners-received = در انتظار پاسخ شما
partners-offer-of = پیشنهاد { $shop }
partners-offer-means = مشتریان { $shop } می‌توانند تا { $share } هر خرید نزد شما را با اعتبار { $shop } بپردازند؛ { $keep } آن از صندوق به شما می‌رسد.
partners-until = تا { $day }
partners-accept = پذیرش پیشنهاد
partners-decline = رد پیشنهاد
partners-agreements = قراردادها
partners-shop = فروشگاه
partners-state = وضعیت
partners-share = بیشترین سهم از خرید
    .help = درصد؛ برای نمونه ۳۰
partners-fee = کارمزد
    .help = درصدی که از مبلغ خرج‌شده برای مجتمع کم می‌شود؛ برای نمونه ۲
partners-brought = خرج‌شده با این قرارداد
partners-acts = کارها
partners-direction-issues = اعتبار شما آنجا پذیرفته می‌شود
partners-direction-accepts = اعتبار آن نزد شما پذیرفته می‌شود
partners-terminate = پایان همکاری
partners-terminate-title = همکاری با { $shop } پایان یابد؟
partners-terminate-consequence = از این لحظه اعتبار تازه آنجا پذیرفته نمی‌شود. خریدهای ثبت‌شده و حساب صندوق تغییری نمی‌کنند.
partners-empty = هنوز همکاری ندارید
    .detail = به فروشگاهی که مشتریانش به کار شما می‌آیند پیشنهاد همکاری بدهید.
partners-acceptor = فروشگاه پذیرنده
partners-ends = پایان قرارداد
    .help = خالی: بدون پایان
partners-send = فرستادن پیشنهاد

## What partners brought

partners-worth = همکاری‌ها چه آوردند
partners-worth-means = «خالص» یعنی فروش به مشتریان همکار، منهای کارمزد مجتمع و منهای اعتبار شما که نزد همکار خرج شد و با صندوق تسویه می‌شود. خریدی که اعتبار دو همکار در آن خرج شده نزد هر دو شمرده می‌شود و در جمع یک بار.
partners-worth-empty = در این بازه اعتباری میان شما و همکاران خرج نشد
    .detail = بازه بلندتری را ببینید، یا به مشتریان بگویید اعتبارشان کجا پذیرفته می‌شود.
partners-came = مشتریان همکار نزد شما
partners-came-new = { $count } نفر برای نخستین بار
partners-sold = فروش به آن‌ها
partners-sold-with = { $amount } آن با اعتبار همکاران
partners-theirs-here = اعتبار همکار نزد شما
partners-fee-here = کارمزد { $amount }
partners-spent-there = اعتبار شما نزد همکاران
    .note = با صندوق تسویه می‌کنید
partners-sent = { $count } مشتری شما
partners-net = خالص
    .note = پس از کارمزد ({ $fee }) و اعتبار شما
partners-sheet-shop = فروشگاه همکار
partners-sheet-customers = مشتریان همکار نزد شما
partners-sheet-new = از آن‌ها، نخستین بار
partners-sheet-purchases = خریدهایشان
partners-sheet-sales = فروش به آن‌ها (ریال)
partners-sheet-accepted = اعتبار همکار نزد شما (ریال)
partners-sheet-fee = کارمزد (ریال)
partners-sheet-sent = مشتریان شما نزد همکار
partners-sheet-spent = اعتبار شما نزد همکار (ریال)
partners-sheet-net = خالص (ریال)

## Agreements that end

today-ending = { $count } قرارداد همکاری تا یک ماه دیگر پایان می‌یابد.
message-agreement-ends = { $mall }: قرارداد پذیرش اعتبار { $shop } نزد شما تا { $day } است. پس از آن اعتبارش نزد شما پذیرفته نمی‌شود، مگر پیشنهاد تازه‌ای بفرستد.
message-agreement-ends-issuer = { $mall }: قرارداد پذیرش اعتبار شما نزد { $shop } تا { $day } است. برای ادامه، پس از آن از صفحه همکاران پیشنهاد تازه بفرستید.

## Errors of a whole request: the title, and what to do

error-agreement_exists = قرارداد یا پیشنهادی در جریان است
    .detail = با این فروشگاه در همین جهت قرارداد یا پیشنهادی دارید. آن را پایان دهید و پیشنهاد تازه بفرستید.
error-agreement_not_open = این پیشنهاد دیگر باز نیست
    .detail = پیش‌تر پاسخ داده شده، پایان یافته یا زمانش گذشته است. فهرست قراردادها را تازه کنید؛ برای همکاری پیشنهاد تازه لازم است.

## Errors of one field

field-own_shop = این فروشگاه خود شماست؛ فروشگاه دیگری را برگزینید.
field-in_the_past = این زمان گذشته است؛ زمانی در آینده بنویسید.

## On the shop's first page

today-proposals = { $count } پیشنهاد همکاری منتظر پاسخ شماست.
