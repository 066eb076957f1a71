"""How each shop does beside its own past: idle, offline, unusual; each with its next step."""
