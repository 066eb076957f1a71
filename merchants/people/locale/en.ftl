## The shop's staff

menu-shop-staff = Staff

staff-title = Staff
staff-lead = Who works for your shop, in which branch, and what they may do.
staff-people = Your people
staff-you = You
staff-invited-only = Not here yet
staff-whole-shop = The whole shop
staff-invite = Invite somebody
staff-mobile = Mobile
    .help = The link to come in is sent to this number.
staff-name = Full name
staff-role = Role
staff-place = Where
staff-send = Send the invitation
staff-send-again = Send the invitation again
staff-invited = An invitation was sent to { $name }.
staff-not-come = They have not chosen a password yet. The link works for seven days.
staff-roles = Roles
staff-own = Your own roles are changed by another owner.
staff-withdraw = Withdraw
staff-withdraw-title = Withdraw the role of { $role }?
staff-withdraw-means = From this moment { $name } can do nothing in this role. You can give it again at any time.
staff-role-withdrawn = The role was withdrawn from { $name }.
staff-role-given = The new role holds.
staff-give = Another role
staff-give-verb = Give the role
staff-means-owner = Everything, agreements with partners and giving roles included
staff-means-manager = Sales, customers, offers, goods and reports; invites cashiers and accountants
staff-means-cashier = Sells, takes goods back and sees purchases; does not see the list of customers
staff-means-accountant = Reports, purchases and accounts; does not sell
staff-second-means = Who has lost phone and recovery codes signs in with the password once you take this away, and turns it on again.
staff-second-verb = Take two-step sign-in away
staff-second-ask = Take two-step sign-in away from { $name }?
staff-second-then = Make sure first that it is they who ask. They are signed out everywhere and told by text message, and it stays in the activity log.
staff-second-other = They work elsewhere, too, so only the mall’s administrator can take it away.
staff-second-reset = Two-step sign-in was taken away from { $name }.

error-role_beyond_yours = This role is not yours to give
    .detail = Owners and managers are made and withdrawn by an owner only, and everyone acts in their own branches only. Ask the owner.
error-own_role = Your own role stays
    .detail = Everyone's roles are changed by somebody else, so that a shop never loses its owner. Ask another owner.
