"""The second factor of staff: after the password a passkey, an app's code or a recovery code."""
