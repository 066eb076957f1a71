## Offers that a member has marked, or activated

offer-act-wish = Remind me
offer-act-unwish = Marked; take it away
offer-act-activate = Activate
offer-act-deactivate = I changed my mind
offer-said-wish = Marked: the till sees it, and we remind you before it ends.
offer-said-unwish = The mark is gone.
offer-said-activate = Active: it counts from your next purchase on, and we remind you before it ends.
offer-said-deactivate = No longer active: it doesn't count from your next purchase on. What you got stays.
offer-active = Active
    .note = It counts from your next purchase on, until you say otherwise.
offer-inactive = You only get it if you activate it.
wish-badge = Marked by the customer
till-wishes = { $count } marked offers
message-wish-ends = { $shop }: the offer “{ $offer }” that you wanted holds until the end of { $day }.
