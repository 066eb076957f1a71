"""After an offer is published: who took it, and what it truly added."""
