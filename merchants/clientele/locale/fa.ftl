## Why something is spendable here

why-own-rule = از خرید { $day } با الگوی «{ $rule }»
why-own-gift = هدیه فروشگاه شما
why-partners = قرارداد همکاری شما با { $shop }؛ { $share }
why-points = طرح امتیاز مشترک، هر امتیاز { $price }؛ { $share }
why-network = اعتبار عمومی؛ همه فروشگاه‌ها می‌پذیرند
why-wallet = کیف پول مشتری؛ همه فروشگاه‌ها می‌پذیرند
why-share = تا { $percent }٪ هر خرید
why-share-whole = تا همه مبلغ خرید
