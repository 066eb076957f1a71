## The condition builder: [number of purchases] [at least] [4]

condition-when = When
condition-join = How many of the conditions
condition-join-all = all of these hold
condition-join-any = any of these holds
condition-join-none = none of these holds
condition-outer = How many of the sets
condition-outer-all = all of the sets below hold
condition-outer-any = any of the sets below holds
condition-block = Set { $n }:
condition-row = Condition { $n }
condition-fact = Fact
condition-op = Comparison
condition-value = Value
condition-choose = Choose a fact
condition-names = Separate names with commas
condition-tail = {""}
condition-add = Another condition
condition-add-block = Another set of conditions
condition-drop = Remove condition { $n }
condition-kept = This condition is too deep to be shown row by row. It stays as it is, unless you build it anew.
condition-anew = Build anew

condition-op-ge = at least
condition-op-le = at most
condition-op-gt = more than
condition-op-lt = less than
condition-op-eq = exactly
condition-op-ne = other than
condition-op-any_of = any of
condition-op-none_of = none of

fact-section-basket = This purchase
fact-section-customer = The customer at your shop
fact-section-member = The member
fact-section-time = Time
fact-section-partner = Other shops
fact-section-rfm = Customer value (RFM)

fact-unit-items = items
fact-unit-purchases = purchases
fact-unit-visits = visits
fact-unit-days = days
fact-unit-hour = o'clock
fact-unit-points = points
fact-unit-metres = metres
fact-unit-minutes = minutes
fact-unit-score = of 5
fact-unit-percent = per cent
