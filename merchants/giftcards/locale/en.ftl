## Gift cards

giftcards-title = Gift cards
giftcards-lead = A card with an amount and dates, for whoever brings its number.
giftcards-search = Digits of the card's number
giftcards-empty = No gift cards yet
    .detail = Issue one, print its voucher and hand it over.
giftcard-new = Issue a gift card
giftcard-new-lead = Take the money first; the card can be spent from that moment on.
giftcard-title = Gift card …{ $tail }
giftcard-number = Card number
    .help = The 16 digits on the card.
giftcard-state = State
giftcard-value = Amount and dates
giftcard-amount = Amount
    .help = So much is put on the card.
giftcard-left = Left
giftcard-of = of { $amount }
giftcard-where = Spendable at
giftcard-from = From
giftcard-until = Until
giftcard-days = Days it holds
giftcard-day =
    .help = Whichever stays empty is no bound.
giftcard-no-end = No expiry
giftcard-good-until = valid until { $day }
giftcard-printed = Printed card
    .help = If you hand out a blank printed card, swipe or scan it; else a number is made.
giftcard-to = For whom
giftcard-to-name = Name
giftcard-words = Words on the card
    .help = A short sentence or two.
giftcard-giver = The giver's reward
    .help = Where a member gives this card away, each purchase made with it brings the giver a share of it as credit.
giftcard-giver-mobile = Giver's mobile
giftcard-giver-percent = Giver's share
    .help = Per cent of what is spent from the card, such as 5.
giftcard-issue = Issue the card
giftcard-issued = The gift card is issued.
giftcard-voucher = Print the voucher
giftcard-voucher-title = A gift card of { $shop }
giftcard-voucher-note = This code shows what is left.
giftcard-for = For { $name }
giftcard-moves = Movements
giftcard-move-gift-card = Issued
giftcard-move-purchase = A purchase at { $shop }
giftcard-move-return = Back on the card
giftcard-move-expiry = Expired
giftcard-move-other = Corrected
giftcard-accepted = { $count ->
        [one] Spendable at { $count } shop
       *[other] Spendable at { $count } shops
    }
giftcard-block = Block
giftcard-unblock = Unblock
giftcard-now-blocked = The card is blocked; nothing is bought with it until it is unblocked.
giftcard-now-active = The card can be spent again.
giftcard-balance = What is left on a gift card
giftcard-balance-lead = Type the 16 digits of the card.
giftcard-ask = Show what is left
giftcard-of-shop = Issued by

field-gift_number_invalid = That is no gift card's number; type the 16 digits on the card.
field-gift_card_unknown = There is no such gift card. Compare the digits with the card once more.

## Gift cards on the phone

club-me-gifts = My gifts
    .detail = Gift cards that you got or gave
gifts-title = My gifts
gifts-lead = Keep a gift card here: it is always with you, and you see what is left on it.
gifts-received = Received
gifts-of = A gift of { $shop }
gifts-qr = The card's code for the till
gifts-put-away = Take off the phone
gifts-none = No gift card here
    .detail = Type the number of a card that you got below, or scan its code.
gifts-over = Cards that pay no more: { $count }
gifts-other = Other gifts, in the history
gifts-add = Add a gift card
gifts-keep = Keep it on the phone
gifts-kept = The card is on your phone.
gifts-away = The card is off your phone; its value stays on it.
gifts-given = Given
gifts-to = A gift to { $name }
gifts-left = { $left } left of { $granted }
gifts-brought = It brought you { $amount }
gifts-given-none = You haven't given a card yet. Ask at a shop's till for a gift card in your name.
