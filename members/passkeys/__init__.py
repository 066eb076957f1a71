"""A member's passkeys, on the phone."""
