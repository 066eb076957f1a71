"""Printed matter: HTML as PDF, and long runs of it made in parts by a job."""

from timcheh.printing.pdf import pdf
from timcheh.printing.pictures import inline_picture, read_picture
from timcheh.printing.roll import roll
from timcheh.printing.runs import part_of, parts_of, plan_parts, print_waiting, read_part

__all__ = [
    "inline_picture",
    "part_of",
    "parts_of",
    "pdf",
    "plan_parts",
    "print_waiting",
    "read_part",
    "read_picture",
    "roll",
]
