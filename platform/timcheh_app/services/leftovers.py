"""What an earlier run that was killed may have left: processes that still end, stale files."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = ((None, 20.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))


def wait_until_unused(directory: Path) -> None:
    """Returns when no process works in `directory` (PostgreSQL and Valkey both chdir there).

    A server of a killed run is ending by itself; one that doesn't is told to, then killed. The
    check is by working directory, so a reused process id can't mislead it.
    """
    for number, seconds in _PATIENCE:
        for pid in users_of(directory):
            if number is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while any(True for _ in users_of(directory)):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"processes still use {directory}: {list(users_of(directory))}")


def users_of(directory: Path) -> Iterator[int]:
    """Process ids whose working directory is `directory` or below it."""
    wanted = os.path.realpath(directory)
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            where = os.readlink(f"/proc/{entry.name}/cwd")
            if where == wanted or where.startswith(wanted + "/"):
                yield int(entry.name)
