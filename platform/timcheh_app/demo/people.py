"""Households become members: one person each, Persian, the same for the same seed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from timcheh_app.demo import identity
from timcheh_app.demo.seeded import generator

# Households differ little in where they live: the mall stands in the west of Tehran.
NEIGHBOURHOODS = (
    "پونک",
    "جنت‌آباد شمالی",
    "جنت‌آباد جنوبی",
    "شهران",
    "سعادت‌آباد",
    "شهرک غرب",
    "مرزداران",
    "گیشا",
    "ستارخان",
    "صادقیه",
    "اکباتان",
    "تهرانسر",
    "چیتگر",
    "شهرک گلستان",
    "پیکان‌شهر",
    "باغ فیض",
    "حصارک",
    "شهرزیبا",
)
# Faker's first names are those of today's children; people born before 1360 are called otherwise.
_ELDER = {
    "male": (
        "محمود",
        "اصغر",
        "اکبر",
        "حسن",
        "منصور",
        "بهرام",
        "ناصر",
        "جمشید",
        "فرهاد",
        "هوشنگ",
        "مجید",
        "مسعود",
        "سیاوش",
        "غلامرضا",
        "داریوش",
        "خسرو",
        "رحیم",
        "نادر",
        "کیومرث",
        "بیژن",
        "شهرام",
        "محسن",
        "حمید",
        "جواد",
        "منوچهر",
        "پرویز",
    ),
    "female": (
        "پروین",
        "ناهید",
        "مهین",
        "شهلا",
        "فرشته",
        "زهره",
        "اعظم",
        "منیژه",
        "سیمین",
        "پریسا",
        "نسرین",
        "شهناز",
        "طاهره",
        "فریده",
        "مینا",
        "گیتی",
        "سهیلا",
        "مژگان",
        "افسانه",
        "معصومه",
        "اکرم",
        "لیلا",
        "صدیقه",
        "ژیلا",
        "فروغ",
        "شیرین",
    ),
}
_ELDER_BORN_BEFORE = 1981
# The bands of the data in years; who didn't tell gets one of them.
_BANDS = {
    "19-24": (19, 24),
    "25-34": (25, 34),
    "35-44": (35, 44),
    "45-54": (45, 54),
    "55-64": (55, 64),
    "65+": (65, 82),
}
_UNTOLD = ("25-34", "35-44", "35-44", "45-54", "45-54", "55-64", "19-24", "65+")
# Faker writes some names with Arabic letters and some compounds with a space.
_ARABIC = str.maketrans({"ي": "ی", "ك": "ک", "‌": None})
_JOINED = re.compile(r" (پور|زاده)$")
_HALF_SPACED = re.compile(r"^(علی|فاطمه|نازنین) (?=\S+)")
_RESPELT = {
    "علی رضا": "علیرضا",
    "محمد طاها": "محمدطاها",
    "محمد مهدی": "محمدمهدی",
    "فاطمیاسارینا": "فاطیما",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A member to be. `mobile` is unique within one call of `members`."""

    household_id: int
    first_name: str
    last_name: str
    gender: Literal["male", "female"]
    mobile: str
    birth_date: date
    neighbourhood: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


def members(
    households: Iterable[int], ages: dict[int, str], today: date, seed: int
) -> dict[int, Person]:
    """A person for every household. A household's person doesn't depend on the other ones, but
    for a mobile that two would share: the later of the two ids gets the next number drawn."""
    names = _Names()
    taken: set[str] = set()
    people = {}
    for household in sorted(households):
        rng = generator(seed, "person", household)
        low, high = _BANDS[ages.get(household) or rng.choice(_UNTOLD)]
        born = today - timedelta(days=rng.randint(low * 365 + 5, (high + 1) * 365))
        gender: Literal["male", "female"] = "female" if rng.random() < 0.58 else "male"
        first, last = names.draw(gender, born, rng.getrandbits(32))
        mobile = identity.mobile(rng)
        while mobile in taken:
            mobile = identity.mobile(rng)
        taken.add(mobile)
        people[household] = Person(
            household, first, last, gender, mobile, born, rng.choice(NEIGHBOURHOODS)
        )
    return people


class _Names:
    """Faker's Persian provider, its spelling put right."""

    def __init__(self) -> None:
        from faker import Faker

        self._faker = Faker("fa_IR", use_weighting=False)

    def draw(self, gender: str, born: date, seed: int) -> tuple[str, str]:
        self._faker.seed_instance(seed)
        last = tidy(self._faker.last_name())
        if born.year < _ELDER_BORN_BEFORE:
            elders = _ELDER[gender]
            return elders[seed % len(elders)], last
        male = gender == "male"
        first = self._faker.first_name_male() if male else self._faker.first_name_female()
        return tidy(first), last


def tidy(name: str) -> str:
    """Persian letters, compounds as Persian writes them: «محمد پور» → «محمدپور»."""
    name = name.translate(_ARABIC).strip()
    name = _RESPELT.get(name, name)
    name = _JOINED.sub(r"\1", name)
    return _HALF_SPACED.sub("\\1\u200c", name)
