"""Inviting a friend to the club: the host's page, and the one that the friend comes to."""
