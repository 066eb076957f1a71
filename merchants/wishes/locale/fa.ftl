## Offers that a member has marked, or activated

offer-act-wish = یادم بیاور
offer-act-unwish = نشان‌شده؛ برداشتن
offer-act-activate = فعال کردن
offer-act-deactivate = منصرف شدم
offer-said-wish = نشان شد: در صندوق دیده می‌شود و پیش از پایان به شما یادآوری می‌کنیم.
offer-said-unwish = نشان برداشته شد.
offer-said-activate = فعال شد: از خرید بعدی به حساب می‌آید و پیش از پایان به شما یادآوری می‌کنیم.
offer-said-deactivate = غیرفعال شد: از خرید بعدی به حساب نمی‌آید. آنچه گرفته‌اید می‌ماند.
offer-active = فعال است
    .note = از خرید بعدی به حساب می‌آید. تا وقتی نگویید، فعال می‌ماند.
offer-inactive = فقط وقتی فعالش کنید به شما می‌رسد.
wish-badge = نشان مشتری
till-wishes = { $count } پیشنهادِ نشان‌شده
message-wish-ends = { $shop }: پیشنهاد «{ $offer }» که خواسته بودید تا پایان { $day } برقرار است.
