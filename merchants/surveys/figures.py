"""What the answers to a survey come to: counts, averages, the net promoter score. Without I/O."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from merchants.surveys.questions import Answers, Question

_PROMOTERS = range(9, 11)
_DETRACTORS = range(7)


@dataclass(slots=True)
class Tally:
    """The answers to one question, counted as they come."""

    question: Question
    answered: int = 0
    counts: Counter[int] = field(default_factory=Counter)

    def add(self, answers: Answers) -> None:
        """Counts one member's answers."""
        answer = answers.get(self.question.id)
        if answer is None:
            return
        self.answered += 1
        if isinstance(answer, list):
            self.counts.update(answer)
        elif isinstance(answer, int):
            self.counts[answer] += 1

    @property
    def options(self) -> Sequence[int]:
        """The numbers that it could be answered with; none for words."""
        if self.question.kind == "text":
            return ()
        choices = self.question.choices
        return range(len(choices)) if choices else self.question.grades

    @property
    def average(self) -> Decimal | None:
        """Of grades, to one decimal; none while nobody graded."""
        if self.question.kind not in ("scale", "nps") or not self.answered:
            return None
        total = sum(grade * count for grade, count in self.counts.items())
        exact = Decimal(total) / self.answered
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def nps(self) -> int | None:
        """Per cent of 9 and 10 less per cent of 0 to 6: from -100 to 100."""
        if self.question.kind != "nps" or not self.answered:
            return None
        promoters = sum(self.counts[grade] for grade in _PROMOTERS)
        detractors = sum(self.counts[grade] for grade in _DETRACTORS)
        exact = Decimal(100 * (promoters - detractors)) / self.answered
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
