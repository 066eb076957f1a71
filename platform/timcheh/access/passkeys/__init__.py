"""Passkeys (WebAuthn): key pairs that people's devices keep, and unlock for our address only."""
