"""Processes that don't outlive their parent, whatever kills it (Linux).

Two means, because each has a hole. PR_SET_PDEATHSIG (prctl(2)) acts at once, but is lost when
credentials change and does nothing for a parent that had died before the call, nor for
grandchildren. The lifeline is a pipe whose only writing end the supervisor holds: every process
that inherits the reading end sees end-of-file when the supervisor is gone, however deep it sits.
"""

import ctypes
import os
import signal
import threading

LIFELINE_VARIABLE = "LIFELINE_FD"
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


def signal_on_parent_death(number: signal.Signals) -> None:
    """Asks the kernel to send `number` when the parent ends. Raises OSError."""
    _prctl(_PR_SET_PDEATHSIG, number)


def adopt_orphans() -> None:
    """Makes this process the parent of descendants whose own parent ended, so it can reap them."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Called first thing in each of our Python processes: none outlives its supervisor.

    Without a supervisor (a process that a person started by hand) only the parent counts.
    """
    signal_on_parent_death(signal.SIGKILL)
    lifeline = os.environ.get(LIFELINE_VARIABLE)
    if lifeline is not None:
        threading.Thread(
            target=_wait_for_end, args=(int(lifeline),), name="lifeline", daemon=True
        ).start()


def _wait_for_end(lifeline: int) -> None:
    try:
        while os.read(lifeline, 1):
            pass
    except OSError:  # the descriptor wasn't inherited: the parent's death signal is what is left
        return
    os.kill(os.getpid(), signal.SIGKILL)


def _prctl(option: int, value: int) -> None:
    if _libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), "prctl")
