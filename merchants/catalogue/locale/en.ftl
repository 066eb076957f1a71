## Goods and price lists

field-not_on_sale = This product is not on sale; choose another one, or put it on sale in the catalogue.
field-unknown_sku = The catalogue has no product { $sku }; check the code, or add the product first.
field-name_taken = You have used this name before; write another one.
field-sku_taken = Another product has this code; write another one, or change that product.
field-row_lacks_sku = Row { $row } has no code.
field-row_lacks_name = Row { $row } has no name.
field-row_lacks_price = Row { $row } has no price.
field-row_price = The price in row { $row } (“{ $price }”) is no number.

goods-title = Products and services
goods-lead = What you sell, with its price and what each gives of its own
goods-add = New product
goods-import = Paste from Excel
goods-import-lead = Paste the table from Excel or a CSV file. A product whose code is known is changed.
goods-import-rows = Table of products
    .help = Columns: code, name, price (in { $unit }), group, unit, barcode. With a first row of headings the order is free.
goods-import-verb = Save products
goods-imported = { $count ->
        [one] { $count } product saved.
       *[other] { $count } products saved.
    }
goods-saved = “{ $name }” saved.
goods-save = Save
goods-search = Name, code or barcode
goods-empty = No products yet
    .detail = Paste them from Excel or add them one by one, so that the till knows the prices.
goods-what = The product
goods-name = Product or service
goods-sku = Code
    .help = What you type at the till; it does not change later.
goods-price = Price
goods-group = Product group
    .help = Rules, commissions and reports call the group by this name.
goods-unit = Unit
    .help = Piece, kilogram, metre, hour
goods-barcode = Barcode
    .help = A barcode scanner fills it in too.
goods-active = Sold at the till
    .hint = An inactive product stays in reports.
goods-inactive = Inactive
goods-terms = Of its own
goods-terms-means = These apply before the shop's rules and add to them; the invoice names them by this product.
goods-discount = Discount, per cent
goods-discount-is = { $rate } discount
goods-credit = Credit, per cent
    .help = Of what is paid for this product.
goods-credit-is = { $rate } credit
goods-credit-scope = Where the credit can be spent
goods-credit-own = With us only
goods-credit-partners = At our partners too
goods-credit-days = Days until it expires
    .help = Empty: as the shop's other credit
goods-points = Points for each unit
    .help = For each whole unit
goods-points-is = { $points } points

price-lists-title = Price lists
price-lists-lead = Each customer group buys at its own prices; the till takes the right one by itself.
price-lists-add = New list
price-lists-name = Name of the list
price-lists-means = For a customer in several groups the lowest price applies.
price-lists-groups = Customer groups
    .help = One group a line. A group has one list only.
price-lists-known = Your groups: { $groups }
price-lists-percent = Per cent below the usual price
    .help = For products without a price of their own here. Empty: the usual price
price-lists-items = Products with a price of their own
    .help = A code and a price (in { $unit }) a line; paste two columns of Excel here.
price-lists-active = This list applies
price-lists-saved = List “{ $name }” saved.
price-lists-empty = No lists yet
    .detail = Give wholesale customers, partners or staff other prices.
