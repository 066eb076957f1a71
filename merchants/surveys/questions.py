"""Questions and answers, without I/O: as they are stored, typed and read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from timcheh.errors import FieldError, Invalid
from timcheh.text.normalise import normalise
from timcheh.web.reader import FormReader

KINDS: Final = ("one", "many", "scale", "nps", "text")
SCALE: Final = range(1, 6)
NPS: Final = range(11)
MOST_QUESTIONS: Final = 30
MOST_CHOICES: Final = 12
LONGEST_QUESTION: Final = 300
LONGEST_CHOICE: Final = 100
LONGEST_ANSWER: Final = 1_000

Answer = int | list[int] | str
"""The number of a choice, of several, a grade, or words."""
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Question:
    """`id` is its name in forms and answers and never changes; `choices` of `one` and `many`."""

    id: str
    kind: str
    text: str
    required: bool = True
    choices: tuple[str, ...] = ()

    @property
    def grades(self) -> range:
        """What a `scale` or `nps` may be answered with."""
        return NPS if self.kind == "nps" else SCALE

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "text": self.text,
            "required": self.required,
            "choices": list(self.choices),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Question":
        return cls(
            stored["id"],
            stored["kind"],
            stored["text"],
            stored["required"],
            tuple(stored["choices"]),
        )


def read_question(fields: Mapping[str, str], id: str) -> Question:
    """A question as its form tells it. Raises Invalid with every fault."""
    reader = FormReader(fields)
    kind = reader.choice("kind", KINDS)
    text = reader.text("text", LONGEST_QUESTION)
    choices = _choices(reader) if kind in ("one", "many") else ()
    reader.check()
    return Question(id, kind, text, reader.ticked("required"), choices)


def _choices(reader: FormReader) -> tuple[str, ...]:
    """One a line."""
    lines = filter(None, map(normalise, reader.fields.get("choices", "").splitlines()))
    choices = tuple(dict.fromkeys(lines))
    if len(choices) < 2:
        reader.fault("choices", "too_few_choices", minimum=2)
    if len(choices) > MOST_CHOICES:
        reader.fault("choices", "too_many", maximum=MOST_CHOICES)
    if any(len(choice) > LONGEST_CHOICE for choice in choices):
        reader.fault("choices", "too_long", maximum=LONGEST_CHOICE)
    return choices


def next_id(questions: Sequence[Question]) -> str:
    """An id that no question of the survey has had while it stands."""
    return str(max((int(question.id) for question in questions), default=0) + 1)


def read_answers(questions: Sequence[Question], fields: Mapping[str, str]) -> dict[str, Answer]:
    """What was answered, by question; who left an optional one out is not in it.

    Raises Invalid with the fault of each question, at its field `q-<id>`.
    """
    answers: dict[str, Answer] = {}
    faults: list[FieldError] = []
    for question in questions:
        try:
            answer = _read(question, fields)
        except Invalid as error:
            faults += error.errors
            continue
        if answer is not None:
            answers[question.id] = answer
    if faults:
        raise Invalid(errors=faults)
    return answers


def _read(question: Question, fields: Mapping[str, str]) -> Answer | None:
    """None for an optional question that was left out. Raises Invalid."""
    name = f"q-{question.id}"
    typed: Answer | None
    if question.kind == "text":
        typed = normalise(fields.get(name, "")) or None
        if typed is not None and len(typed) > LONGEST_ANSWER:
            raise Invalid.field(f"/{name}", "too_long", maximum=LONGEST_ANSWER)
    elif question.kind == "many":
        numbers = range(len(question.choices))
        typed = [n for n in numbers if fields.get(f"{name}-{n}") == "yes"] or None
    else:
        allowed = range(len(question.choices)) if question.kind == "one" else question.grades
        typed = next((n for n in allowed if fields.get(name) == str(n)), None)
    if typed is None and question.required:
        raise Invalid.field(f"/{name}", "answer_missing")
    return typed


def words_of(question: Question, answer: Answer | None) -> str | int | None:
    """An answer as a sheet's cell: grades stay numbers, choices become their words."""
    if answer is None or isinstance(answer, str):
        return answer
    if isinstance(answer, list):
        return "، ".join(question.choices[n] for n in answer)
    return question.choices[answer] if question.kind == "one" else answer
