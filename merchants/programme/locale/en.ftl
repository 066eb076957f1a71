## Rules as sentences

rule-and = {"; and "}
rule-or = {"; or "}
rule-never = never

rule-op-eq = { $fact } is { $value }
rule-op-ne = { $fact } is not { $value }
rule-op-gt = { $fact } is more than { $value }
rule-op-ge = { $fact } is at least { $value }
rule-op-lt = { $fact } is less than { $value }
rule-op-le = { $fact } is at most { $value }
rule-op-in = { $fact } is { $value }
rule-op-not_in = { $fact } is not { $value }

rule-basket-groups-has = the basket has something of group { $value }
rule-basket-groups-lacks = the basket has nothing of group { $value }
rule-basket-skus-has = the basket has { $value }
rule-basket-skus-lacks = the basket does not have { $value }
rule-customer-groups-has = the customer is in group { $value }
rule-customer-groups-lacks = the customer is not in group { $value }
rule-customer-tags-has = the customer has the tag { $value }
rule-customer-tags-lacks = the customer does not have the tag { $value }
rule-customer-product_groups-has = the customer bought from group { $value }
rule-customer-product_groups-lacks = the customer never bought from group { $value }
rule-customer-seasons-has = the customer bought in { $value }
rule-customer-seasons-lacks = the customer did not buy in { $value }
rule-partner-is_customer_of-has = the member also bought at { $value }
rule-partner-is_customer_of-lacks = the member never bought at { $value }
rule-customer-is_new-true = it is the customer's first purchase
rule-customer-is_new-false = the customer bought before

rule-discount = { $what } off
rule-credit = { $what } { $scope }
rule-points-each = { $points } points for each { $sku }
rule-points = for each { $amount }, { $points } { $scope }
rule-on-group = {" "}on group { $group }
rule-on-sku = {" "}on { $sku }
rule-expires = { $days ->
        [one] , for { $days } day after the purchase
       *[other] , for { $days } days after the purchase
    }

rule-step = ; from { $amount } on { $percent }

## The bounds of a rule

bound-needs_activation = only for members who activate it
bound-once = each member once, within { $days } days after { $when }
bound-once-always = each member once, within { $days } days of the first visit
bound-coupon = with the code “{ $code }”
bound-every_nth = one of every { $every } purchases of a customer
bound-early_access = { $groups }: { $days } days earlier
bound-starts_at = from { $at }
bound-ends_at = until { $at }
bound-occasion = on { $occasion }
bound-occasion-around = around { $occasion }: { $before } days before to { $after } days after
bound-own_day = { $day } of each year
bound-per_member_uses = each member at most { $times } times
bound-per_member_cap = each member at most { $amount } altogether
bound-daily_budget = at most { $amount } a day for everyone together
bound-budget = at most { $amount } for everyone together
bound-exclusive_group = only one of the offers of “{ $group }” is given
bound-exclusive = if it applies, later rules don't
bound-holdout_bps = { $percent } of the customers are held out at random

jalali-month-1 = Farvardin
jalali-month-2 = Ordibehesht
jalali-month-3 = Khordad
jalali-month-4 = Tir
jalali-month-5 = Mordad
jalali-month-6 = Shahrivar
jalali-month-7 = Mehr
jalali-month-8 = Aban
jalali-month-9 = Azar
jalali-month-10 = Dey
jalali-month-11 = Bahman
jalali-month-12 = Esfand
hijri-month-1 = Muharram
hijri-month-2 = Safar
hijri-month-3 = Rabi' I
hijri-month-4 = Rabi' II
hijri-month-5 = Jumada I
hijri-month-6 = Jumada II
hijri-month-7 = Rajab
hijri-month-8 = Sha'ban
hijri-month-9 = Ramadan
hijri-month-10 = Shawwal
hijri-month-11 = Dhu al-Qa'da
hijri-month-12 = Dhu al-Hijja

error-rules_changed = The rules have changed meanwhile
    .detail = Another version of the rules is in force. Look at it and decide again; nothing was changed.
