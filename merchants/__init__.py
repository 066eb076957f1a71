"""Shops: places, catalogue, rules, customers, purchases, the till and the merchant portal."""
