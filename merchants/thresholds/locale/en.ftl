## Automatic rewards at a threshold of points

thresholds-title = Automatic rewards
thresholds-lead = When a customer's points reach a mark, they get something by themselves.
thresholds-new = New automatic reward
thresholds-added = The automatic reward is in force from now on.
thresholds-keep = Put in force
thresholds-now-stopped = The automatic reward is stopped.
thresholds-now-active = The automatic reward gives again.
thresholds-awards = What was given
thresholds-empty = No automatic rewards yet
    .detail = Such as “whoever reaches 500 points gets 50,000 toman of credit”.
threshold-gives = What it gives
threshold-gives-credit = Credit
threshold-gives-points = Points
threshold-gives-reward = A reward
threshold-gives-coupon = A coupon code
threshold-name = Name
    .help = As customers see it, such as “The 500 club”.
threshold-points = At how many points
    .help = Once, each time that a customer's points pass this mark.
threshold-measure = Which points count
    .help = Held: who spends and reaches it anew gets it again. Earned: once in each period.
threshold-measure-held = Points held
threshold-measure-earned = Points earned by buying
threshold-period = Period of earned points
    .help = For “earned” only; months and years are Jalali.
threshold-amount = Credit
    .help = Of this shop.
threshold-bonus = How many points
threshold-reward = Reward
    .help = It must be published. It is free and comes out of its stock.
threshold-no-reward = You have no rewards yet; make one first.
threshold-coupon = Coupon code
    .help = That of an offer of yours in force.
threshold-no-coupon = No offer in force has a coupon code; publish one with a code first.
threshold-says-held = At { $points } points held:
threshold-says-earned = At { $points } points earned { $period }:
threshold-brings-credit = { $amount } of credit
threshold-brings-points = { $count ->
        [one] { $count } point
       *[other] { $count } points
    }
threshold-brings-reward = the reward “{ $name }”
threshold-brings-coupon = the coupon code { $code }
threshold-given-n = { $count ->
        [one] { $count } time
       *[other] { $count } times
    }
threshold-failed = Not given
threshold-reason-held = Reaching { $points } points: { $name }
threshold-reason-earned = Earning { $points } points: { $name }
club-coupons-title = My coupon codes
club-coupons-lead = Tell these codes when you buy at their shop.
club-coupons-empty = No coupon codes yet
    .detail = You get one when your points reach a mark that a shop has set.
message-threshold-reached = { $shop }: your points have reached the mark and you got “{ $name }”.
message-threshold-coupon = { $shop }: your points have reached the mark; the coupon code { $code } is yours: { $name }
field-threshold_coupon_unknown = No offer in force has this code; choose another.
