## Rules as sentences

rule-percent = { $number }٪
rule-and = {"؛ و "}
rule-or = {"؛ یا "}
rule-never = هیچ‌گاه

rule-op-eq = { $fact } { $value } باشد
rule-op-ne = { $fact } جز { $value } باشد
rule-op-gt = { $fact } بیش از { $value } باشد
rule-op-ge = { $fact } دست‌کم { $value } باشد
rule-op-lt = { $fact } کمتر از { $value } باشد
rule-op-le = { $fact } حداکثر { $value } باشد
rule-op-in = { $fact } { $value } باشد
rule-op-not_in = { $fact } { $value } نباشد

rule-basket-groups-has = در فاکتور کالایی از گروه { $value } باشد
rule-basket-groups-lacks = در فاکتور کالایی از گروه { $value } نباشد
rule-basket-skus-has = در فاکتور کالای { $value } باشد
rule-basket-skus-lacks = در فاکتور کالای { $value } نباشد
rule-customer-groups-has = مشتری در گروه { $value } باشد
rule-customer-groups-lacks = مشتری در گروه { $value } نباشد
rule-partner-is_customer_of-has = عضو از { $value } هم خرید کرده باشد
rule-partner-is_customer_of-lacks = عضو از { $value } خرید نکرده باشد
rule-customer-is_new-true = نخستین خرید مشتری باشد
rule-customer-is_new-false = مشتری پیش از این خرید کرده باشد

rule-discount = { $what } تخفیف
rule-credit = { $what } { $scope }
rule-points = به ازای هر { $amount }، { $points } { $scope }
rule-on-group = {" "}روی گروه { $group }
rule-on-sku = {" "}روی کالای { $sku }
rule-expires = ، تا { $days } روز پس از خرید
