## What happened to a member's value, and why

club-wallet = کیف پول
club-points-n = { $count } امتیاز
club-where-everywhere = همه فروشگاه‌های مجتمع
club-where-n = { $count } فروشگاه مجتمع
club-where-more = { $shop } و { $count } فروشگاه دیگر
club-share = تا { $percent }٪ خرید
club-why-gift = هدیه { $shop }
club-why-gift-for = { $gift }: { $reason }
club-why-bought = برای خرید { $amount } در { $shop }، { $day }

club-move-earned-credit = اعتبار از { $source }
club-move-earned-points = امتیاز از { $shop }
club-move-gift = هدیه { $source }
club-move-spent = خرید در { $shop }
club-move-returned = مرجوعی در { $shop }
club-move-expired-credit = انقضای اعتبار { $source }
club-move-expired-points = انقضای امتیاز، { $source }
club-move-corrected = اصلاح حساب { $source }
club-move-rewarded = پاداش از { $shop }
club-move-refunded = برگشت امتیاز پاداش، { $shop }
club-move-bought = خرید در { $shop }

club-note-earned = «{ $rule }»، برای پرداخت { $paid } در { $shop }
club-note-gift = { $rule }
club-note-gift-plain = هدیه‌ای از { $source }
club-note-spent-own = { $amount } از اعتبار همین فروشگاه ({ $until }) خرج شد.
club-note-spent-partner = { $amount } از اعتبار { $source } ({ $until }) در { $shop } خرج شد؛ { $source } آن را با صندوق تسویه می‌کند.
club-note-spent-points = { $amount } از «{ $source }» به ارزش { $value } در { $shop } خرج شد.
club-note-spent-wallet = { $amount } از کیف پول در { $shop } پرداخت شد.
club-note-restored = کالا به { $shop } برگشت؛ آنچه از اعتبار { $source } خرج شده بود به شما برگشت.
club-note-taken-back = کالا به { $shop } برگشت؛ آنچه برای آن گرفته بودید پس گرفته شد.
club-note-expired = { $until } مهلت داشت و مصرف نشد.
club-note-corrected = مجتمع حساب شما را اصلاح کرد.
club-note-rewarded = { $amount } دادید و «{ $rule }» گرفتید.
club-note-refunded = «{ $rule }» لغو شد یا مهلتش گذشت؛ { $amount } به شما برگشت.
club-note-bought = { $paid } پرداخت شد؛ این خرید اعتبار یا امتیازی نداشت.
