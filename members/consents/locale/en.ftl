## Consents

consents-title = My consents
consents-lead = You can withdraw each whenever you like. It takes effect at once.
consents-title-shop = Customer’s consent
consents-lead-shop = Note what the customer has said; the date and your name stay with it.
consents-keep = Save decision
consents-note = Note what was said
consents-kept = The decision is noted.
consents-history = Decisions so far
consents-none = No decision is noted yet.
consent-data = Use of my details
consent-data-hint = What you wrote of yourself is seen and used for offers.
consent-data-short = use of details
consent-promotion = Promotional messages
consent-promotion-hint = Offers and festivals come by text message. Messages about purchases are another matter.
consent-promotion-short = promotional messages
consent-given = Allowed: { $what }
consent-withdrawn = Withdrawn: { $what }
consent-by-member = the member
consent-by-staff = the shop’s staff
consent-by-import = the shop’s list
consent-place-phone = in the club’s app
consent-place-door = when enrolling
consent-place-portal = in the shop’s portal
consent-place-till = at the till
consent-place-import = by import from Excel
