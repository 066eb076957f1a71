### ورود و دسترسی، فارسی. شناسه‌ها و متغیرها باید با en.ftl یکی بماند.

error-wrong_key_kind = کلید از نوع دیگری است
    .detail = این کار با این نوع کلید شدنی نیست. کلید مجتمع، فروشگاه یا پایانه را بسته به این نشانی بفرستید.
error-missing_permission = اجازه این کار را ندارید
    .detail = نقش شما این کار را در بر ندارد. از مدیر بخواهید دسترسی بدهد.
error-sign_in_failed = ورود انجام نشد
    .detail = شماره موبایل یا گذرواژه درست نیست. آن‌ها را بررسی کنید.
error-code_wrong = کد درست نیست
    .detail = کد نادرست است یا زمانش گذشته. دوباره وارد کنید یا کد تازه بگیرید.
error-too_many_sign_ins = تلاش بیش از اندازه
    .detail = برای امنیت، ورود کمی بسته شد. { $retry_after } ثانیه دیگر دوباره تلاش کنید.
error-passkey_refused = گذرکلید پذیرفته نشد
    .detail = این گذرکلید اینجا شناخته نیست؛ شاید آن را حذف کرده‌اید. با راه دیگری وارد شوید و اگر خواستید دوباره اضافه‌اش کنید.
error-passkey_late = زمان گذشت
    .detail = درخواست گذرکلید کهنه شده است. دوباره تلاش کنید.
error-passkeys_full = جای گذرکلید تازه نیست
    .detail = هر کس می‌تواند { $most } گذرکلید داشته باشد. یکی را که دیگر به کارتان نمی‌آید حذف کنید.
error-mobile_taken = این موبایل حساب دارد
    .detail = حسابی با این شماره موبایل هست. همان حساب را به کار ببرید یا شماره دیگری بدهید.
error-role_held = این نقش را دارد
    .detail = این فرد همین نقش را در همین جا دارد. نقش دیگری برگزینید.

field-password_short = گذرواژه را دست‌کم { $minimum } نویسه بگیرید.
field-password_long = گذرواژه را حداکثر { $maximum } نویسه بگیرید.

## نقش‌ها

role-administrator = مدیر مجتمع
role-owner = مالک
role-manager = مدیر
role-cashier = صندوق‌دار
role-accountant = حسابدار

## دسترسی‌ها

permission-keys-manage = کلیدهای برنامه‌ها
permission-staff-manage = کارکنان و نقش‌ها
permission-audit-read = گزارش کارها
permission-webhooks-manage = وب‌هوک‌ها
permission-shop_keys-manage = کلیدهای فروشگاه
permission-shop_staff-manage = کارکنان فروشگاه
permission-shop_audit-read = گزارش کارهای فروشگاه
permission-shop_webhooks-manage = وب‌هوک‌های فروشگاه
field-second_factor_wrong = کد درست نیست، یا یک بار به کار رفته است. کد تازه برنامه یا یک کد بازیابی دیگر را بنویسید.
field-password_wrong = گذرواژه درست نیست.
message-second-factor-reset = { $mall }: ورود دومرحله‌ای شما را { $by } برداشت. اکنون با گذرواژه وارد شوید و آن را دوباره روشن کنید: { $link }
field-passwords_differ = دو گذرواژه یکی نیستند؛ دوباره بنویسید.

## دعوت کارکنان

message-staff-invited = { $mall }: شما { $role } «{ $shop }» هستید. تا { $day } گذرواژه خود را از این پیوند بگذارید: { $link }
message-staff-added = { $mall }: شما { $role } «{ $shop }» هم هستید. با همین شماره و گذرواژه خود وارد شوید: { $link }
