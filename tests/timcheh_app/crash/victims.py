"""The processes of a tree that can be killed, and how to find each."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass

from tests.timcheh_app.tree import Serving, alive, children, command_line, wait_until


@dataclass(frozen=True, slots=True)
class Victim:
    """One kind of process. `find` raises StopIteration while there is none."""

    name: str
    find: Callable[[Serving], int]

    def kill(self, serving: Serving) -> None:
        """SIGKILL, and returns when it is dead."""
        pid = self.find(serving)
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not alive(pid))

    def lives(self, serving: Serving) -> bool:
        return alive(self.find(serving))


def _service(name: str, word: str) -> Victim:
    return Victim(name, lambda serving: serving.service(word))


def _child(name: str, parent: str, word: str) -> Victim:
    """A process of a service's own, that the service looks after."""

    def find(serving: Serving) -> int:
        mine = children(serving.service(parent))
        return next(pid for pid in mine if word in command_line(pid))

    return Victim(name, find)


WEB_WORKER = _child("web worker", "granian", "granian")
PARTS = (
    _service("PostgreSQL", "postgres"),
    _child("a backend of PostgreSQL", "postgres", "timcheh_app"),
    _service("Valkey", "valkey-server"),
    _service("worker", "timcheh_app.worker"),
    _service("scheduler", "timcheh_app.scheduler"),
    WEB_WORKER,
    _service("web server", "granian"),
)
"""What the supervisor, or a service itself, starts again. The worker is one process with threads;
its parent is the supervisor."""


def kill_supervisor(serving: Serving) -> None:
    """Only the root of the tree: the rest must notice."""
    serving.kill()


def kill_tree(serving: Serving) -> None:
    """Everything at once, as a power cut does."""
    for pid in (serving.pid, *serving.processes()):
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    serving.stop()


ROOTS = {"supervisor": kill_supervisor, "whole tree": kill_tree}
"""After these nothing runs any more, and the command is given again."""
