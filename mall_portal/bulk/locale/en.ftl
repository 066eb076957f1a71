## Many shops from one sheet

bulk-title = Add from Excel
bulk-lead = Get the template, write one shop a row and bring it. Every row is tried before anything is opened.
bulk-template = Get the template
bulk-file = File of shops
    .help = Excel or CSV, up to { $size } MB and { $rows } rows
bulk-try = Try the file
bulk-earlier = Earlier files
bulk-rows-n = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
bulk-columns = Columns
bulk-needed = needed
bulk-trades = Trades
bulk-state-checked = Tried
bulk-state-opening = Being opened
bulk-state-done = Done
bulk-checked = { $good ->
    [one] { $good } shop can be opened. Nothing is open yet.
   *[other] { $good } shops can be opened. Nothing is open yet.
}
bulk-faulty = { $count ->
    [one] { $count } row needs mending. Get the file of mistakes, put it right and bring it again.
   *[other] { $count } rows need mending. Get the file of mistakes, put it right and bring it again.
}
bulk-open = { $count ->
    [one] Open { $count } shop
   *[other] Open { $count } shops
}
bulk-progress = Opening the shops
bulk-opened-of = { $done } of { $whole }
bulk-opened = Opened
bulk-to-shops = Shops
bulk-faults = File of mistakes
bulk-faults-title = Rows that need mending
bulk-faults-column = Mend
bulk-row = Row
bulk-fault = { $column }: { $message }
bulk-column-name = Shop name
bulk-column-trade = Trade
bulk-column-national-id = National or company id
bulk-column-branches = Branches
bulk-column-owner-name = Owner name
bulk-column-owner-mobile = Owner mobile
bulk-column-sheba = Sheba
bulk-column-credit-limit = Credit limit
bulk-column-deposit = Deposit
bulk-column-fee = Fee (per cent)
bulk-column-contract = Contract number
bulk-column-ends-on = Contract ends
bulk-column-percent = Credit of each purchase (per cent)
bulk-example-name = Parastoo Books
bulk-example-trade = Books and stationery
bulk-example-national-id = 0499370899
bulk-example-branches = Ground floor; Third floor
bulk-example-owner-name = Zhaleh Rostami
bulk-example-owner-mobile = 09123456789
bulk-example-sheba = IR820540102680020817909002
bulk-example-credit-limit = 2000000
bulk-example-deposit = 500000
bulk-example-fee = 2
bulk-example-contract = 12
bulk-example-ends-on = 1406/12/29
bulk-example-percent = 5
error-shop_sheet_moved = This file is at another step meanwhile
    .detail = Its shops are being opened or are open already. Load the page again.
error-shop_sheet_empty = The file is empty
    .detail = This file has no shops. Its first row names the columns, and each row after it is a shop.
error-shop_sheet_too_long = Too many rows
    .detail = This file has more than 2,000 rows. Divide it into several files.
field-columns_missing = The file lacks these columns: { $columns }. Get the template and keep the names of its columns.
field-shop_named_twice = The mall or this file has a shop of this name already; give it another name or leave the row out.
field-shop_not_opened = It could not be opened; bring this row again.
field-trade_unknown = This trade isn't known; write one of those beside the template, or leave it blank.
