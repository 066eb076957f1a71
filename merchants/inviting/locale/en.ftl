## Inviting a friend

club-me-invite = Invite friends
    .detail = Your invitation, and the friends who came
invite-title = Invite friends
invite-lead = Send the link to a friend, or let them scan the code from your phone.
invite-address = Your invitation link
invite-qr = Your invitation code
invite-send = Send the invitation
invite-copy = Copy the link
invite-copied = The link is copied.
invite-words = Join me in the club of { $mall }.
invite-gets = What you get
invite-host-gets = You: { $amount } credit of this shop
invite-friend-gets = Your friend: { $amount } credit of this shop
invite-host-shares = You: a share of each purchase of your friend
invite-minimum = for a purchase of { $amount } or more
invite-when = The gift comes with your friend's first purchase at that shop.
invite-gets-none = No shop gives anything for invitations now; your friend can still join by your link.
invite-came = Who has come
invite-brought = So far your friends' purchases brought you
invite-friend = A friend
invite-came-on = came on { $day }
invite-bought = has bought
invite-not-yet = hasn't bought yet
invite-nobody = Nobody has come yet
    .detail = Send the first invitation now.
invite-nobody-opened = { $count ->
        [one] Your link was opened { $count } time.
       *[other] Your link was opened { $count } times.
    }
invite-come-title = Join the club of { $mall }
invite-come-by = { $host } invites you to the club of { $mall }
invite-come-lead = Your mobile is enough: you get credit with every purchase and spend it in the shops of the mall.
invite-come-gift = A gift with your first purchase
invite-come-gift-at = { $amount } credit at { $shop }
invite-come-seen = Your friend sees your first name and whether you have bought; nothing else.
invite-welcome = Welcome. The gift for coming by invitation is yours with your first purchase.
invite-known = You were a member already; welcome.
