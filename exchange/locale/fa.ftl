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
