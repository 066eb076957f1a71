"""What can be known of a person beyond name, mobile and birthday.

The same facts are kept twice, in rows of different owners: what the member says of themselves
(`members.profile`), and what a shop knows of its customer (`merchants.customer_profile`).
"""

from datetime import date
from typing import Final

from sqlalchemy import Date
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

GENDERS: Final = ("female", "male")
MARITAL_STATES: Final = ("single", "married")


class PersonalFacts:
    """The columns. Every fact may be unknown."""

    gender: Mapped[str | None]  # one of GENDERS
    father_name: Mapped[str | None]
    national_id: Mapped[str | None]  # کد ملی, 10 digits, checked
    email: Mapped[str | None]
    job: Mapped[str | None]
    guild: Mapped[str | None]  # صنف
    weight_grams: Mapped[int | None]
    favourite_colour: Mapped[str | None]
    marital_status: Mapped[str | None]  # one of MARITAL_STATES
    wedding_date: Mapped[date | None]
    children: Mapped[list[date] | None] = mapped_column(ARRAY(Date()))  # birthdays, eldest first
    province: Mapped[str | None]
    city: Mapped[str | None]
    district: Mapped[str | None]
    neighbourhood: Mapped[str | None]
    address: Mapped[str | None]
    postal_code: Mapped[str | None]
    home_phone: Mapped[str | None]
    work_phone: Mapped[str | None]


FACTS: Final = (
    "gender",
    "father_name",
    "national_id",
    "email",
    "job",
    "guild",
    "weight_grams",
    "favourite_colour",
    "marital_status",
    "wedding_date",
    "children",
    "province",
    "city",
    "district",
    "neighbourhood",
    "address",
    "postal_code",
    "home_phone",
    "work_phone",
)
"""Their names, in the order in which people are asked for them."""
