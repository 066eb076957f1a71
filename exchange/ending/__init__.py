"""Agreements that end soon: both shops are told in time."""
