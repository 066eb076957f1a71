"""Text: languages, digits, normalising, identifiers of the Iranian market, and the catalogue.

Import from the submodules; nothing is re-exported here, so that a low one (digits) can be used
by modules that the catalogue itself stands on.
"""
