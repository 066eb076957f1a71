## Groups

groups-title = Groups
groups-lead = Groups that rules and offers call by name: kept by hand or by a condition, as many as you like.
groups-new = New group
groups-build = Name the group. With a condition it fills itself; without one you put customers in.
groups-name = Name of the group
groups-kind = Kind
groups-automatic = automatic
groups-by-hand = by hand
    .lead = You put customers into this group and take them out.
groups-follows = Automatic: when { $sentence }.
groups-condition = Condition of an automatic group
    .help = Each customer is measured at each purchase, and all of them every night.
groups-make = Make the group
groups-made = Group “{ $name }” is made.
groups-empty = No groups yet
    .detail = For example “colleagues”, “our neighbourhood” or “bulk buyers”.
groups-who = The customer's mobile or member number
    .help = Only someone who is your shop's customer.
groups-add = Put into the group
groups-remove = Take out
groups-added = The customer is in the group.
groups-removed = The customer is out of the group.
groups-nobody = Nobody is in this group
    .detail = An automatic group fills with new purchases; put customers into one kept by hand.
groups-drop = Delete
    .title = Delete the group “{ $name }”?
    .means = It has { $count } of your customers; they leave it, and rules that name it no longer hold for them.
groups-dropped = Group “{ $name }” is deleted.

field-not_your_customer = You have no customer with this mobile or number; check it.
error-group_is_automatic = This group is automatic
    .detail = Its condition chooses its customers. To choose by hand, make another group.
