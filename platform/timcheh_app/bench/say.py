"""What the benchmark tells while it runs. Its result is the last line of the other stream."""

import sys
import time


def say(text: str) -> None:
    """A line with the time of day."""
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)
