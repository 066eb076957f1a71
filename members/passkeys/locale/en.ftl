### A member's passkeys. Keep the ids and variables the same as in fa.ftl.

club-me-passkeys = Signing in
    .detail = By fingerprint, face or screen lock instead of a text message
passkeys-title = Signing in
passkeys-lead = The ways in which you come into the club.
passkeys-code = Code by text message
    .detail = Always works
passkeys-made = Since { $day }
passkeys-used = last used:
passkeys-unused = not used yet
passkeys-remove = Remove
passkeys-remove-named = Remove the passkey { $name }
passkeys-remove-ask = Remove the passkey “{ $name }”?
passkeys-remove-means = It will open nothing any more. The code by text message stays. You can delete the passkey itself in your device’s settings, too.
passkeys-removed = The passkey “{ $name }” was removed.
passkeys-add = A passkey for this device
passkeys-add-means = With a passkey you sign in without a text message, by the lock of your device (fingerprint, face or PIN). Your fingerprint and face never leave the device.
passkeys-add-verb = Add a passkey
passkeys-name = Name of this device
passkeys-added = The passkey “{ $name }” was added. Sign in with it next time.
passkeys-full = There can be no more passkeys. Remove one to add another.
passkeys-nowhere = Passkeys work at a safe address (https) only. For now you sign in with a code by text message.
passkeys-tell = Sign in without a text message next time
    .detail = By fingerprint, face or the lock of this phone.
passkeys-later = No, thanks
copy-section-passkeys = Passkeys
message-passkey-added = { $mall }: the passkey “{ $name }” was added to your account. If that was not you, remove it: { $link }
