## What is wrong with a fact of a person

field-day_out_of_range = این روز باید گذشته باشد؛ سال را بررسی کنید.
field-gender_unknown = «زن» یا «مرد» بنویسید.
field-marital_status_unknown = «مجرد» یا «متأهل» بنویسید.
field-phone_invalid = شمارهٔ تلفن را با کد شهر و تنها با رقم بنویسید، مانند ۰۲۱۸۸۷۷۶۶۵۵.
field-weight_invalid = وزن را به کیلوگرم و بین ۱ تا ۴۰۰ بنویسید، مانند ۷۲٫۵.
