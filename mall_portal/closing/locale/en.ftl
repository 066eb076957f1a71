## Suspending and closing a shop

closing-title = Suspend or close { $shop }
closing-lead = See first what becomes of the members' credit.
closing-out = Credit that is out in this shop's name
closing-kind = Kind
closing-amount = Left
closing-holders = Holders
closing-if-suspended = If suspended
closing-if-closed = If closed
closing-scope-own = Own credit
closing-scope-own-points = Own points
closing-scope-partners = Credit at partners
closing-scope-network = Network credit
closing-scope-pool = Pooled points
closing-scope-wallet = Wallet
closing-elsewhere = { $count ->
    [one] Still spent in { $count } other shop.
   *[other] Still spent in { $count } other shops.
}
closing-nowhere = Spent nowhere until the shop is back; its days run on.
closing-own-then = { $count ->
    [one] From then on spent in { $count } other shop and settled through the fund.
   *[other] From then on spent in { $count } other shops and settled through the fund.
}
closing-points-then = Spent nowhere any more; own points have no value in rial.
closing-stays = Spent where it was.
closing-position =
    .note = Settled after closing too
closing-waiting = Purchases to be confirmed
    .note = Hold credit for two minutes at most
closing-none = No credit is out
    .detail = No member has credit or points of this shop.
closing-covered = Collateral and limit cover the members' own credit.
closing-not-covered = Collateral and limit don't cover the members' own credit. Take collateral or raise the limit before closing.
closing-verb = Close the shop
closing-sure = Close { $shop }?
closing-consequence = The shop sells no more. Members keep what they have and spend own credit in the other shops; its cost is settled with this shop through the fund.
closing-suspend-consequence = The shop records no purchase and gives no credit. Credit at partners and network credit can be spent in other shops; own credit waits until the shop is back.
closing-closed = The shop is closed. The members' credit is where it was.
error-shop_purchases_open = A purchase is waiting
    .detail = A purchase isn't confirmed yet and holds a member's credit. Try again in two minutes.
error-shop_not_covered = Not covered
    .detail = Collateral and limit don't cover the members' own credit. Take collateral or raise the limit.
error-shop_closed = This shop is closed
    .detail = Open it again to sell.
