## Being erased

club-me-erase = Erase my membership
    .detail = Your name, numbers and all that is kept of you go
message-erasure-code = Your code to confirm erasing your membership: { $code }
    If you didn't ask for this, give the code to nobody.
erase-title = Erase my membership
erase-lead = Your name, your numbers and all that is kept of you are erased. You can change your mind for { $days } days.
erase-asked = Your membership is erased on { $day }
erase-asked-means = Until that day everything is as before and you can go on shopping. After it there is no way back.
erase-stay = I changed my mind, I stay
erase-withdrawn = Your membership stays.
erase-lost = What you lose
erase-lost-means = What you haven't spent by that day ends; it is not paid out:
erase-lost-none = You have no credit or points to lose.
erase-spend-first = Spend it first
erase-commission = Shops owe you { $amount } in commission. Have it paid before: afterwards there is nobody to pay.
erase-goes = What is erased
erase-goes-you = Your name, mobile, birthday and profile
erase-goes-cards = Your member number and cards; a printed card is not accepted any more
erase-goes-said = Your consents, words and answers
erase-goes-shops = Names, groups and notes that shops have of you
erase-goes-messages = The text of messages that were sent to you
erase-stays = What stays
erase-stays-books = Purchases and movements, without name or number: the books of the shops and the fund must stay right. Shops see “erased member” in your place.
erase-stays-invoices = Invoices, without your name: the law asks the shop to keep them.
erase-stays-phone = What is on your own phone, like text messages and the card that opens without a network: we can't reach it.
erase-copy-first = First I take a copy of my data
erase-wallet = There is { $amount } in your wallet, and it is your own money. Spend it first, then erase your membership.
erase-verb = Send the confirmation code
erase-verb-means = A code is sent to your mobile. Nothing is erased until you type it.
erase-code-title = Confirm erasing
erase-code-verb = Erase my membership
club-leaving = Your membership is erased on { $day }
    .detail = Changed your mind?
error-wallet_left = Your wallet isn't empty
    .detail = Wallet money is your own. Spend it first, then erase your membership.
