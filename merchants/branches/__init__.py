"""A shop's places: what each sells, who works there, with which tills; opening, naming, closing."""
