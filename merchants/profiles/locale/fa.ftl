## What is wrong with a shop's own fields

field-label_taken = فیلد دیگری همین نام را دارد؛ نام دیگری بنویسید.
field-choices_needed = دست‌کم دو گزینه و حداکثر { $maximum } گزینه بنویسید، هر کدام در یک سطر.
field-yes_or_no = «بله» یا «خیر» بنویسید.
field-referrer_unknown = مشتری‌ای با این موبایل یا شماره ندارید؛ معرف باید مشتری خودتان باشد.
field-referrer_self = کسی معرف خودش نمی‌شود؛ شمارهٔ معرف را بنویسید.
