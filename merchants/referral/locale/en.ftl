## Referral

thanks-referral = Referral reward
thanks-commission = Referral commission
thanks-ambassador = Gift giver's reward
referral-title = Referral
referral-lead = Whoever brings a new customer has a share of what they buy.
referral-terms = Terms
referral-first = Reward for a friend's first purchase
    .help = The referrer gets this shop's credit. Empty: no reward.
referral-minimum = Least paid in the first purchase
    .help = A smaller purchase brings no reward. Empty: any amount.
referral-days = Days that the reward lives
    .help = Empty: as the shop's credit always does.
referral-level = Commission of level { $n }
    .help = Per cent of each payment of the friend, such as 2. Level 1 is the referrer, level 2 the referrer's own. Empty: none.
referral-save = Save the terms
referral-saved = The terms hold from now on.
referral-owed = Commission not paid yet
referral-pay = Paid
referral-paid = The payment is noted.
referral-not-paid = The amount has changed meanwhile; look at the new one and note it again.
referral-given = Rewards given
referral-who = To whom
referral-why = For
referral-of-level = level { $n }
referral-when = Day
referral-amount = Amount
referral-back = Taken back with returns
referral-stranger = A member of the club
referral-empty = No rewards yet
    .detail = Note who referred a customer in their record.

field-referral_too_much = The levels' commissions must not be more than 50 per cent together.
thanks-withheld = withheld
thanks-refused = refused
