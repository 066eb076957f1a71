"""Discounts that whoever sells gives of their own accord, within what the shop allows them."""
