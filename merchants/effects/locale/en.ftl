## What offers did

menu-shop-effects = Effects
permission-effect-read = See what offers did

effects-title = What offers did
effects-lead = Each offer since it was published: how many purchases took it, what it cost and what it added to sales.
effects-empty = No offer is published yet
    .detail = Try an offer on past sales before you publish it.
effects-offer = Offer
effects-purchases = Purchases
effects-members = Customers
effects-sales = Their sales
effects-given = Rewards given
effects-since = Since
effects-held = { $percent } held out
effect-offer = Offer
effect-lift = Lift
effect-no-holdout = This offer has no hold-out group, so nobody knows what these customers would have bought without it. Publish it again with 10 per cent held out.
effect-too-few = There are too few customers to measure: { $held } held out. From 30 on the outcome shows.
effect-sales-more = This offer added { $total } of sales; with 95 % confidence between { $low } and { $high }.
effect-sales-less = This offer took { $total } off sales; with 95 % confidence between { $least } and { $most }.
effect-sales-unsure = It isn't clear yet whether this offer changed sales: anything from { $low } less to { $high } more is possible. Give it more time.
effect-kept-more = After rewards it added { $total } of profit; with 95 % confidence between { $low } and { $high }.
effect-kept-less = After rewards it took { $total } off profit; with 95 % confidence between { $least } and { $most }.
effect-kept-unsure = Nothing can be said of profit yet: from { $low } less to { $high } more, after rewards.
effect-lift-means = { $given } customers who could get the offer were compared with { $held } who were held out at random; what both bought before was taken into account. Confidence { $percent }.
effect-lift-means-once = { $given } customers for whom the offer opened were compared, from that day on, with { $held } who were held out at random; what both bought before was taken into account. Confidence { $percent }.
effects-activated = activated by { $count }
effect-activated = Have activated it
effect-activated-of = of { $count } customers who can.
effect-activated-ended = { $count } have changed their mind.
effect-lift-means-activation = { $given } customers who could activate it, whether they did or not, were compared with { $held } of the hold-out group, who were not told of the offer; what both bought before counts too. Confidence { $percent }.
effect-of-all = { $count ->
        [one] of { $count } purchase
       *[other] of { $count } purchases
    }
effect-points = and { $points } points
effect-foretold = Forecast and fact
effect-figure = Figure
effect-forecast = Forecast
effect-happened = What happened
effect-foretold-means = The forecast is for the days that the offer has been in force.
effect-see-backtest = See the back-test
effect-no-forecast = This offer was not tried before it was published. Try the next one on past sales first.
