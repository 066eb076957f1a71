"""The member's own word for what is spent of theirs, as purchases need it: above a limit that the
shop sets, nothing is spent without it. Asking for it and answering: `merchants/approving`.
"""
