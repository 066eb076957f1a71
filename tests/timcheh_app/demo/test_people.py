"""Members made of households."""

import re
from datetime import date

import pytest

from timcheh_app.demo import people, source

TODAY = date(2026, 11, 21)
HOUSEHOLDS = range(1, 400)


@pytest.fixture(scope="module")
def everyone() -> dict[int, people.Person]:
    return people.members(HOUSEHOLDS, source.ages(), TODAY, 1404)


def test_the_same_seed_gives_the_same_people(everyone: dict[int, people.Person]) -> None:
    assert people.members(HOUSEHOLDS, source.ages(), TODAY, 1404) == everyone
    other = people.members(HOUSEHOLDS, source.ages(), TODAY, 1405)
    assert {p.mobile for p in other.values()} != {p.mobile for p in everyone.values()}


def test_mobiles_are_valid_and_nobody_shares_one(everyone: dict[int, people.Person]) -> None:
    mobiles = [person.mobile for person in everyone.values()]
    assert all(re.fullmatch(r"09\d{9}", mobile) for mobile in mobiles)
    assert len(set(mobiles)) == len(mobiles) == len(HOUSEHOLDS)


def test_ages_are_those_of_the_data(everyone: dict[int, people.Person]) -> None:
    told = source.ages()
    assert {"19-24", "65+"} <= set(told.values())
    for household, person in everyone.items():
        years = (TODAY - person.birth_date).days / 365.25
        assert 18.9 < years < 83.1
        if told.get(household) == "45-54":
            assert 44.9 < years < 55.1


def test_names_are_spelled_as_persian_spells_them(everyone: dict[int, people.Person]) -> None:
    for person in everyone.values():
        assert re.fullmatch(r"[ء-غف-يپچژکگی\u200c ]+", person.name)
        assert not re.search("[يك]", person.name)
        assert "  " not in person.name
    assert people.tidy("محمد پور") == "محمدپور"
    assert people.tidy("اميرعلي") == "امیرعلی"
    assert people.tidy("علی اصغر") == "علی\u200cاصغر"
    assert people.tidy("علی رضا") == "علیرضا"
