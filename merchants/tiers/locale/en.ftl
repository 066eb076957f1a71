## Tiers

tiers-title = Tiers
tiers-lead = The ladder of your club. Purchases lift at once; lowering happens at night, and not before a whole period has passed.
tiers-measure = What a tier is measured by
tiers-measure-purchases = number of purchases
tiers-measure-spend = amount of purchases
tiers-measure-credit = credit earned
tiers-measure-points = points earned
tiers-over = Over which period
    .help = A tier that was reached stays for at least as long.
tiers-period = the last { $days } days
tiers-period-all = since the first purchase
tiers-rungs = Tiers, from the lowest up
    .help = Write amounts in { $unit }, purchases and points as numbers. Blank rows are left out.
tiers-name = Name of tier { $n }
tiers-from = From
tiers-usual-0 = bronze
tiers-usual-1 = silver
tiers-usual-2 = gold
tiers-save = Set the tiers
tiers-set = The tiers are set and every customer was measured.
tiers-customers = customers
tiers-below = No tier yet
tiers-drop = Do without tiers
    .title = Do without tiers?
    .means = Every customer's tier is cleared, and rules that ask for a tier no longer hold.
tiers-dropped = There are no tiers any more.

field-rung_not_higher = Each tier must begin higher than the one below it.
message-tier-reached = { $shop }: you have reached the tier “{ $tier }”. Its benefits are yours from the next purchase.
message-tier-lowered = { $shop }: your tier is now “{ $tier }”. Your next purchases bring you back to “{ $before }”.
message-tier-lost = { $shop }: your time in the tier “{ $before }” is over. Your next purchases bring you back.
