### The shell and the components, English. Keep the ids and variables the same as in fa.ftl.

ui-product = Timcheh
    .about = One loyalty club for a whole shopping centre: one membership, many shops, a clear account.
ui-skip = Skip to the page
ui-menu = Open the list of places
ui-places = Places
ui-tabs = Main places
ui-more = More
section-sale = Sale
section-customers = Customers
section-offers = Offers and gifts
section-goods = Goods and sellers
section-reports = Reports and alerts
section-settings = Settings
ui-mall-portal = Mall administration
ui-sign-out = Sign out
ui-other-language = فارسی
ui-theme = Theme
ui-theme-light = Light
ui-theme-system = As the device
ui-theme-dark = Dark

## Forms

ui-optional = (optional)
ui-choose = Choose
ui-mistakes = { $count ->
        [one] Please mend one thing
       *[other] Please mend { $count } things
    }
ui-cancel = Cancel
ui-close = Close
ui-typed-offline = No connection. What you typed is still here; send it again once you are online.
ui-typed-again = What you typed is here. Look it over and send it again.
ui-copied = Copied.
ui-file-choose = Choose a file
ui-file-none = No file chosen
ui-undo = Undo
ui-save = Save
ui-show-password = Show the password

## What somebody else wrote meanwhile

ui-met-means = { $count ->
        [one] What you left alone is as it was written anew. In one place both of you wrote: yours has stayed, and what is there now stands below it.
       *[other] What you left alone is as it was written anew. In { $count } places both of you wrote: yours has stayed, and what is there now stands below it.
    }
ui-met-when = { $day } at { $clock }
ui-met-there = Now:
ui-met-blank = blank
ui-met-take = Take this
ui-met-mine = Keep mine
ui-met-theirs = Drop what I typed

## Figures

ui-points = points
ui-owed = owes
ui-due = is due
ui-even = even
ui-yes = Yes
ui-no = No
ui-none = —
ui-step-done = done
ui-comma = ,

## Lists

ui-pages = Pages of the list
ui-next = Next
ui-previous = Previous
ui-shown = { $shown } rows on this page
ui-shown-of = { $shown } rows of { $total }
ui-all = All
ui-filters = Filters
ui-clear-filters = Clear the filters
ui-filtered-empty = Nothing matches these filters
    .detail = Clear the filters or search for something else.
ui-failed = The list could not be read
    .detail = Nothing is lost. Please try again in a moment.
ui-retry = Try again
ui-loading = Loading
ui-excel = Excel
ui-open = Open

## The fund's matrix

ui-matrix-corner = Issuer ↓ Acceptor →
ui-matrix-self = the same shop
ui-matrix-issued = Spent elsewhere
ui-matrix-accepted = Accepted from others
ui-matrix-legend = less to more

## Days

day-open = Open the calendar
day-from = From
day-to = To
day-month = Month
day-year = Year
day-month-before = The month before
day-month-after = The month after
day-clear = Clear
day-keys = Arrows: day and week · PageUp and PageDown: month · with Shift: year
day-preset-today = Today
day-preset-week = Last week
day-preset-month = Last month
day-preset-days30 = Last 30 days
day-preset-nowruz = Since Nowruz
day-saturday = Saturday
    .short = Sa
day-sunday = Sunday
    .short = Su
day-monday = Monday
    .short = Mo
day-tuesday = Tuesday
    .short = Tu
day-wednesday = Wednesday
    .short = We
day-thursday = Thursday
    .short = Th
day-friday = Friday
    .short = Fr

## Periods

report-which = Period of the report
report-other = Other days
report-show = Show
report-all = Since the start
report-today = Today
step-day = Day
step-week = Week
step-month = Month
report-week = 7 days
report-days30 = 30 days
report-month = This month
report-last = Last month
report-quarter = The last 90 days
report-year = One year
report-days = From { $first } to { $last }
report-wrong = These days could not be read. Write them as 1404/09/1, the start before the end; you see the usual period now.
ui-change-more = more than the period before
ui-change-less = less than the period before
ui-change-none = Like the period before

## The palette

palette-open = Search and commands
palette-find = Search
palette-label = A page, a shop, a customer or an invoice number
palette-actions = Actions
palette-pages = Pages
palette-none = Nothing found for “{ $typed }”. Try fewer letters or digits.
palette-count = { $count } found
palette-keys-move = to move
palette-keys-go = to go

## Charts

chart-table = Table of the values
chart-empty = Nothing to show yet; it fills with the first events.
chart-points = Values; go from one to the next with the left and right keys
chart-unknown = Unknown
chart-percent = Percent
chart-thousand = thousand
chart-million = million
chart-billion = billion
chart-colon = :

## States

state-active = Active
state-suspended = Suspended
state-closed = Closed
state-incomplete = Incomplete
state-proposed = Awaiting an answer
state-in-force = In force
state-declined = Declined
state-terminated = Terminated
state-ended = Ended
state-draft = Draft
state-approved = Approved
state-completed = Completed
state-cancelled = Cancelled
state-confirmed = Recorded
state-authorized = Awaiting confirmation
state-returned = Returned
state-expired = Expired
state-spent = Spent
state-open = Spendable
state-ok = Right
state-failed = Failed
state-stopped = Stopped
state-blocked = Blocked
state-blank = Blank
state-lost = Lost
state-replaced = Replaced
state-claimed = To be handed over
state-delivered = Handed over
state-waiting = Waiting
state-sent = In the bank file
state-paid = Paid
state-received = Received
state-collateral = From the deposit
state-refused = Not paid
state-unpaid = Not received
state-unknown = Unknown
state-held = Held
state-given = Given
state-taken-back = Taken back

## The style page

style-title = Style page
style-lead = Every component in every state; light and dark, right to left and left to right.
style-colours = Colours
style-type = Type and sizes
style-buttons = Buttons
style-steps = Steps of a task
style-fields = Fields
style-figures = Figures
style-charts = Charts
style-lists = Lists and tables
style-messages = Messages
style-undo = What can be taken back is not asked about: one click does it and its toast has “Undo”. Only what can’t is asked.
style-states = States
style-matrix = The fund's matrix
style-cards = Cards
style-empty = Empty places and waiting
style-sample = Light falls through the vault of the tīmcheh onto its shops. Each has its own rules; one ledger has them all.

## Signing in

sign-in-title = Sign in
sign-in-title-mall = Mall administration
sign-in-title-merchant = Shop sign-in
sign-in-title-member = Customer club
sign-in-lead-mall = Shops, the fund and settlement
sign-in-lead-merchant = Sales, customers and partners
sign-in-lead-member = Sign in with your mobile number; there is no password.
sign-in-mobile = Mobile number
sign-in-password = Password
sign-in-verb = Sign in
sign-in-send-code = Get a code
sign-in-code-title = Sign-in code
sign-in-code = Six-digit code
sign-in-code-sent = A code was sent to
sign-in-resend-in = You can ask for another in { $seconds } seconds.
sign-in-resend = Send the code again
sign-in-other-mobile = Another number
sign-in-passkey = Sign in with a passkey
passkey-not-done = That did not work. Try again, or sign in another way.
passkey-known = This device has a passkey of yours already.
passkey-elsewhere = Passkeys work at this address:
second-title = Second step
second-lead = The password was right; one more proof is needed.
second-passkey = Confirm with a passkey
second-code = Code of your authenticator app
    .help = The six digits that the app shows, or one of your recovery codes
second-paper = Recovery code
    .help = One of those you got when you turned this on
second-verb = Sign in
second-back = Back to the password
second-late = Too late. Sign in with your password again.

## A person's own page

account-title = My account
account-second = Two-step sign-in
account-on = On
account-off = Off
account-second-means = After the password one more proof is asked for, so that knowing your password is not enough to come in.
account-since = Since { $day }
account-used = last used:
account-password = Your password
account-remove = Remove
account-remove-named = Remove { $name }
account-remove-ask = Remove “{ $name }”?
account-remove-means = It opens nothing from now on; your other ways in stay.
account-remove-last = This is the last one: two-step sign-in goes off, and the recovery codes are void.
account-app = Authenticator app
account-app-means = An app on your phone that makes a new code every thirty seconds, also without a network. It works with any computer, old ones too.
account-app-add = Add an app
account-app-lead = Open an app such as Google Authenticator or FreeOTP on your phone.
account-app-scan = 1. Read this code with the app
account-app-qr = QR code for the authenticator app
account-app-type = Without a camera, type this into the app:
account-app-code = 2. Type the code that the app shows
account-app-digits = Six-digit code
account-app-turn-on = Turn on
account-app-added = The authenticator app was added.
account-app-removed = The authenticator app was removed.
account-passkey = Passkey
account-passkey-means = The lock of this device (fingerprint, face or PIN), or a security key.
account-passkey-add = Add a passkey
account-passkey-name = Name of the passkey
account-passkey-added = The passkey “{ $name }” was added.
account-passkey-removed = The passkey “{ $name }” was removed.
account-staff-of = staff of { $mall }
account-codes = Recovery codes
account-codes-left = { $count ->
    [one] { $count } code left
   *[other] { $count } codes left
}
account-codes-new = New codes
account-codes-new-means = The codes before are void, and the new ones are shown just once.
account-codes-lead = Without your phone or passkey you sign in with one of these. Each works once.
account-codes-once = These codes are not shown again. Print them or write them down in a safe place, not beside your password.
account-codes-copy = Copy the codes
account-codes-kept = I have kept them
browser-iphone = iPhone
browser-ipad = iPad
browser-android = Android phone
browser-windows = Windows computer
browser-mac = Mac
browser-chromebook = Chromebook
browser-linux = Linux computer
browser-other = This device
sign-in-inbox = Demo inbox

malls-title = Timcheh
malls-lead = One membership, many shops
malls-member = I am a member
malls-merchant = I work in a shop
malls-mall = I run the mall
malls-none = There is no mall yet. To see a sample, run:

error-page-back = Back
error-page-request = Request id:

join-title = Choose a password
join-heading = Welcome, { $name }
join-lead = Choose a password to sign in to your shop.
join-password = New password
    .help = At least 10 characters
join-again = The password again
join-verb = Save the password
join-done = The password is saved. From now on your mobile and this password let you in.

## The camera
scan-open = Scan with the camera
scan-title = Scan a code
scan-lead = Hold the code in front of the camera.
scan-refused = The camera can't be used. Type the number, or allow the camera in the browser's settings.

## The app on a phone

install-about = Your card, points and credit at { $mall }.
install-card = My card
install-history = History
offline-title = No connection
offline-lead = Your card works in shops without a connection. The rest is back as soon as you are online.
offline-card = My card
offline-again = Try again
offline-kept = No connection. What you see is as of { $at }.

trial-banner = This is a sample shop: its customers and sales are made up.
trial-banner-end = Go back or clear it
trial-mark = SAMPLE
