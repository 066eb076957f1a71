"""The figures of all rounds, and what is made of them."""

import os
import platform
from statistics import median
from typing import Any


class Figures:
    """Named figures, one a round. What is printed is their median."""

    def __init__(self) -> None:
        self._rounds: dict[str, list[float]] = {}

    def keep(self, values: dict[str, float], prefix: str = "") -> None:
        """The figures of one round, or of the only one."""
        for name, value in values.items():
            self._rounds.setdefault(prefix + name, []).append(value)

    def ratio(self, name: str, part: str, whole: str) -> None:
        """A quotient round by round: what slows the machine for a while slows both alike."""
        pairs = zip(self._rounds[part], self._rounds[whole], strict=True)
        self._rounds[name] = [value / by for value, by in pairs]

    def medians(self, prefix: str = "", without: str | None = None) -> dict[str, float]:
        """Of the names that begin so (and not otherwise), the prefix left out."""
        return {
            name.removeprefix(prefix): _rounded(median(values))
            for name, values in self._rounds.items()
            if name.startswith(prefix) and not (without and name.startswith(without))
        }

    def newest(self) -> str:
        """The last value of each, for whoever watches."""
        shown = (f"{name} {values[-1]:,.4g}" for name, values in self._rounds.items())
        return ", ".join(shown)


def machine() -> dict[str, Any]:
    """What it was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "machine": f"{os.cpu_count()} cores, {memory / 2**30:.0f} GB, {platform.machine()}, "
        f"{platform.system()}"
    }


def _rounded(value: float) -> float:
    """Four digits are more than a benchmark knows."""
    return round(value, 1) if abs(value) >= 100 else float(f"{value:.4g}")
