"""One supervisor for one data directory."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class DataDirectoryBusy(Exception):
    """Another process holds the data directory."""


class DataDirectoryLock:
    """A lock of the kernel's (flock(2)): it ends with its holder, however that ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Takes the lock at once or raises DataDirectoryBusy."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(descriptor)
            raise DataDirectoryBusy(
                f"{self._path.parent} is in use by process {holder}.\n"
                "Mend: stop that one, or give this one another --data-dir."
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)
