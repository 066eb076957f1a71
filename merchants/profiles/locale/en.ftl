## What is wrong with a shop's own fields

field-label_taken = Another field has this name; choose another.
field-choices_needed = Write at least two and at most { $maximum } choices, one a line.
field-yes_or_no = Write “yes” or “no”.
field-referrer_unknown = No customer of yours has this mobile or number; the referrer must be your own customer.
field-referrer_self = Nobody refers themselves; write the referrer’s number.
