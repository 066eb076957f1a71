## What is wrong with a shop's own fields

field-label_taken = Another field has this name; choose another.
field-choices_needed = Write at least two and at most { $maximum } choices, one a line.
field-yes_or_no = Write “yes” or “no”.
field-referrer_unknown = No customer of yours has this mobile or number; the referrer must be your own customer.
field-referrer_self = Nobody refers themselves; write the referrer’s number.

## What a shop writes of a customer

customer-edit = Edit details
customer-consents = Consents
customer-profile-title = Customer’s details
customer-profile-lead = What you write here stays with your shop alone.
customer-shared = The customer shares these with you: { $facts }. If you change one, your word takes its place.
customer-own = With you
customer-referrer = Referrer
customer-referrer-help = The mobile or member number of one of your own customers
customer-note-help = The customer does not see this.
customer-keep = Save
customer-kept = The details are saved.
fields-title = Your own fields
fields-lead = Whatever you need of a customer and the form lacks, such as shoe size or car model.
fields-open = Add a field of your own
fields-new = New field
fields-label = Name of the field
fields-label-help = Such as “Shoe size”
fields-kind = Its kind
fields-kind-text = Text
fields-kind-number = Number
fields-kind-date = Date
fields-kind-choice = One of several choices
fields-kind-yes_no = Yes or no
fields-choices = Choices
fields-choices-help = For “one of several choices”; one a line
fields-add = Add field
fields-added = The field is added.
fields-end = Ask no more
fields-end-named = Ask no more: “{ $label }”
fields-ended = This field is asked for no more; what was written stays.
fields-again = This field is asked for again.
fields-empty = No fields yet
    .detail = Make your first field at the end of this page.
customer-way = How they came
customer-way-purchase = By a purchase
customer-way-door = Through an enrolment link
customer-way-portal = From the portal
customer-way-import = From Excel
