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
    .detail = کار انجام نشد و چیزی ثبت نشده است. چند لحظه بعد دوباره تلاش کنید؛ اگر باز هم رخ داد، شناسهٔ درخواست را به پشتیبانی بدهید.
error-bad_request = درخواست نادرست
    .detail = درخواست خوانده نشد. شکل آن را با مستندات رابط برنامه‌نویسی مقایسه کنید.
error-bad_json = متن JSON نادرست
    .detail = بدنهٔ درخواست JSON درستی نیست. آن را اصلاح کنید و دوباره بفرستید.
error-unauthenticated = ورود لازم است
    .detail = وارد حساب خود شوید یا کلید معتبر بفرستید.
error-forbidden = دسترسی ندارید
    .detail = این کار در محدودهٔ دسترسی شما نیست. از مدیر خود بخواهید دسترسی آن را به شما بدهد.
error-csrf_failed = صفحه قدیمی شده است
    .detail = صفحه را تازه کنید و فرم را دوباره بفرستید.
error-not_found = پیدا نشد
    .detail = چنین چیزی نیست یا در دسترس شما نیست. نشانی یا شناسه را بررسی کنید.
error-method_not_allowed = روش نادرست
    .detail = این نشانی چنین درخواستی را نمی‌پذیرد. روش درخواست (GET، POST و …) را بررسی کنید.
error-conflict = با وضعیت کنونی سازگار نیست
    .detail = این کار در وضعیت کنونی شدنی نیست. صفحه را تازه کنید و وضعیت را دوباره ببینید.
error-payload_too_large = حجم بیش از اندازه
    .detail = حجم درخواست بیش از اندازه است. فایل یا متن کوچک‌تری بفرستید.
error-unsupported_media_type = نوع محتوا پذیرفته نیست
    .detail = بدنهٔ درخواست را با نوع application/json بفرستید.
error-unprocessable = انجام‌شدنی نیست
    .detail = درخواست خوانده شد، ولی با این مقدارها انجام‌شدنی نیست. مقدارها را بررسی کنید.
error-validation = برخی مقدارها نادرست است
    .detail = مقدارهای مشخص‌شده را اصلاح کنید و دوباره بفرستید.
error-rate_limited = تلاش بیش از اندازه
    .detail = { $retry_after } ثانیهٔ دیگر دوباره تلاش کنید.
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
field-not_an_integer = یک عدد صحیح وارد کنید.
field-not_a_boolean = «درست» یا «نادرست» (true یا false) وارد کنید.
field-not_an_object = این‌جا باید یک شیء JSON باشد.
field-not_a_list = این‌جا باید یک فهرست باشد.
field-too_many_decimals = حداکثر { $maximum } رقم اعشار بنویسید.
field-below_minimum = مقداری برابر یا بیشتر از { $minimum } وارد کنید.
field-above_maximum = مقداری برابر یا کمتر از { $maximum } وارد کنید.
field-not_a_choice = یکی از این‌ها را انتخاب کنید: { $choices }.
field-invalid = این مقدار پذیرفته نیست؛ آن را اصلاح کنید.
field-duplicate = این مقدار تکراری است؛ مقدار دیگری وارد کنید.
field-bad_json = این متن JSON درستی نیست؛ آن را اصلاح کنید.
field-bad_uuid = شناسه باید یک UUID باشد؛ آن را از همان جایی که ساخته شده بردارید.
field-bad_datetime = زمان را با ناحیهٔ زمانی بنویسید، مانند 2026-01-05T10:30:00Z.
field-bad_date = تاریخ را مانند ۱۴۰۴/۱۰/۱۵ بنویسید.
field-bad_email = نشانی ایمیل را کامل بنویسید، مانند name@example.ir.
field-bad_slug = فقط حروف کوچک لاتین، رقم و خط تیره بنویسید، مانند gol-ara.
