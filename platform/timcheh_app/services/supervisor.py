"""Keeps services running: starts, watches, restarts with back-off, stops in reverse order.

One thread and no event loop: the kernel's death signal belongs to the thread that forks, and a
supervisor should have nothing to go wrong in.
"""

import logging
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from timcheh_app.errors import ServiceError
from timcheh_app.services import orphan
from timcheh_app.services.process import (
    Lifeline,
    Service,
    kill_group,
    log_tail,
    rotate_log,
    start,
)

log = logging.getLogger(__name__)

_TICK_SECONDS = 0.02
_WATCH_SECONDS = 0.5
# Back-off is for what can't start. What ran and was killed, however often, serves again within ten
# seconds: the longest delay leaves room for a start.
_FIRST_DELAY_SECONDS = 0.2
_LONGEST_DELAY_SECONDS = 5.0
_STABLE_SECONDS = 10.0
_STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_WATCHED = {*_STOP_SIGNALS, signal.SIGCHLD}


class Stopped(Exception):  # a request, not an error
    """Someone asked the supervisor to end (SIGINT, SIGTERM or SIGHUP)."""


@dataclass
class _Child:
    service: Service
    wave: int = 0  # what was started together is stopped together, the last first
    once: bool = False  # it ends by itself and is not started again
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    ready: bool = False
    delay: float = _FIRST_DELAY_SECONDS
    restart_at: float = 0.0


class Supervisor:
    """A context: inside it the signals belong to the supervisor; leaving it stops everything."""

    def __init__(self) -> None:
        self._children: list[_Child] = []
        self._deaths = 0
        self._lifeline = Lifeline()
        self._old_mask: set[signal.Signals] = set()

    def __enter__(self) -> Self:
        orphan.adopt_orphans()
        self._old_mask = {
            signal.Signals(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
        }
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for wave in sorted({child.wave for child in self._children}, reverse=True):
            self._stop([child for child in self._children if child.wave == wave])
        self._lifeline.close()
        self._reap_adopted()
        while signal.sigtimedwait(_WATCHED, 0) is not None:
            pass  # a second Ctrl-C while stopping must not strike after the mask is lifted
        signal.pthread_sigmask(signal.SIG_SETMASK, self._old_mask)

    def start(self, *services: Service) -> None:
        """Starts services at the same time and returns when all are ready.

        Raises ServiceError when one ends or takes too long instead, Stopped on a signal.
        """
        self.launch(*services)
        self.await_ready()

    def launch(self, *services: Service) -> None:
        """Starts services and returns at once; `await_ready` waits for them."""
        wave = 1 + max((child.wave for child in self._children), default=0)
        for service in services:
            child = _Child(service, wave)
            self._children.append(child)
            self._launch(child)

    def await_ready(self) -> None:
        """Returns when everything that was launched is ready. Raises as `start` does."""
        for child in self._children:
            if not child.ready:
                self._await_ready(child)
                child.ready = True

    def release_signals(self) -> None:
        """Gives the signals back to Python, for callers that do their own work meanwhile."""
        signal.pthread_sigmask(signal.SIG_SETMASK, self._old_mask)

    def run(self) -> None:
        """Watches until a signal asks to end, then raises Stopped."""
        while True:
            self._look_after()

    def run_to_end(self, service: Service) -> None:
        """Runs a service that ends by itself (a migration). Raises ServiceError if it fails.

        If something that it may need died meanwhile, the fault wasn't its own: it is run again
        when all are back.
        """
        while True:
            deaths = self._deaths
            code = self._run_once(service)
            if code == 0:
                return
            if deaths == self._deaths:
                raise ServiceError(f"{service.name} failed ({_cause(code)})")
            log.warning("%s failed (%s) and is run again", service.name, _cause(code))
            self._await_revived()

    def _run_once(self, service: Service) -> int:
        wave = 1 + max((one.wave for one in self._children), default=0)
        child = _Child(service, wave, once=True)
        self._children.append(child)
        self._launch(child)
        process = child.process
        assert process is not None
        while (code := process.poll()) is None:
            self._look_after()
        self._children.remove(child)
        return code

    def pids(self) -> dict[str, int]:
        """The process ids of the services that run now."""
        return {
            child.service.name: child.process.pid
            for child in self._children
            if child.process is not None and child.process.returncode is None
        }

    def _launch(self, child: _Child) -> None:
        child.process = start(child.service, self._lifeline)
        child.started_at = time.monotonic()
        log.debug("%s started, process %d", child.service.name, child.process.pid)

    def _await_ready(self, child: _Child) -> None:
        service, process = child.service, child.process
        assert process is not None
        deadline = time.monotonic() + service.start_seconds
        while not service.ready(process.pid):
            if process.poll() is not None:
                raise ServiceError(
                    f"{service.name} ended while starting ({_cause(process.returncode)})\n"
                    + log_tail(service)
                )
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"{service.name} was not ready after {service.start_seconds:.0f} seconds\n"
                    + log_tail(service)
                )
            self._wait(_TICK_SECONDS)

    def _wait(self, seconds: float) -> None:
        """Sleeps until something happens. Raises Stopped when asked to end."""
        happened = signal.sigtimedwait(_WATCHED, seconds)
        if happened is not None and happened.si_signo in _STOP_SIGNALS:
            raise Stopped(signal.Signals(happened.si_signo).name)

    def _look_after(self) -> None:
        """Waits a moment, or for a death; then revives what is due and shortens long logs."""
        self._wait(_WATCH_SECONDS)
        self._revive()
        for child in self._children:
            rotate_log(child.service)

    def _await_revived(self) -> None:
        """Returns when everything that died is back and ready."""
        while True:
            self._revive()
            if all(child.process is not None for child in self._children):
                self.await_ready()
                return
            self._wait(_TICK_SECONDS)

    def _revive(self) -> None:
        """Restarts what has ended, each after its own delay."""
        for child in self._children:
            if child.once:
                continue
            if child.process is not None and child.process.poll() is not None:
                self._note_end(child, child.process)
            if child.process is None and time.monotonic() >= child.restart_at:
                try:
                    self._launch(child)
                except (OSError, ServiceError, TimeoutError) as error:
                    self._postpone(child, f"can't be started: {error}")
        self._reap_adopted()

    def _note_end(self, child: _Child, process: subprocess.Popen[bytes]) -> None:
        kill_group(process)
        self._deaths += 1
        child.process, child.ready = None, False
        if time.monotonic() - child.started_at > _STABLE_SECONDS:
            child.delay = _FIRST_DELAY_SECONDS
        self._postpone(child, f"ended ({_cause(process.returncode)})")

    def _postpone(self, child: _Child, what: str) -> None:
        log.warning("%s %s; starting it again in %.1f s", child.service.name, what, child.delay)
        child.restart_at = time.monotonic() + child.delay
        child.delay = min(child.delay * 2, _LONGEST_DELAY_SECONDS)

    def _stop(self, children: list[_Child]) -> None:
        """Asks all of them to end, then waits for each as long as its grace lasts."""
        begun = time.monotonic()
        running = [(child.service, child.process) for child in children if child.process]
        for service, process in running:
            if process.poll() is None:
                process.send_signal(service.stop_with)
        for service, process in running:
            try:
                process.wait(max(0.0, begun + service.grace_seconds - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("%s did not end in time and is killed", service.name)
                process.kill()
                process.wait()
            log.debug("%s ended after %.1f s", service.name, time.monotonic() - begun)
            kill_group(process)
        for child in children:
            child.process = None

    def _reap_adopted(self) -> None:
        """Reaps orphans that the kernel gave us (workers of a killed web server).

        Only those: waiting for "any child" would take our own children's statuses from Popen.
        """
        own = {child.process.pid for child in self._children if child.process is not None}
        for pid in _children_of(os.getpid()) - own:
            try:
                os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                continue


def _children_of(pid: int) -> set[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return {int(child) for child in file.read().split()}
    except OSError:
        return set()


def _cause(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
