"""How many members a mall's plan allows; without a quota nothing is counted."""
