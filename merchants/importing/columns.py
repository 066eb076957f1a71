"""What a column of an imported file can be, and guessing it from its heading."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from members.facade import FACTS
from merchants.profiles.models import CustomField
from timcheh.text.normalise import search_key

MOBILE: Final = "mobile"
NAMES: Final = ("name", "first_name", "last_name")
BALANCES: Final = ("credit", "points")
COLUMNS: Final = (MOBILE, *NAMES, "birthday", *FACTS, "note", "consent", *BALANCES)
"""Codes, in the order in which they are offered; a shop's own field is `custom:<id>`."""

_HEADINGS: Final[Mapping[str, str]] = {
    "mobile": "موبایل، شماره موبایل، تلفن همراه، همراه، شماره همراه، شماره تماس، mobile, cell, "
    "mobile number, cellphone, phone number",
    "name": "نام و نام خانوادگی، نام کامل، نام مشتری، مشتری، نام عضو، name, full name, customer, "
    "customer name",
    "first_name": "نام، اسم، نام کوچک، first name, firstname, given name",
    "last_name": "نام خانوادگی، فامیل، فامیلی، شهرت، last name, lastname, surname, family",
    "birthday": "تولد، تاریخ تولد، روز تولد، birthday, birth date, date of birth, dob",
    "gender": "جنسیت، جنس، gender, sex",
    "father_name": "نام پدر، father, father name",
    "national_id": "کد ملی، کدملی، شماره ملی، national id, national code",
    "email": "ایمیل، پست الکترونیک، رایانامه، email, e-mail",
    "job": "شغل، حرفه، job, occupation",
    "guild": "صنف، رسته، guild, trade",
    "weight_grams": "وزن، وزن (کیلوگرم)، weight",
    "favourite_colour": "رنگ، رنگ مورد علاقه، favourite colour, favorite color",
    "marital_status": "تأهل، وضعیت تأهل، وضعیت تاهل، marital status",
    "wedding_date": "تاریخ ازدواج، ازدواج، سالگرد ازدواج، wedding date, anniversary",
    "children": "تولد فرزندان، تاریخ تولد فرزندان، فرزندان، children, children birthdays",
    "province": "استان، province, state",
    "city": "شهر، city, town",
    "district": "منطقه، بخش، district",
    "neighbourhood": "محله، neighbourhood, neighborhood",
    "address": "نشانی، آدرس، address",
    "postal_code": "کد پستی، کدپستی، postal code, zip",
    "home_phone": "تلفن، تلفن منزل، تلفن ثابت، home phone, phone",
    "work_phone": "تلفن محل کار، تلفن کار، work phone",
    "note": "توضیحات، توضیح، یادداشت، متن دلخواه، note, notes, description",
    "consent": "رضایت پیامک، رضایت، پیامک تبلیغاتی، consent, opt in, marketing consent",
    "credit": "اعتبار، مانده اعتبار، موجودی، اعتبار اولیه، credit, balance",
    "points": "امتیاز، مانده امتیاز، امتیازها، points",
}
_GUESSES: Final[Mapping[str, str]] = {
    search_key(heading): code
    for code, headings in _HEADINGS.items()
    for heading in headings.replace("،", ",").split(",")
}


def custom_code(field_id: UUID) -> str:
    """The code of a column that fills one of the shop's own fields."""
    return f"custom:{field_id}"


def guess(
    headings: Sequence[str], remembered: Mapping[str, str], fields: Sequence[CustomField]
) -> list[str]:
    """A code for each heading, empty where it says nothing to us. Each code once, the first
    heading that means it. What the shop has said before comes before what headings usually mean."""
    own = {search_key(field.label): custom_code(field.id) for field in fields}
    codes: list[str] = []
    for heading in headings:
        key = search_key(heading)
        code = remembered.get(key, own.get(key, _GUESSES.get(key, "")))
        known = code in COLUMNS or code in own.values()
        codes.append(code if known and code not in codes else "")
    return codes
