### گذرکلیدهای عضو. شناسه‌ها و متغیرها باید با en.ftl یکی بماند.

club-me-passkeys = ورود
    .detail = با اثر انگشت، چهره یا قفل گوشی به جای پیامک
passkeys-title = ورود
passkeys-lead = راه‌هایی که با آن‌ها به باشگاه وارد می‌شوید.
passkeys-code = کد پیامکی
    .detail = همیشه کار می‌کند
passkeys-made = از { $day }
passkeys-used = آخرین ورود:
passkeys-unused = هنوز به کار نرفته
passkeys-remove = حذف
passkeys-remove-named = حذف گذرکلید { $name }
passkeys-remove-ask = گذرکلید «{ $name }» حذف شود؟
passkeys-remove-means = دیگر با آن نمی‌توان وارد شد. ورود با کد پیامکی سر جایش است. خود گذرکلید را می‌توانید از تنظیمات دستگاه هم پاک کنید.
passkeys-removed = گذرکلید «{ $name }» حذف شد.
passkeys-add = گذرکلید برای این دستگاه
passkeys-add-means = با گذرکلید، بی‌پیامک و فقط با همان قفل دستگاه (اثر انگشت، چهره یا رمز) وارد می‌شوید. اثر انگشت و چهره شما از دستگاه بیرون نمی‌رود.
passkeys-add-verb = افزودن گذرکلید
passkeys-name = نام این دستگاه
passkeys-added = گذرکلید «{ $name }» اضافه شد. بار دیگر با آن وارد شوید.
passkeys-full = بیش از این گذرکلید نمی‌توان داشت. برای افزودن، یکی را حذف کنید.
passkeys-nowhere = گذرکلید فقط در نشانی امن (https) کار می‌کند. اکنون با کد پیامکی وارد می‌شوید.
passkeys-tell = بار دیگر بی‌پیامک وارد شوید
    .detail = با اثر انگشت، چهره یا قفل همین گوشی.
passkeys-later = نمی‌خواهم
copy-section-passkeys = گذرکلیدها
message-passkey-added = { $mall }: گذرکلید «{ $name }» برای ورود شما اضافه شد. اگر کار شما نبوده، حذفش کنید: { $link }
