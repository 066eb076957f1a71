"""What a purchase sends to the database, and waits for."""

import re
from typing import Final

from timcheh_app.bench import over_http
from timcheh_app.bench.mall import Mall
from timcheh_app.bench.say import say
from timcheh_app.bench.statements import Counts, counted

_PURCHASE_PATH: Final = re.compile(r"\bmerchants\.\w+\(")


def measure(mall: Mall, seconds: float) -> dict[str, float]:
    """`round_trips` are the purchase path's statements for each purchase of a till that is alone:
    each is one round trip, and the purchase waits for them one after another. `other_statements`
    is what else the web server sent meanwhile: a till's key is looked up anew every few seconds.
    `calls_16` is all of that for each purchase when 16 tills share calls.

    Only while nothing but the web server uses the database.
    """
    over_http.load(mall, 16, seconds)  # keys and rules are known, lanes are open
    alone, bought = _while_buying(mall, 1, seconds)
    path = sum(calls for query, calls in alone.items() if _PURCHASE_PATH.search(query))
    shared, together = _while_buying(mall, 16, seconds)
    return {
        "round_trips": path / bought,
        "other_statements": (sum(alone.values()) - path) / bought,
        "calls_16": sum(shared.values()) / together,
    }


def _while_buying(mall: Mall, connections: int, seconds: float) -> tuple[Counts, int]:
    purchases = 0

    def buy() -> None:
        nonlocal purchases
        purchases = over_http.load(mall, connections, seconds).count

    counts = counted(mall.installation.settings, buy)
    for statement, calls in sorted(counts.items(), key=lambda each: -each[1]):
        say(f"{connections} tills, {calls / purchases:.3f} a purchase: {statement[:60]}")
    return counts, purchases
