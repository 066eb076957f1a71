## Offers that a member has marked

wish-mark = Remind me
wish-unmark = Marked; take the mark away
wish-marked = Marked: the till shows it, and we remind you before it ends.
wish-unmarked = The mark is gone.
wish-badge = Marked by the customer
till-wishes = { $count } marked offers
message-wish-ends = { $shop }: the offer “{ $offer }” that you marked holds until the end of { $day }.
