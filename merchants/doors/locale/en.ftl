## Doors: enrolling oneself

doors-title = Enrolment links
doors-lead = Each link has its own place: a poster, a text message, a social network. You see how many came from each.
doors-open = Enrolment links
doors-new = New link
doors-source = Where you put it
doors-name = Name of the link
doors-name-help = For yourself, such as “Poster at the till”
doors-make = Make link
doors-made = The link is made.
doors-visits = Visits
doors-customers = New customers
doors-acts = Actions
doors-poster = Poster
doors-poster-named = Poster of “{ $name }”
doors-end = Close
doors-end-named = Close “{ $name }”
doors-ended = This link enrols nobody any more.
doors-reopened = This link lets people in again.
doors-closed = closed
doors-empty = No links yet
    .detail = Make your first link, print its poster and put it by the till.
door-source-poster = Poster with QR code
door-source-sms = Text message
door-source-instagram = Instagram
door-source-telegram = Telegram
door-source-bale = Bale
door-source-eitaa = Eitaa
door-source-whatsapp = WhatsApp
door-source-website = Web site
door-source-other = Elsewhere
poster-lead = Join our customers’ club
poster-how = Point your phone’s camera at this code
join-club-title = { $shop }’s customers’ club
join-club-lead = Your mobile number is your membership card.
join-club-verb = Join
join-club-done = Welcome. You are a member of { $shop }’s club.

## Gifts that doors promise

door-rate = { $percent } % of visits
door-buyers = Have bought
door-purchases = { $count ->
        [one] in { $count } purchase
       *[other] in { $count } purchases
    }
door-spend = What they bought
door-gift = Gift for joining
door-gift-new = Promise a gift
    .help = The page of this link shows the gift, and whoever becomes your customer gets it at once, once.
door-gift-words = Heading of the page
    .help = What is read first, such as “Join and get 50,000 toman”.
door-gift-each = For each
door-gift-coupon = Coupon code
    .help = If you chose a code: that of one of your offers in force.
door-gift-most = For how many at most
    .help = After so many people still can join, without the gift.
door-gift-until = Last day of the gift
door-gift-no-end = No end
door-gift-promise = Promise it
door-gift-promised = The gift is promised. Spread the link.
door-gift-given = Have got it
door-gift-cost = Cost of the gift
door-gift-per-buyer = Cost for each buyer
door-gift-over = This gift is given no more. For another one make another link.
door-gift-end = End the gift
door-gift-end-means = From now on nobody gets a gift by this link. What was given stays.
door-gift-ended = The gift has ended.
door-gift-code = coupon code { $code }
door-gift-some-code = a coupon code
own-reward-coupon = Coupon code
poster-gift = Join and get { $gift }
join-club-gift = Gift for joining: { $gift }
join-club-gift-lead = { $shop }’s club; your mobile is your card.
join-club-gift-who = For who isn’t { $shop }’s customer yet, once.
join-club-gift-days = It is spent within { $days } days of joining.
join-club-gift-until = The gift is given until { $day }.
join-club-gift-over = This link’s gift is used up; you still can join.
join-club-gift-done = Welcome. You got { $gift } from { $shop }.
join-club-gift-gone = Welcome to { $shop }’s club. The gift of this link was used up before you.
join-club-gift-known = You were { $shop }’s customer before; this link’s gift is for new customers.
club-code = Your code at { $shop }: { $code }
club-code-until = until { $day }; tell the cashier when you buy.
club-code-no-end = tell the cashier when you buy.
error-gift_promised = This link has promised a gift before
    .detail = For another gift make another link, so that what people were told doesn’t change.
