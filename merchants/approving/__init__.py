"""Asking a member to approve spending, by a code or on their phone, and taking their answer."""
