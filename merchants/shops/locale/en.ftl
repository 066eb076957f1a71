## Terminals

terminals-title = Terminals
terminals-lead = Card readers and tills that record purchases with a key of their own
terminals-add = New terminal
terminals-name = Name of the terminal
    .help = One that you recognise, such as “Reader by the door”.
terminals-main = Main branch
terminals-key = Key
terminals-live = Live
terminals-dead = No key
terminals-used = Last used
terminals-acts = Actions
terminals-rename = Rename
terminals-renew = New key
terminals-renew-title = A new key for “{ $name }”
terminals-renew-means = The present key ends, and the terminal records no purchases until it has the new one.
terminals-revoke = Revoke key
terminals-revoke-title = Revoke the key of “{ $name }”?
terminals-revoke-means = This terminal records no more purchases, and this key never comes back: somebody else may have it. Past purchases stay, and you can make a new key at any time.
terminals-revoked = The terminal’s key is revoked.
terminals-saved = The terminal's name is saved.
terminals-key-of = Key of “{ $name }”
terminals-key-once = Enter this key in the terminal now; it is not shown again.
terminals-empty = No terminals yet
    .detail = Define one and enter its key in the card reader or till software.
