# Pools of points

menu-mall-pools = Pooled points
menu-shop-pools = Pooled points
permission-pools-manage = Open pools of points and add shops to them
pools-title = Pools of points
pools-lead = Members earn these points at any shop of the pool and spend them at whichever they like.
pools-new = New pool
pools-new-lead = A point costs the same at all shops of the pool, and its prices stay once it is open.
pools-pool = Pool
pools-name = Name
    .help = What members see on their phone, like “Noor points”.
pools-issue = Issue price of a point
    .help = A shop that gives points pays this for each into the fund.
pools-redeem = Redeem price of a point
    .help = What a point is worth when it is spent. Not more than the issue price.
pools-months = Life of a point (months)
    .help = Blank: points never end.
pools-open = Open the pool
pool-opened = “{ $name }” is open. Add its shops now.
pools-shops = Shops
pools-out = Points out
    .note = with members, not spent yet
pools-worth = Their worth
    .note = if all were spent today
pools-reserve = The fund's reserve
    .note = money behind these points
pools-life = A point lives { $months } months.
pools-for-ever = Points never end.
pools-empty = There is no pool yet
    .detail = With a pool several shops give and take the same points; the fund keeps their accounts.
pools-means = A point costs { $issue } when it is given and is worth { $redeem } when it is spent.
pools-taking-part = Shops of the pool
pools-no-shops = No shop takes part yet
    .detail = Add two at least, so that points of one are spent at another.
pools-since = since { $day }
pools-share = Largest share of a purchase
    .help = How much of a purchase these points may pay, in percent.
pools-fee = The mall's fee
    .help = Percent of the points taken here that goes to the mall.
pools-acts = Actions
pools-add = Add a shop
pools-change-terms = New terms for a shop
pools-change = Change terms
pools-join = Add to the pool
pool-joined = { $shop } is in this pool, gives its points and takes them.
pools-leave = Take out
pools-leave-title = Take { $shop } out of this pool?
pools-leave-consequence = From now on it neither gives nor takes this pool's points; its offers go on without them. Those it has given are still spent at the others, and the fund's accounts stay as they are.
pool-left = { $shop } has left the pool.
pools-shop-lead = Points that you give are spent at others too, and theirs with you.
pools-give = Give points with an offer
pools-shop-means = For each point that you give you pay { $issue } into the fund. A point that is spent with you is worth { $redeem }, of which { $keep } is yours.
pools-with = With you
pools-with-others = { $count ->
    [0] no other shop yet
    [one] one other shop
   *[other] { $count } other shops
}
pools-shop-empty = You are in no pool
    .detail = The mall's management adds shops to a pool.
pools-others = Other pools of the mall
pools-of-shops = { $count ->
    [one] one shop
   *[other] { $count } shops
}
pools-ask-the-mall = Tell the mall's management if you want to join.
pools-price-stays = The price of a point stays as it is; open another pool for another price.
pool-worth = What this pool brought
pool-worth-see = What it brought you
pool-worth-chart = Points given and spent
pool-worth-given = Given
    .note = { $amount } to the fund
pool-worth-taken = Spent with you
    .note = worth { $amount }
pool-worth-spent = Spent
pool-worth-net = Net with the fund
    .note = { $side ->
        [paid] you paid more
        [got] you got more
       *[even] even
    }, after the mall's fee of { $fee }
pool-worth-came = Customers with others' points
pool-worth-new = { $count ->
    [0] all had been your customers before
    [one] one came for the first time
   *[other] { $count } came for the first time
}
pool-worth-sales = Sold to them: { $amount }
pool-worth-empty = No points of this pool were given or spent in this time
    .detail = Look at another time, or give points by an offer.
pool-worth-empty-mall = No points of this pool were given or spent in this time
    .detail = Look at another time.
pool-worth-means = Net is what the fund gave for points spent with you, less what you paid for those you gave. Points that a return takes back or puts back count on the day of the return. Others' points are those that another shop gave; which one is not told.
pool-worth-means-mall = Points that a return takes back or puts back count on the day of the return. Customers fewer than { $fewest } are not told.
pool-worth-few = fewer than { $fewest }
pool-worth-given-mall = Given
pool-worth-taken-mall = Accepted
pool-worth-customers = Came with others' points
pool-worth-of-new = first time: { $count }
pool-worth-net-mall = Net with the fund
pool-worth-left = You have not been in this pool since { $day }; what happened until then is here.
pool-sheet-day = Day
pool-sheet-shop = Shop
pool-sheet-given = Points given
pool-sheet-paid = Paid to the fund (rial)
pool-sheet-taken = Points spent
pool-sheet-worth = Worth (rial)
pool-sheet-fee = Mall's fee (rial)
pool-sheet-received = Received from the fund (rial)
pool-sheet-net = Net (rial)
pool-sheet-customers = Customers with others' points
pool-sheet-new = Of them for the first time
pool-sheet-purchases = Their purchases
pool-sheet-sales = Sold to them (rial)
