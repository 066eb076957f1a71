## کارکنان فروشگاه

menu-shop-staff = کارکنان

staff-title = کارکنان
staff-lead = چه کسانی با فروشگاه شما کار می‌کنند، در کدام شعبه و با چه اجازه‌ای.
staff-people = کارکنان شما
staff-you = شما
staff-invited-only = هنوز نیامده
staff-whole-shop = همه فروشگاه
staff-invite = دعوت همکار
staff-mobile = موبایل
    .help = پیوند ورود به همین شماره پیامک می‌شود.
staff-name = نام و نام خانوادگی
staff-role = نقش
staff-place = کجا
staff-send = فرستادن دعوت
staff-send-again = فرستادن دوباره دعوت
staff-invited = دعوت برای { $name } پیامک شد.
staff-not-come = هنوز گذرواژه‌ای نگذاشته است. پیوند دعوت هفت روز کار می‌کند.
staff-roles = نقش‌ها
staff-own = نقش‌های خودتان را مالک دیگری تغییر می‌دهد.
staff-withdraw = پس گرفتن
staff-withdraw-title = نقش { $role } پس گرفته شود؟
staff-withdraw-means = { $name } از همین لحظه با این نقش کاری نمی‌تواند بکند. هر وقت بخواهید دوباره می‌دهید.
staff-role-withdrawn = نقش از { $name } پس گرفته شد.
staff-role-given = نقش تازه برقرار شد.
staff-give = نقش دیگر
staff-give-verb = دادن نقش
staff-means-owner = همه کارها، از جمله قراردادهای همکاری و دادن نقش‌ها
staff-means-manager = فروش، مشتریان، پیشنهادها، کالاها و گزارش‌ها؛ دعوت صندوق‌دار و حسابدار
staff-means-cashier = فروش، مرجوعی و دیدن خریدها؛ فهرست مشتریان را نمی‌بیند
staff-means-accountant = گزارش‌ها، خریدها و حساب‌ها؛ نمی‌فروشد
staff-second-means = اگر گوشی و کدهای بازیابی‌اش را گم کرده، آن را بردارید تا با گذرواژه وارد شود و دوباره روشنش کند.
staff-second-verb = برداشتن ورود دومرحله‌ای
staff-second-ask = ورود دومرحله‌ای { $name } برداشته شود؟
staff-second-then = نخست مطمئن شوید خود اوست که می‌خواهد. از همه جا خارج می‌شود، پیامکی به او می‌رود و در گزارش کارها می‌ماند.
staff-second-other = چون جای دیگری هم کار می‌کند، فقط مدیر مجتمع می‌تواند آن را بردارد.
staff-second-reset = ورود دومرحله‌ای { $name } برداشته شد.

error-role_beyond_yours = این نقش با شما نیست
    .detail = مالک و مدیر را فقط مالک می‌گذارد و برمی‌دارد، و هر کس فقط در شعبه‌های خودش. از مالک بخواهید.
error-own_role = نقش خودتان را تغییر ندهید
    .detail = نقش‌های هر کس را دیگری تغییر می‌دهد تا فروشگاه بی‌مالک نماند. از مالک دیگری بخواهید.
