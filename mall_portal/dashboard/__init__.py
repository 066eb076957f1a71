"""The network's board: what the mall's administrators see first."""
