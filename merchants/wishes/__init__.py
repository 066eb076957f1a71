"""Offers that members have marked: first on their phone, told at the till, reminded of."""
