## Consents

consents-title = اجازه‌های من
consents-lead = هر اجازه را هر وقت بخواهید پس می‌گیرید. از همان لحظه به کار بسته می‌شود.
consents-title-shop = رضایت مشتری
consents-lead-shop = آنچه مشتری گفته ثبت کنید؛ تاریخ و نام شما کنار آن می‌ماند.
consents-keep = ثبت تصمیم
consents-note = ثبت گفتهٔ مشتری
consents-kept = تصمیم ثبت شد.
consents-history = تصمیم‌ها تا امروز
consents-none = هنوز تصمیمی ثبت نشده است.
consent-data = استفاده از مشخصات من
consent-data-hint = مشخصاتی که خودتان نوشته‌اید دیده می‌شود و در پیشنهادها به کار می‌رود.
consent-data-short = استفاده از مشخصات
consent-promotion = پیام تبلیغاتی
consent-promotion-hint = پیشنهادها و جشنواره‌ها با پیامک می‌رسد. پیام خریدها ربطی به این ندارد.
consent-promotion-short = پیام تبلیغاتی
consent-given = اجازهٔ { $what } داده شد
consent-withdrawn = اجازهٔ { $what } پس گرفته شد
consent-by-member = خود عضو
consent-by-staff = کارکنان فروشگاه
consent-by-import = فهرست فروشگاه
consent-place-phone = در برنامهٔ باشگاه
consent-place-door = هنگام عضویت
consent-place-portal = در پنل فروشگاه
consent-place-till = سر صندوق
consent-place-import = با ورود از اکسل
