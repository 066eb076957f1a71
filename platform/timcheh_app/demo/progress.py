"""What a long load says while it runs: a bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol, TextIO

_SECONDS_BETWEEN_LINES = 5.0


class Progress(Protocol):
    """Told of each thing done."""

    def advance(self, count: int = 1) -> None: ...


@contextmanager
def progress(title: str, total: int, stream: TextIO | None = None) -> Iterator[Progress]:
    """Shows `title` and how much of `total` is done, and how fast."""
    stream = stream or sys.stderr
    if stream.isatty():
        with _bar(title, total, stream) as bar:
            yield bar
        return
    lines = _Lines(title, total, stream)
    yield lines
    lines.finish()


@contextmanager
def _bar(title: str, total: int, stream: TextIO) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=Console(file=stream)) as shown:
        task = shown.add_task(title, total=total)

        class Bar:
            def advance(self, count: int = 1) -> None:
                shown.advance(task, count)

        yield Bar()


class _Lines:
    """One line every few seconds, so that a log stays readable."""

    def __init__(self, title: str, total: int, stream: TextIO) -> None:
        self._title = title
        self._total = total
        self._stream = stream
        self._done = 0
        self._began = self._told = monotonic()

    def advance(self, count: int = 1) -> None:
        self._done += count
        if monotonic() - self._told >= _SECONDS_BETWEEN_LINES:
            self._tell()

    def finish(self) -> None:
        self._tell()

    def _tell(self) -> None:
        self._told = monotonic()
        rate = self._done / max(self._told - self._began, 1e-9)
        share = 100 * self._done // max(self._total, 1)
        print(
            f"{self._title}: {self._done:,} of {self._total:,} ({share} %), {rate:,.0f}/s",
            file=self._stream,
            flush=True,
        )
