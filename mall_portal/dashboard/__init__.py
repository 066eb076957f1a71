"""The network in numbers: sums of days, kept; what the administrators see of them."""
