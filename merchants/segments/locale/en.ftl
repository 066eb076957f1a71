## Segments

menu-shop-segments = Segments
segments-title = Segments
segments-lead = The customers of whom a condition holds. Each segment's list is always fresh.
segments-new = New segment
segments-build = Write the condition; below it you see how many customers meet it.
segments-name = Name of the segment
    .help = The name by which you know these customers, like “away for three months”.
segments-count = Customers
segments-everybody = All customers
segments-empty = No segments yet
    .detail = Open one of those made ready, or write a condition of your own.
segments-ready = Made ready
    .detail = Open one, see how many are in it, change it if you like, and keep it.
segments-save = Keep the segment
segments-saved = Segment “{ $name }” is kept.
segments-changed = The change is kept.
segments-edit = Change the condition
segments-drop = Delete
segments-dropped = Segment “{ $name }” is deleted; customers and their tags stay.
segments-restored = The segment “{ $name }” is back.
segments-total = { $count ->
    [one] { $count } customer
   *[other] { $count } customers
}
segments-people = customers are in it now.
segments-whose = When { $sentence }.
segments-unfinished = Finish the condition to see how many customers meet it.
segments-nobody = Nobody is in this segment now
    .detail = Widen the condition or look again later; the list renews itself.
segments-tag = A tag, like “Nowruz 1405”
segments-tag-all = Tag them all
segments-tagged = { $count ->
    [one] { $count } customer was tagged.
   *[other] { $count } customers were tagged.
}

ready-kind-inactive = Away
ready-kind-rfm = Customer value (RFM)
ready-kind-season = Seasonal buyers
ready-kind-behaviour = Behaviour and points
ready-inactive-30 = away for a month
ready-inactive-60 = away for two months
ready-inactive-90 = away for three months
ready-inactive-180 = away for six months
ready-rfm-champions = champions
ready-rfm-loyal = loyal
ready-rfm-potential = becoming loyal
ready-rfm-new = new
ready-rfm-attention = needing attention
ready-rfm-sleepy = about to sleep
ready-rfm-at_risk = at risk
ready-rfm-precious = precious and away
ready-rfm-lost = lost
ready-season-spring = only in spring
ready-season-summer = only in summer
ready-season-autumn = only in autumn
ready-season-winter = only in winter
ready-new-month = customers of the last month
ready-regular = regular customers
ready-birthday-week = birthday within seven days
ready-points-100 = 100 points and more
