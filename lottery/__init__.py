"""Lotteries, chances, prizes, festivals. Empty until its issue: nothing is plugged in yet."""
