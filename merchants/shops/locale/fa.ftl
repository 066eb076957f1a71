## Terminals

terminals-title = پایانه‌ها
terminals-lead = کارت‌خوان‌ها و صندوق‌هایی که با کلید خودشان خرید ثبت می‌کنند
terminals-add = پایانه تازه
terminals-name = نام پایانه
    .help = نامی که خودتان بشناسید؛ مانند «کارت‌خوان کنار در».
terminals-main = شعبه اصلی
terminals-key = کلید
terminals-live = فعال
terminals-dead = بدون کلید
terminals-used = آخرین استفاده
terminals-acts = کارها
terminals-rename = تغییر نام
terminals-renew = کلید تازه
terminals-renew-title = کلید تازه برای «{ $name }»
terminals-renew-means = کلید کنونی از کار می‌افتد و پایانه تا وقتی کلید تازه را نگیرد نمی‌تواند خرید ثبت کند.
terminals-revoke = لغو کلید
terminals-revoke-title = کلید «{ $name }» لغو شود؟
terminals-revoke-means = این پایانه دیگر خریدی ثبت نمی‌کند و این کلید برنمی‌گردد: شاید دست کس دیگری باشد. خریدهای گذشته می‌مانند و هر وقت بخواهید کلید تازه می‌سازید.
terminals-revoked = کلید پایانه لغو شد.
terminals-saved = نام پایانه ذخیره شد.
terminals-key-of = کلید «{ $name }»
terminals-key-once = این کلید را همین حالا در پایانه وارد کنید؛ دوباره نشان داده نمی‌شود.
terminals-empty = هنوز پایانه‌ای ندارید
    .detail = پایانه را تعریف کنید و کلیدش را در کارت‌خوان یا نرم‌افزار صندوق وارد کنید.
