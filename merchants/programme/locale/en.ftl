## Rules as sentences

rule-percent = { $number }%
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
rule-partner-is_customer_of-has = the member also bought at { $value }
rule-partner-is_customer_of-lacks = the member never bought at { $value }
rule-customer-is_new-true = it is the customer's first purchase
rule-customer-is_new-false = the customer bought before

rule-discount = { $what } off
rule-credit = { $what } { $scope }
rule-points = for each { $amount }, { $points } { $scope }
rule-on-group = {" "}on group { $group }
rule-on-sku = {" "}on { $sku }
rule-expires = , for { $days } days after the purchase
