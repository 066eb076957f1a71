"""One service of the tree and how it is started."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from timcheh_app.services import orphan

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Service:
    """What to run, and how to tell that it is ready.

    `stop_with` asks it to end well; `on_parent_death` is what the kernel sends it when the
    supervisor is killed. `ready` gets the process id. `before_start` runs ahead of every start,
    `in_child` in the forked child just before exec.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    directory: Path | None = None
    log_file: Path | None = None
    stop_with: signal.Signals = signal.SIGTERM
    on_parent_death: signal.Signals = signal.SIGKILL
    grace_seconds: float = 10
    start_seconds: float = 60
    before_start: Callable[[], None] = lambda: None
    in_child: Callable[[], None] | None = None
    ready: Callable[[int], bool] = lambda _: True


class Lifeline:
    """The pipe whose writing end only the supervisor holds; see `orphan`."""

    def __init__(self) -> None:
        self.reader, self._writer = os.pipe()

    def close(self) -> None:
        os.close(self._writer)
        os.close(self.reader)


def start(service: Service, lifeline: Lifeline) -> subprocess.Popen[bytes]:
    """Starts a service as leader of a session of its own. Call it from the main thread only:
    the kernel ties the death signal to the thread that forks."""
    service.before_start()
    parent = os.getpid()

    def prepare_child() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        if service.in_child is not None:
            service.in_child()
        orphan.signal_on_parent_death(service.on_parent_death)
        if os.getppid() != parent:  # it died before the kernel knew that we care
            os._exit(1)

    with contextlib.ExitStack() as stack:
        output: int = sys.stderr.fileno()
        if service.log_file is not None:
            output = stack.enter_context(service.log_file.open("ab")).fileno()
        return subprocess.Popen(  # noqa: S603  the command is ours
            service.command,
            env={
                **os.environ,
                **service.environment,
                orphan.LIFELINE_VARIABLE: str(lifeline.reader),
            },
            cwd=service.directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=[lifeline.reader],
            start_new_session=True,
            preexec_fn=prepare_child,  # the supervisor has one thread
        )


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Ends whatever is left of the session that a service led (its own workers)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def log_tail(service: Service, lines: int = 15) -> str:
    """The end of a service's log, for the message of a failed start."""
    if service.log_file is None or not service.log_file.exists():
        return ""
    text = service.log_file.read_text("utf-8", "replace")
    return "\n".join(text.splitlines()[-lines:])


def rotate_log(service: Service, limit_bytes: int = 10_000_000) -> None:
    """Keeps one older log when the log has grown long, also while the service writes to it.

    It appends (`start` opens the file so), so it goes on at the new end. What it writes between
    the copy and the cut is lost: a line or two of a log.
    """
    path = service.log_file
    if path is not None and path.exists() and path.stat().st_size > limit_bytes:
        shutil.copyfile(path, path.with_suffix(path.suffix + ".1"))
        os.truncate(path, 0)
