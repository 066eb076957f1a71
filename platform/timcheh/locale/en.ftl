### The kernel's texts, English. Keep the ids and variables the same as in fa.ftl.

## Units and words

unit-toman = toman
unit-rial = rial
amount-and = { $first } and { $second }

day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
day-ago = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}
day-ahead = { $days ->
    [one] in { $days } day
   *[other] in { $days } days
}

## Errors of a whole request: the title, and what to do

error-internal_error = Internal error
    .detail = Nothing was done or recorded. Try again in a moment; if it happens again, give the request id to support.
error-bad_request = Bad request
    .detail = The request could not be read. Compare it with the API documentation.
error-bad_json = Malformed JSON
    .detail = The body is not valid JSON. Correct it and send it again.
error-unauthenticated = Sign in first
    .detail = Sign in, or send a valid key.
error-forbidden = Not permitted
    .detail = You do not have permission for this. Ask your manager to grant it.
error-csrf_failed = The page is out of date
    .detail = Reload the page and send the form again.
error-lot_short = Not enough left
    .detail = The balance changed just now and is less than what was asked. Record the purchase again with the fresh balance.
error-limit_exceeded = The credit limit is reached
    .detail = Partner credit would exceed the shop's deposit and credit limit. Add to the deposit, settle, or ask the mall to raise the limit.
error-not_grantable = This credit cannot be granted
    .detail = The scope belongs to another shop, or this credit was granted before. Choose a scope of your own.
error-outcome_unknown = The outcome is not known
    .detail = The connection broke while the work was under way. Send it again with the same idempotency key: if it was recorded you get that outcome, and nothing is recorded twice.
error-not_found = Not found
    .detail = There is no such thing, or it is not yours to see. Check the address or the id.
error-method_not_allowed = Method not allowed
    .detail = This address does not accept such a request. Check the method (GET, POST and so on).
error-both_wrote = Somebody changed this while you did
    .detail = { $who ->
        [you] You changed this yourself elsewhere { $when }
        [other] { $name } changed this { $when }
       *[nobody] This has changed since you opened the page
    }
error-changed_meanwhile = A colleague changed it before you
    .detail = Reload the page, look at their change, and enter yours again.
error-conflict = Not possible in the present state
    .detail = This cannot be done in the present state. Reload and look at the state again.
error-payload_too_large = Too large
    .detail = The request is too large. Send a smaller file or text.
error-body_incomplete = The request broke off
    .detail = The body ended before it was whole. Nothing was done: send it again.
error-body_too_slow = The request came too slowly
    .detail = The body was not whole in time. Nothing was done: send it again.
error-unsupported_media_type = Unsupported content type
    .detail = Send the body as application/json, not compressed.
error-unprocessable = Cannot be done
    .detail = The request was understood but cannot be done with these values. Check them.
error-validation = Some values are not valid
    .detail = Correct the values that are named and send them again.
error-rate_limited = Too many attempts
    .detail = { $retry_after ->
        [one] Try again in { $retry_after } second.
       *[other] Try again in { $retry_after } seconds.
    }
error-unavailable = Temporarily unavailable
    .detail = Try again in a moment. Nothing has been lost.
error-idempotency_key_required = Idempotency key required
    .detail = Send an Idempotency-Key header with a unique value (1 to 255 characters), so that a repeated request is not recorded twice.
error-idempotency_key_invalid = Bad idempotency key
    .detail = The Idempotency-Key header must have 1 to 255 characters.
error-idempotency_key_reused = Idempotency key reused
    .detail = This key was used with another request before. Make a new key for a new request.
error-idempotency_in_progress = Request in progress
    .detail = The first request with this key has not finished yet. Wait a little and send it again with the same key.

## Errors of one field

field-required = Enter this value.
field-unknown_field = There is no such field; leave it out.
field-too_short = { $minimum ->
    [one] Write at least { $minimum } character.
   *[other] Write at least { $minimum } characters.
}
field-too_long = { $maximum ->
    [one] Write at most { $maximum } character.
   *[other] Write at most { $maximum } characters.
}
field-too_few = { $minimum ->
    [one] At least { $minimum } item is needed.
   *[other] At least { $minimum } items are needed.
}
field-too_many = { $maximum ->
    [one] At most { $maximum } item is accepted.
   *[other] At most { $maximum } items are accepted.
}
field-not_text = Enter a text.
field-not_a_number = Enter a number.
field-not_a_share = Write a percentage above zero, up to 100.
field-not_an_integer = Enter a whole number.
field-not_a_boolean = Enter true or false.
field-not_an_object = A JSON object is needed here.
field-not_a_list = A list is needed here.
field-too_many_decimals = { $maximum ->
    [one] Write at most { $maximum } decimal place.
   *[other] Write at most { $maximum } decimal places.
}
field-below_minimum = Enter { $minimum } or more.
field-above_maximum = Enter { $maximum } or less.
field-not_a_choice = Choose one of: { $choices }.
field-invalid = This value is not accepted; correct it.
field-duplicate = This value is taken; enter another one.
field-bad_json = This is not valid JSON; correct it.
field-bad_uuid = The id must be a UUID; copy it from where it was made.
field-bad_datetime = Write the time with its time zone, like 2026-01-05T10:30:00Z.
field-bad_date = Write the date like 1404/10/15.
field-bad_email = Write the whole e-mail address, like name@example.ir.
field-bad_slug = Use only small Latin letters, digits and hyphens, like gol-ara.

## Errors of a rule's fields

field-unknown_fact = There is no such fact. Use one of: { $choices }.
field-unknown_operator = There is no such operator. Use one of: { $choices }.
field-unsuitable_operator = This operator does not suit this fact. Use one of: { $choices }.
field-unknown_effect = There is no such effect. Use one of: { $choices }.
field-unknown_scope = The scope is not known. Write one of these or the id of a scope: { $choices }.
field-not_a_condition = A condition is all, any, not, or a comparison with fact, op and value.
field-too_deep = Conditions are nested more than { $maximum } deep; simplify them.
field-fact_not_here = These facts can not be asked here: { $facts }. Take them out.
field-ends_before_start = The end must come after the start.
field-steps_must_rise = Each step's amount must be more than the one before.

## What a condition can ask about

fact-basket-total = the basket's total
fact-basket-items = the number of items
fact-basket-groups = the product groups in the basket
fact-basket-skus = the products in the basket
fact-customer-purchases = the number of earlier purchases
fact-customer-spend = the sum of earlier purchases
fact-customer-average_basket = the customer's average basket
fact-customer-days_since_last = the time since the last purchase
fact-customer-groups = the customer's groups
fact-customer-tier = the customer's tier
fact-customer-is_new = a first purchase
fact-member-birthday_in_days = the time to the member's birthday
fact-time-weekday = the day of the week
fact-time-hour = the hour of the purchase
fact-partner-is_customer_of = customer of other shops
fact-customer-visits = the customer's visits
fact-customer-last_basket = the customer's last basket
fact-customer-days_since_first = the time since the first purchase
fact-customer-average_gap = the average gap between visits
fact-customer-product_groups = the product groups ever bought
fact-customer-seasons = the seasons in which the customer bought
fact-customer-credit = the credit the customer holds here
fact-customer-points = the points the customer holds here
fact-customer-tags = the customer's tags
fact-customer-tier_progress = the way to the next tier
fact-customer-near_metres = the customer’s distance to the nearest branch
fact-customer-near_minutes = the time since the customer said that they are near
fact-customer-source = how they became a customer
fact-rfm-segment = the value segment
fact-rfm-recency = the recency score
fact-rfm-frequency = the frequency score
fact-rfm-monetary = the monetary score
fact-member-wedding_in_days = the time to the wedding anniversary
fact-member-gender = gender
fact-member-marital_status = marital status
fact-member-province = province
fact-member-city = city
fact-member-district = district
fact-member-neighbourhood = neighbourhood
fact-member-guild = guild
fact-member-job = job

choice-customer-seasons-spring = spring
choice-customer-seasons-summer = summer
choice-customer-seasons-autumn = autumn
choice-customer-seasons-winter = winter
choice-customer-source-purchase = a purchase
choice-customer-source-door = own enrolment
choice-customer-source-portal = the portal
choice-customer-source-import = an import
choice-rfm-segment-champions = champions
choice-rfm-segment-loyal = loyal
choice-rfm-segment-potential = becoming loyal
choice-rfm-segment-new = new
choice-rfm-segment-attention = needing attention
choice-rfm-segment-sleepy = about to sleep
choice-rfm-segment-at_risk = at risk
choice-rfm-segment-precious = precious and away
choice-rfm-segment-lost = lost
choice-member-gender-female = female
choice-member-gender-male = male
choice-member-marital_status-single = single
choice-member-marital_status-married = married

weekday-saturday = Saturday
weekday-sunday = Sunday
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday

value-metres = { $metres } m
value-minutes = { $minutes } min
value-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
value-quoted = “{ $text }”
value-unnamed-shop = another shop

list-comma = {", "}
percent = { $number }%
list-and = { $first } and { $last }
list-or = { $first } or { $last }
list-or-long = {"; or "}

## Why a rule gave what it gave

gift-discount = { $amount } of discount
gift-credit = { $amount } of credit
gift-points = { $amount } points

because-applied = Given: { $gifts }.
because-card_kind = { $kind ->
    [points] This member has a points card: it earns and spends points only.
   *[other] This member has a discount card: it has discounts, and earns neither credit nor points.
    }
because-concession = The seller gave this discount: { $why }
because-applied_without_value = The conditions hold, but nothing in this purchase earns a reward.
because-capped-per_member_cap = This rule gives a member at most { $cap }, of which { $used } was given before; { $given } of { $wanted } was given.
because-capped-budget = This rule has a budget of { $cap }, of which { $used } was used before; { $given } of { $wanted } was given.
because-not_started = This rule starts at { $at }.
because-ended = This rule ended at { $at }.
because-capped-daily_budget = This rule has a budget of { $cap } a day, of which { $used } was used today; { $given } of { $wanted } was given.
because-no_coupon = This offer needs its coupon code, and it was not entered.
because-not_occasion = This offer is for { $occasion } and holds from { $day }.
because-not_occasion-unknown = This offer is for { $occasion }, and its date is not known.
because-not_turn = This offer holds at every { $every }th purchase; it is due in { $left } more.
because-too_late = This customer's time for the offer ended at { $at }.
because-used_up = { $times ->
    [1] The customer has used this one-time offer before.
   *[other] The customer has used this offer { $times } times and can't use it again.
    }
because-outranked = Only one of these offers is given at a time, and “{ $rule }” was.
because-not_activated = This offer is only for members who have activated it, and it has not been activated.
because-held_out = The conditions held, but this customer is, at random, in the hold-out group that measures the offer's effect.

occasion-birthday = the member's birthday
occasion-nowruz = Nowruz
occasion-sizdah = Sizdah Bedar
occasion-teachers_day = Teachers' Day
occasion-yalda = Yalda Night
occasion-sepandarmazgan = Sepandarmazgan
occasion-year_end = the end of the year
occasion-mothers_day = Mother's Day
occasion-fathers_day = Father's Day
occasion-mabas = Mab'ath
occasion-mid_shaban = Mid-Sha'ban
occasion-eid_fitr = Eid al-Fitr
occasion-girls_day = Girls' Day
occasion-eid_ghorban = Eid al-Adha
occasion-eid_ghadir = Eid al-Ghadir
occasion-milad_nabi = the Prophet's birthday
occasion-own = the shop's own occasion
because-stopped = The rule “{ $rule }” applied and stops the ones after it.
because-never = This rule's condition can never hold; look at it again.
because-any_of = At least one of these must change: { $parts }.
because-near = With { $gap } more in this basket the offer applies.

because-eq = It needs { $fact } to be { $needed }; it is { $actual }.
because-ne = It needs { $fact } to be other than { $needed }; it is { $actual }.
because-gt = It needs { $fact } to be more than { $needed }; it is { $actual }.
because-ge = It needs { $fact } to be at least { $needed }; it is { $actual }.
because-lt = It needs { $fact } to be less than { $needed }; it is { $actual }.
because-le = It needs { $fact } to be at most { $needed }; it is { $actual }.
because-in = It needs { $fact } to be { $needed }; it is { $actual }.
because-not_in = It needs { $fact } to be none of { $needed }; it is { $actual }.

## The same for what is asked most, as people say it

because-gt-customer-purchases = Purchases before this one: { $actual }; the offer holds after more than { $needed }.
because-ge-customer-purchases = Purchases before this one: { $actual }; the offer holds after { $needed }.
because-lt-customer-purchases = Purchases before this one: { $actual }; the offer is for fewer than { $needed }.
because-le-customer-purchases = Purchases before this one: { $actual }; the offer is for { $needed } at most.
because-gt-customer-spend = The customer spent { $actual } before; the offer holds above { $needed }.
because-ge-customer-spend = The customer spent { $actual } before; the offer holds from { $needed } on.
because-gt-customer-days_since_last = The last purchase was { $actual } ago; the offer holds when it is more than { $needed }.
because-ge-customer-days_since_last = The last purchase was { $actual } ago; the offer holds when it is { $needed }.
because-lt-customer-days_since_last = The last purchase was { $actual } ago; the offer holds for less than { $needed }.
because-le-customer-days_since_last = The last purchase was { $actual } ago; the offer holds for { $needed } after one.
because-le-member-birthday_in_days = The birthday is in { $actual }; the offer holds from { $needed } before it.
because-le-member-wedding_in_days = The wedding anniversary is in { $actual }; the offer holds from { $needed } before it.
because-lt-time-hour = The hour of the purchase is { $actual }; the offer holds before { $needed }.
because-ge-time-hour = The hour of the purchase is { $actual }; the offer holds from { $needed } on.
because-eq-time-weekday = The day of the purchase is { $actual }; the offer is for { $needed }.
because-in-time-weekday = The day of the purchase is { $actual }; the offer is for { $needed }.
because-eq-customer-tier = The customer's tier is { $actual }; the offer is for { $needed }.
because-in-customer-tier = The customer's tier is { $actual }; the offer is for { $needed }.

## What is there or is not

because-basket-groups-lacks = The basket has nothing of the group { $needed }.
because-basket-groups-has = The basket has something of the group { $needed }, which this offer excludes.
because-basket-skus-lacks = The product { $needed } is not in the basket.
because-basket-skus-has = The product { $needed } is in the basket, which this offer excludes.
because-customer-groups-lacks = The customer is not in the group { $needed }.
because-customer-groups-has = The customer is in the group { $needed }, which this offer excludes.
because-customer-tags-lacks = The customer does not have the tag { $needed }.
because-customer-tags-has = The customer has the tag { $needed }, which this offer excludes.
because-customer-product_groups-lacks = The customer has not bought from the group { $needed } yet.
because-customer-product_groups-has = The customer has bought from the group { $needed } before; this offer is for those who have not.
because-customer-seasons-lacks = The customer did not buy in { $needed }.
because-customer-seasons-has = The customer also bought in { $needed }, which this offer excludes.
because-partner-is_customer_of-lacks = The member has not bought from { $needed } yet.
because-partner-is_customer_of-has = The member is a customer of { $needed }, which this offer excludes.
because-customer-is_new-true = This offer is for a first purchase, and the customer has bought before.
because-customer-is_new-false = This is the customer's first purchase; the offer applies from the second one on.

because-unknown = Not known: { $fact }.
because-unknown-customer-average_basket = The customer has bought nothing yet, so there is no average basket.
because-unknown-customer-days_since_last = The customer has bought nothing yet, so there is no time since a last purchase.
because-unknown-customer-near_metres = The customer hasn’t said that they are near a branch; they can, in the club under “Near me”.
because-unknown-customer-near_minutes = The customer hasn’t said that they are near a branch; they can, in the club under “Near me”.
because-unknown-customer-tier = The customer has no tier yet.
because-unknown-member-birthday_in_days = The member's birthday is not known; enter it in the member's profile.

## Errors of identifiers

field-mobile_invalid = A mobile number starts with 09 and has 11 digits.
field-national_id_invalid = This is not a national id; enter the 10 digits on the national card.
field-company_id_invalid = This is not a company's national id; enter the 11 digits it is registered with.
field-postal_code_invalid = A postal code has 10 digits and does not start with 0.
field-sheba_invalid = A Sheba is IR and 24 digits.
field-sheba_checksum = A digit of the Sheba is wrong or swapped; compare it with the bank's paper.
field-member_number_invalid = This is not a member number; enter the 16 digits on the member card.
field-bank_card_refused = This is a bank card and its number was not kept. Swipe the member card or enter the mobile number.

## Banks, by the three digits in a Sheba

sheba-bank-010 = Central Bank
sheba-bank-011 = Bank of Industry and Mine
sheba-bank-012 = Bank Mellat
sheba-bank-013 = Refah Bank
sheba-bank-014 = Bank Maskan
sheba-bank-015 = Bank Sepah
sheba-bank-016 = Bank Keshavarzi
sheba-bank-017 = Bank Melli Iran
sheba-bank-018 = Tejarat Bank
sheba-bank-019 = Bank Saderat Iran
sheba-bank-020 = Export Development Bank
sheba-bank-021 = Post Bank of Iran
sheba-bank-022 = Tose'e Ta'avon Bank
sheba-bank-053 = Karafarin Bank
sheba-bank-054 = Parsian Bank
sheba-bank-055 = EN Bank
sheba-bank-056 = Saman Bank
sheba-bank-057 = Bank Pasargad
sheba-bank-058 = Sarmayeh Bank
sheba-bank-059 = Sina Bank
sheba-bank-060 = Mehr Iran Bank
sheba-bank-061 = Shahr Bank
sheba-bank-062 = Ayandeh Bank
sheba-bank-064 = Gardeshgari Bank
sheba-bank-066 = Day Bank
sheba-bank-069 = Iran Zamin Bank
sheba-bank-070 = Resalat Bank
sheba-bank-078 = Middle East Bank
