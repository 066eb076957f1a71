"""A shop's own surveys: built from questions, answered on the phone, told as figures."""
