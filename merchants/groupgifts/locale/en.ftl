## Gifts to groups

gifting-tab-groups = Gifts to groups
groupgift-title = Gifts to groups
groupgift-lead = Gift credit for every customer of a group, spendable only in the days that you name.
groupgift-group = Group
groupgift-state = State
groupgift-amount = For each
groupgift-people = Customers
groupgift-until = Last day
    .help = Such as 1405/01/15. It is spendable until the end of that day, then it is gone.
groupgift-of = { $part } of { $whole }
groupgift-to-whom = To which group?
groupgift-give = Give a gift
groupgift-give-to = Give a gift to the group “{ $name }”
groupgift-no-groups = You have no groups yet
    .detail = Make a group first; then all of its customers can be given a gift at once.
groupgift-new = A gift to the group “{ $name }”
groupgift-new-lead = { $count ->
        [one] This group has { $count } customer now. Before anything is given you see for how many and at what cost.
       *[other] This group has { $count } customers now. Before anything is given you see for how many and at what cost.
    }
groupgift-each = For each customer
groupgift-reason = What for
    .help = The customer sees this on the phone, such as “New year’s gift”.
groupgift-from = From
    .help = Such as 1405/01/01; empty: from now on.
groupgift-where = Where it is spent
groupgift-budget = Your budget
    .help = If the cost is above it you are warned before anything is given.
groupgift-tells = Send each of them a text message
    .help = It tells of credit that is theirs; you see the text and what the messages cost before you give it.
groupgift-message = The text message that each gets
groupgift-message-cost = All messages cost { $cost }
message-group-gift = { $shop }: { $amount } of credit is yours (“{ $reason }”); spend it { $begun ->
    [yes] until { $until }
   *[no] from { $from } to { $until }
}.
groupgift-count = Count and price it
groupgift-to = For the group “{ $name }”
groupgift-cost = In all
groupgift-paid = Given
groupgift-given = Progress
groupgift-not-yet = Nothing has been given yet. These very customers will get it, even if the group changes until then.
groupgift-over-budget = This gift is { $over } above your budget ({ $budget }). Make the amount or the group smaller, or go on knowingly.
groupgift-short = Your deposit and credit limit have no room for { $short } of this gift. Raise the deposit first, or give it for your own shop only; otherwise it stops half-way.
groupgift-begin = Give it
groupgift-go-on = Go on giving
groupgift-begin-means = { $count } customers get the gift, and your credit in circulation grows by { $cost }. What is given is not taken back.
groupgift-begun = The gift is being given.
groupgift-again = Change the gift
groupgift-drop = Forget it
groupgift-dropped = The draft is forgotten.
groupgift-stopped-limit_exceeded = It stopped half-way because your deposit and credit limit are used up. Go on after raising the deposit; nobody gets it twice.
groupgift-stopped-group_gift_over = Its last day has passed, and the rest was not given. Make a new gift.
groupgift-stopped-otherwise = It stopped half-way. Go on; nobody gets it twice.
state-giving = Being given
field-group_empty = Nobody is in this group. Add customers first.
error-group_gift_moved = This gift is in another state now
    .detail = Load the page again to see where it stands.
error-group_gift_over = The last day of this gift has passed
    .detail = Make a new gift with a later last day.
