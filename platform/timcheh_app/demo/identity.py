"""Iranian identifiers with right check digits, for people and firms that don't exist."""

import random

# Bank codes of a Sheba (digits 5 to 7) as the Central Bank gives them.
_BANKS = ("012", "015", "017", "018", "019", "054", "056", "057", "060", "061", "062")
# Area codes of a national id: Tehran and the towns around it.
_AREAS = ("001", "002", "003", "004", "005", "006", "007", "008", "032", "048", "049", "053")
_PREFIXES = ("0912", "0919", "0910", "0921", "0922", "0930", "0935", "0936", "0937", "0939", "0990")
_COMPANY_WEIGHTS = (29, 27, 23, 19, 17)


def national_id(rng: random.Random) -> str:
    """A person's کد ملی: 9 digits and the check digit Σ d[i]·(10−i) mod 11."""
    while True:
        body = rng.choice(_AREAS) + f"{rng.randrange(10**6):06d}"
        rest = sum(int(digit) * (10 - place) for place, digit in enumerate(body)) % 11
        number = body + str(rest if rest < 2 else 11 - rest)
        if len(set(number)) > 1:
            return number


def company_id(rng: random.Random) -> str:
    """A company's شناسه ملی: 10 digits and a check digit with the weights 29, 27, 23, 19, 17."""
    body = f"10{rng.randrange(10**6, 10**7):07d}{rng.randrange(10)}"
    shift = int(body[9]) + 2
    rest = sum((shift + int(d)) * _COMPANY_WEIGHTS[i % 5] for i, d in enumerate(body)) % 11
    return body + str(0 if rest == 10 else rest)


def sheba(rng: random.Random) -> str:
    """An Iranian IBAN: `IR`, two check digits (ISO 13616, mod 97), bank, 19 digits of account."""
    account = rng.choice(_BANKS) + f"{rng.randrange(10**12):019d}"
    check = 98 - int(account + "182700") % 97  # I=18, R=27, then 00
    return f"IR{check:02d}{account}"


def mobile(rng: random.Random) -> str:
    """`09` and nine digits."""
    return rng.choice(_PREFIXES) + f"{rng.randrange(10**6, 10**7):07d}"


def postal_code(rng: random.Random) -> str:
    """Ten digits of Tehran (first digit 1), never with a leading zero."""
    return f"1{rng.randrange(4, 10)}{rng.randrange(10**8):08d}"
