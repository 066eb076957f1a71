"""Pools of points, the shared fund, settlement, and the member's view of what they hold."""
