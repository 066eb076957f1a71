"""What answers come to, against what a person would count by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchants.surveys.figures import Tally
from merchants.surveys.questions import (
    Question,
    read_answers,
    read_question,
    words_of,
)
from tests.hypotheses import sized
from timcheh.errors import Invalid

pytestmark = pytest.mark.feature("survey.custom")
ONE = Question("1", "one", "کدام شعبه؟", choices=("مرکزی", "شمال"))
MANY = Question("2", "many", "چه خریدید؟", required=False, choices=("گل", "خاک", "گلدان"))
SCALE = Question("3", "scale", "برخورد همکاران؟")
NPS = Question("4", "nps", "ما را پیشنهاد می‌کنید؟", required=False)
WORDS = Question("5", "text", "چه کنیم بهتر شویم؟", required=False)
ALL = (ONE, MANY, SCALE, NPS, WORDS)


def test_answers_are_read_as_they_were_asked() -> None:
    typed = {
        "q-1": "1",
        "q-2-0": "yes",
        "q-2-2": "yes",
        "q-3": "5",
        "q-4": "0",
        "q-5": " خوب  بود ",
    }
    answers = read_answers(ALL, typed)
    assert answers == {"1": 1, "2": [0, 2], "3": 5, "4": 0, "5": "خوب بود"}
    assert [words_of(each, answers[each.id]) for each in ALL] == [
        "شمال",
        "گل، گلدان",
        5,
        0,
        "خوب بود",
    ]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"q-3": "4"}, ["/q-1"]),
        ({"q-1": "0"}, ["/q-3"]),
        ({"q-1": "2", "q-3": "4"}, ["/q-1"]),  # no such choice
        ({"q-1": "0", "q-3": "6"}, ["/q-3"]),
        ({"q-1": "0", "q-3": "0"}, ["/q-3"]),
        ({"q-1": "0", "q-3": "4", "q-5": "x" * 1001}, ["/q-5"]),
        ({}, ["/q-1", "/q-3"]),
    ],
)
def test_each_fault_is_told_at_its_question(typed: dict[str, str], at: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        read_answers(ALL, typed)
    assert [fault.pointer for fault in refused.value.errors] == at


@sized(ci=100, nightly=10_000)
@given(st.lists(st.integers(0, 10), min_size=1))
def test_the_promoter_score_is_what_it_is_defined_as(grades: list[int]) -> None:
    tally = Tally(NPS)
    for grade in grades:
        tally.add({"4": grade})
    exact = Fraction(100 * (sum(g > 8 for g in grades) - sum(g < 7 for g in grades)), len(grades))
    assert tally.nps is not None
    assert tally.average is not None
    assert abs(tally.nps - exact) <= Fraction(1, 2)
    assert abs(Fraction(tally.average) - Fraction(sum(grades), len(grades))) <= Fraction(1, 20)
    assert sum(tally.counts.values()) == tally.answered == len(grades)


def test_what_nobody_answered_has_no_figures() -> None:
    for question in ALL:
        tally = Tally(question)
        tally.add({})
        assert (tally.answered, tally.average, tally.nps) == (0, None, None)
    scale = Tally(SCALE)
    for grade in (5, 4, 4):
        scale.add({"3": grade})
    assert (scale.average, scale.nps) == (Decimal("4.3"), None)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"kind": "one", "text": "چه؟", "choices": "یک"}, "/choices"),
        ({"kind": "many", "text": "چه؟", "choices": "الف\nالف\n"}, "/choices"),
        ({"kind": "one", "text": "چه؟", "choices": "\n".join(map(str, range(13)))}, "/choices"),
        ({"kind": "text", "text": " "}, "/text"),
        ({"kind": "sum", "text": "چه؟"}, "/kind"),
    ],
)
def test_a_faulty_question_is_refused(fields: dict[str, str], at: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_question(fields, "1")
    assert [fault.pointer for fault in refused.value.errors] == [at]
