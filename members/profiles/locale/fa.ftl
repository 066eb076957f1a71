## What is wrong with a fact of a person

field-day_out_of_range = این روز باید گذشته باشد؛ سال را بررسی کنید.
field-gender_unknown = «زن» یا «مرد» بنویسید.
field-marital_status_unknown = «مجرد» یا «متأهل» بنویسید.
field-phone_invalid = شماره تلفن را با کد شهر و تنها با رقم بنویسید، مانند ۰۲۱۸۸۷۷۶۶۵۵.
field-weight_invalid = وزن را به کیلوگرم و بین ۱ تا ۴۰۰ بنویسید، مانند ۷۲٫۵.

## Facts of a person

fact-name = نام و نام خانوادگی
fact-birthday = تاریخ تولد
fact-gender = جنسیت
fact-gender-female = زن
fact-gender-male = مرد
fact-father_name = نام پدر
fact-national_id = کد ملی
fact-email = ایمیل
fact-job = شغل
fact-guild = صنف
fact-weight_grams = وزن (کیلوگرم)
fact-favourite_colour = رنگ مورد علاقه
fact-marital_status = وضعیت تأهل
fact-marital_status-single = مجرد
fact-marital_status-married = متأهل
fact-wedding_date = تاریخ ازدواج
fact-children = تاریخ تولد فرزندان
fact-children-help = چند تاریخ را با ویرگول جدا کنید، مانند ۱۳۹۰/۲/۱۰، ۱۳۹۴/۷/۳
fact-province = استان
fact-city = شهر
fact-district = منطقه
fact-neighbourhood = محله
fact-address = نشانی
fact-postal_code = کد پستی
fact-home_phone = تلفن منزل
fact-work_phone = تلفن محل کار
fact-note = یادداشت
fact-date-help = مانند ۱۳۶۲/۳/۵
facts-who = درباره شما
facts-who-customer = شناسه
facts-family = خانواده
facts-work = کار
facts-place = نشانی و تلفن

menu-club-me = من
profile-title = مشخصات من
profile-lead = هر چه بخواهید می‌نویسید. فروشگاه‌ها تنها وقتی آن را می‌بینند که شما اجازه بدهید.
profile-keep = ذخیره
profile-kept = مشخصات شما ذخیره شد.
profile-consents = اجازه‌های من
