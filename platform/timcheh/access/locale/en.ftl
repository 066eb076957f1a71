### Sign-in and access, English. Keep the ids and variables the same as in fa.ftl.

error-wrong_key_kind = Another kind of key is needed
    .detail = This can't be done with this kind of key. Send the mall's, the shop's or the terminal's, as the address needs.
error-missing_permission = Not permitted
    .detail = Your role does not include this. Ask your manager to grant it.
error-sign_in_failed = Sign-in failed
    .detail = The mobile number or the password is not right. Check both.
error-code_wrong = The code is not right
    .detail = The code is wrong or too old. Type it again, or ask for a new one.
error-too_many_sign_ins = Too many attempts
    .detail = { $retry_after ->
        [one] For safety, sign-in is closed for a moment. Try again in { $retry_after } second.
       *[other] For safety, sign-in is closed for a moment. Try again in { $retry_after } seconds.
    }
error-passkey_refused = The passkey was not accepted
    .detail = This passkey is not known here; perhaps you have removed it. Sign in another way, and add it again if you like.
error-passkey_late = Too late
    .detail = The request for a passkey has grown old. Try again.
error-passkeys_full = No room for another passkey
    .detail = One person may have { $most } passkeys. Remove one that you no longer use.
error-mobile_taken = This mobile has an account
    .detail = There is an account with this mobile number. Use it, or give another number.
error-role_held = This role is held already
    .detail = The person has this role in this place. Choose another one.

field-password_short = { $minimum ->
    [one] Use at least { $minimum } character.
   *[other] Use at least { $minimum } characters.
}
field-password_long = { $maximum ->
    [one] Use at most { $maximum } character.
   *[other] Use at most { $maximum } characters.
}

## Roles

role-administrator = Mall administrator
role-owner = Shop owner
role-manager = Shop manager
role-cashier = Cashier
role-accountant = Accountant

## Permissions

permission-keys-manage = Keys of programs
permission-staff-manage = Staff and roles
permission-audit-read = Activity log
permission-webhooks-manage = Webhooks
permission-shop_keys-manage = The shop's keys
permission-shop_staff-manage = The shop's staff
permission-shop_audit-read = The shop's activity log
permission-shop_webhooks-manage = The shop's webhooks
field-second_factor_wrong = The code is not right, or was used before. Type the app’s newest code, or another recovery code.
field-password_wrong = The password is not right.
message-second-factor-reset = { $mall }: { $by } has taken your two-step sign-in away. Sign in with your password now and turn it on again: { $link }
field-passwords_differ = The two passwords differ; write them again.

## Inviting staff

message-staff-invited = { $mall }: you are { $role } of “{ $shop }”. Choose your password by { $day } here: { $link }
message-staff-added = { $mall }: you are { $role } of “{ $shop }” too. Sign in with this mobile and your password: { $link }
