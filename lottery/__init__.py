"""Lotteries, chances, prizes, festivals. Nothing is plugged in yet."""
