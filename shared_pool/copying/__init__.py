"""A member's own copy of what is kept of them: one file, for a machine and for a person."""
