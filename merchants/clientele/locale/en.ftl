## Why something is spendable here

why-own-rule = From the purchase of { $day } by the rule “{ $rule }”
why-own-gift = A gift of your shop
why-partners = Your agreement with { $shop }; { $share }
why-points = Pooled points, { $price } each; { $share }
why-network = Network credit; every shop accepts it
why-wallet = The customer's wallet; every shop accepts it
why-share = up to { $percent }% of a purchase
why-share-whole = up to the whole purchase
