"""How often each rule of the machine did its work, and how often it was refused, and for what."""

from collections import Counter


class Tally:
    """Counts of one run. A rule fired when its event happened or was refused by both sides."""

    def __init__(self) -> None:
        self.steps = 0
        self.happened: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()

    def add(self, rule: str, refusal: str | None = None) -> None:
        if refusal is None:
            self.happened[rule] += 1
        else:
            self.refused[rule, refusal] += 1

    def rare(self, least: float) -> list[str]:
        """Rules whose event happened (refusals don't count) in less than that share of steps."""
        return [rule for rule, times in self.happened.items() if times < least * self.steps]

    def table(self) -> str:
        """One line a rule, the rarest first."""
        lines = [f"{self.steps} steps", f"{'rule':<18}{'happened':>9}{'share':>8}  refused"]
        for rule, times in sorted(self.happened.items(), key=lambda each: each[1]):
            refused = {code: n for (name, code), n in self.refused.items() if name == rule}
            words = ", ".join(f"{code} {n}" for code, n in sorted(refused.items()))
            lines.append(f"{rule:<18}{times:>9}{times / self.steps:>8.2%}  {words}".rstrip())
        return "\n".join(lines)
