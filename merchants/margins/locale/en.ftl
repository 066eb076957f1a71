## Margins by product group

margins-title = Margins
margins-lead = What you keep of each hundred toman of sales, before discounts and credit. From it follows whether an offer pays. Nobody but you sees it.
margins-needed = Before a back-test, say what share of a sale you keep; one number will do.
margins-default = Usual margin (per cent)
    .help = If you buy a pair of shoes for 140,000 toman and sell it for 200,000, it is 30 per cent.
margins-groups = Each product group by itself
margins-groups-note = A group that stays empty goes by the usual margin.
margins-of = Margin of “{ $group }” (per cent)
margins-keep = Keep margins
margins-kept = The margins are kept.
