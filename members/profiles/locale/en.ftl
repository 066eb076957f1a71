## What is wrong with a fact of a person

field-day_out_of_range = This day must be in the past; check the year.
field-gender_unknown = Write “female” or “male”.
field-marital_status_unknown = Write “single” or “married”.
field-phone_invalid = Write the phone number with its area code, digits only, such as 02188776655.
field-weight_invalid = Write the weight in kilograms, between 1 and 400, such as 72.5.

## Facts of a person

fact-name = Full name
fact-birthday = Birthday
fact-gender = Gender
fact-gender-female = Female
fact-gender-male = Male
fact-father_name = Father’s name
fact-national_id = National ID
fact-email = E-mail
fact-job = Job
fact-guild = Guild
fact-weight_grams = Weight (kg)
fact-favourite_colour = Favourite colour
fact-marital_status = Marital status
fact-marital_status-single = Single
fact-marital_status-married = Married
fact-wedding_date = Wedding date
fact-children = Children’s birthdays
fact-children-help = Separate several dates with commas, such as 2011-05-01, 2015-09-25
fact-province = Province
fact-city = City
fact-district = District
fact-neighbourhood = Neighbourhood
fact-address = Address
fact-postal_code = Postal code
fact-home_phone = Home phone
fact-work_phone = Work phone
fact-note = Note
fact-date-help = Such as 1983-05-26
facts-who = About you
facts-who-customer = Identity
facts-family = Family
facts-work = Work
facts-place = Address and phones

menu-club-me = Me
profile-title = My details
profile-lead = Write as much as you like. Shops see it only where you allow them to.
profile-keep = Save
profile-kept = Your details are saved.
profile-consents = My consents
