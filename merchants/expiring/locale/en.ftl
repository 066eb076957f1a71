## Value that is about to expire

message-value-expires = { $mall }: your { $what } will expire, the first on { $day }. Spend it at { $where }.
value-expires-everywhere = every shop of { $mall }
value-expires-more = { $shop } and { $count } other shops
selling-reminders = Reminders before expiry
selling-reminders-means = How many days before what you gave expires its member gets a message.
selling-reminder-days = Days
    .help = Separate days by commas, such as “7, 1”. Empty: no reminders.
