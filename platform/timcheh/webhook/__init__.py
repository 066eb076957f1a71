"""Webhooks: telling the outside what has happened."""
