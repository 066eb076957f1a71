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
error-not_found = Not found
    .detail = There is no such thing, or it is not yours to see. Check the address or the id.
error-method_not_allowed = Method not allowed
    .detail = This address does not accept such a request. Check the method (GET, POST and so on).
error-conflict = Not possible in the present state
    .detail = This cannot be done in the present state. Reload and look at the state again.
error-payload_too_large = Too large
    .detail = The request is too large. Send a smaller file or text.
error-unsupported_media_type = Unsupported content type
    .detail = Send the body as application/json.
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
