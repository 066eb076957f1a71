"""Value lots, scopes, and double-entry postings. See `docs/ledger.md` for accounts and signs.

`postings` writes (through SQL functions, the only writers there are), `queries` reads.
"""
