## What happened to a member's value, and why

club-wallet = Wallet
club-points-n = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
club-where-everywhere = Every shop of the mall
club-where-n = { $count ->
        [one] { $count } shop of the mall
       *[other] { $count } shops of the mall
    }
club-where-more = { $shop } and { $count } other shops
club-share = up to { $percent }% of a purchase
club-why-gift = A gift from { $shop }
club-why-gift-for = { $gift }: { $reason }
club-why-bought = For a purchase of { $amount } at { $shop }, { $day }

club-move-earned-credit = Credit from { $source }
club-move-earned-points = Points from { $shop }
club-move-gift = A gift from { $source }
club-move-spent = Purchase at { $shop }
club-move-returned = Return at { $shop }
club-move-expired-credit = { $source } credit expired
club-move-expired-points = Points expired, { $source }
club-move-corrected = Correction, { $source }
club-move-rewarded = Reward from { $shop }
club-move-refunded = A reward's points went back, { $shop }
club-move-bought = Purchase at { $shop }

club-note-earned = “{ $rule }”, for { $paid } paid at { $shop }
club-note-gift = { $rule }
club-note-gift-plain = A gift from { $source }
club-note-spent-own = { $amount } of this shop's own credit ({ $until }) was spent.
club-note-spent-partner = { $amount } of { $source } credit ({ $until }) was spent at { $shop }; { $source } settles it with the fund.
club-note-spent-points = { $amount } of { $source }, worth { $value }, were spent at { $shop }.
club-note-spent-wallet = { $amount } from the wallet was paid at { $shop }.
club-note-restored = Goods went back to { $shop }; the { $source } value spent on them is yours again.
club-note-taken-back = Goods went back to { $shop }; what they had earned was taken back.
club-note-expired = It was good { $until } and was not used.
club-note-corrected = The mall corrected your account.
club-note-rewarded = You gave { $amount } and got “{ $rule }”.
club-note-refunded = “{ $rule }” was cancelled or its time was over; { $amount } went back to you.
club-note-bought = { $paid } was paid; this purchase earned and spent nothing.
