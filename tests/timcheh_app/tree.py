"""A real process tree, started by the real command, in a data directory of its own."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from timcheh_app.services.leftovers import users_of

COMMAND = [sys.executable, "-m", "timcheh_app.cli"]


class Serving:
    """A running `timcheh serve` and what there is to know about its processes."""

    def __init__(self, data_dir: Path, *, in_child: Callable[[], None] | None = None) -> None:
        """Where `data_dir` doesn't exist yet, the tree makes it at its first start."""
        self.data_dir = data_dir
        self.port = _free_port()
        self._in_child = in_child
        self._process: subprocess.Popen[str] | None = None

    @property
    def started(self) -> bool:
        return self._process is not None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self, *, seconds: float = 90) -> None:
        """Returns when the line `ready …` has been printed."""
        with (self.data_dir.parent / "stderr").open("a") as errors:
            self._process = subprocess.Popen(
                self.command(),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=self.environment(),
                preexec_fn=self._in_child,
            )
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        deadline, line = time.monotonic() + seconds, ""
        while time.monotonic() < deadline:
            line += self._process.stdout.readline()  # it may come in pieces
            if line.endswith("\n"):
                assert line == f"ready http://127.0.0.1:{self.port}\n"
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.02)
        if self._process.poll() is None:
            self.kill()  # whoever asked for it has nothing in hand to stop yet
        raise AssertionError("not ready:\n" + (self.data_dir.parent / "stderr").read_text())

    def command(self) -> list[str]:
        """What starts the tree."""
        arguments = ["--data-dir", str(self.data_dir), "--port", str(self.port)]
        return [*COMMAND, "serve", *arguments]

    def environment(self) -> dict[str, str]:
        return environment()

    def processes(self) -> dict[int, str]:
        """Every descendant and its command line."""
        found: dict[int, str] = {}
        pending = [self.pid]
        while pending:
            for child in children(pending.pop()):
                found[child] = command_line(child)
                pending.append(child)
        return found

    def service(self, word: str) -> int:
        """The process of a service: the supervisor's own child with `word` in its command."""
        return next(pid for pid in children(self.pid) if word in command_line(pid))

    def health(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5) as answer:
            return str(answer.read().decode())

    def kill(self) -> None:
        """SIGKILL, as the kernel does when memory runs out."""
        os.kill(self.pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait(10)

    def stop(self, number: signal.Signals = signal.SIGTERM, *, seconds: float = 60) -> int:
        """Asks it to end; returns its exit code. Whatever ended it, nothing is left running."""
        assert self._process is not None
        processes = self.processes()
        if self._process.poll() is None:
            self._process.send_signal(number)
        code = self._process.wait(seconds)
        wait_until(lambda: not any(alive(pid) for pid in processes), seconds=15)
        wait_until(lambda: not any(users_of(self.data_dir)), seconds=15)  # also what was orphaned
        return code


class Prepared:
    """One data directory that all workers of a run copy; the first to need it makes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, data_dir: Path) -> Path:
        """`data_dir`, as a first start and a clean end leave it."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        made = self._folder / "data"
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self._folder / "done").exists():
                tree = Serving(made)
                tree.start()
                assert tree.stop() == 0
                (self._folder / "done").touch()
        shutil.copytree(made, data_dir, symlinks=True)
        return data_dir


def run(serving: Serving, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command on the same data directory."""
    return subprocess.run(
        [*COMMAND, *arguments, "--data-dir", str(serving.data_dir)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=120,
        check=False,
    )


def environment() -> dict[str, str]:
    """The environment without what would point a command at other servers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TIMCHEH_")}


def wait_until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    """Fails the test when the condition doesn't come true in time. Errors count as not yet."""
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError, StopIteration):
            if condition():
                return
        if time.monotonic() > deadline:
            raise AssertionError(f"still not so after {seconds} s: {condition}")
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie doesn't)."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def children(pid: int) -> list[int]:
    """The process ids of its children."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def command_line(pid: int) -> str:
    """What it was started as; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
