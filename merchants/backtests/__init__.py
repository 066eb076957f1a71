"""Before an offer is published: what it would have cost on the shop's own past sales."""
