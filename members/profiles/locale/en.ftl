## What is wrong with a fact of a person

field-day_out_of_range = This day must be in the past; check the year.
field-gender_unknown = Write “female” or “male”.
field-marital_status_unknown = Write “single” or “married”.
field-phone_invalid = Write the phone number with its area code, digits only, such as 02188776655.
field-weight_invalid = Write the weight in kilograms, between 1 and 400, such as 72.5.
