## Trial shop

menu-shop-trial = Sample shop
permission-trial-try = Sample shop
trial-title = Sample shop
trial-lead = See your own shop with made-up customers and sales, and try anything.
trial-what = What you will see
trial-has-people = Twelve made-up customers with what they bought
trial-has-sales = A month of sales, goods, and the usual offers of your trade
trial-has-till = A till where you can sell whatever you like
trial-has-apart = Apart from the real shop: in no books, fund or reports, and nobody gets a message
trial-begin = Make the sample and go in
trial-enter = Go into the sample
trial-clear = Clear the sample
trial-since = Made
trial-cleared = The sample is cleared. This is your real shop.
trial-owner = Sample owner
trial-mall-name = Sample of { $mall }
trial-goods =
    Canvas bag
    Comfortable shoes
    Cotton scarf
    Linen shirt
    Leather belt
    Light jacket
trial-people =
    Narges Sample
    Reza Sample
    Mina Sample
    Saman Sample
    Laleh Sample
    Kaveh Sample
    Parisa Sample
    Arash Sample
    Sara Sample
    Bahram Sample
    Niloufar Sample
    Farhad Sample
