## Where branches are, and who is near

places-of = Where { $branch } is
places-title = Where branches are
places-lead = With a branch’s place known you can make an offer that holds for members near it alone.
places-branch = Branch
places-state = Place
places-known = On the map
places-unknown = Not given
places-radius = Near is within
    .help = Metres, from 100 to 20,000. Who is further away doesn’t count as near.
places-empty = You have no branch yet
    .detail = The first branch is made along with the first terminal.
places-one-lead = If you are in this branch, press the button; else type the two numbers from a map.
places-here = Where I am now
places-not-told = The browser didn’t tell where you are. Allow it in the browser’s settings and press again.
places-latitude = Latitude
    .help = Such as 35.7219
places-longitude = Longitude
    .help = Such as 51.3347
places-keep = Keep
places-kept = The branch’s place is kept. Now use the distance to the nearest branch in an offer.
places-remove = Remove the place
places-removed = The branch has no place now; nobody counts as near it.
places-restored = The branch is where it was.
field-bad_degrees = Write a number from 0 to { $maximum }, such as 35.7219.
near-title = Near me
near-lead = Offers that hold for members near a branch alone.
near-ask = Say once where you are
near-means = When you press the button, the browser sends roughly where you are (to a hundred metres) once. The place itself isn’t kept; only which branch you are near to and how far, and that for { $minutes } minutes. Shops whose customer you are can know in that time that you are near.
near-send = Send where I am, once
near-no-script = This needs the browser’s JavaScript.
near-unknown = Where you are could not be read. Press the button again.
near-noted = { $count ->
        [one] You are near { $count } shop.
       *[other] You are near { $count } shops.
    }
near-nothing = You are not near any branch now.
near-forget = Forget that I am near
near-forgotten = Forgotten. No shop knows that you are near.
near-within = within { $metres } m
near-until = counts at the till until
near-no-offers = This shop has no offer for who is near now.
