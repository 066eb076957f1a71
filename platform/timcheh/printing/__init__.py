"""Printed matter: HTML as PDF."""

from timcheh.printing.pdf import pdf
from timcheh.printing.roll import roll

__all__ = ["pdf", "roll"]
