"""Offers for those who activate them: in the club, or at the till at their word."""
