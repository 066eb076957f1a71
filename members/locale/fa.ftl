## Pages

menu-club-home = کارت
menu-club-history = گردش

club-home-title = کارت من
club-card = کارت عضویت
club-qr = کد کارت عضویت
club-member = عضو باشگاه
club-points = امتیاز تجمیعی
club-points-worth = برابر { $amount }
club-credit = اعتبار
club-credit-in = از { $count } فروشگاه
club-expiring = { $amount } از { $shop } رو به انقضاست
club-days-left = { $days } روز مانده
club-by-shop = به تفکیک فروشگاه
club-lots-n = { $count } مورد
club-until = تا { $day }
club-no-end = بدون انقضا
club-empty = هنوز چیزی ندارید
    .detail = در هر فروشگاه مجتمع شماره موبایل خود را بگویید تا اعتبار و امتیاز بگیرید.
club-lot-title = از { $shop }
club-lot-left = مانده
club-lot-of = از { $granted }
club-lot-earned = چرا
club-lot-rule = الگو
club-lot-when = دریافت
club-lot-from = قابل مصرف از
club-lot-until = انقضا
club-lot-where = قابل مصرف در { $count } فروشگاه
club-lot-movements = گردش
club-history-title = گردش حساب
club-history-more = پیش‌تر
club-history-empty = هنوز گردشی نیست
    .detail = پس از نخستین خرید، هر دریافت و مصرف با دلیلش اینجا دیده می‌شود.
club-kind-earned = دریافتی
club-kind-spent = مصرف‌شده
club-kind-expired = منقضی
