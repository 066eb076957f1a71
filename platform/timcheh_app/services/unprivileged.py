"""PostgreSQL refuses to run as root: how a root supervisor starts it all the same.

First choice is a user namespace in which root is shown as `nobody` (user_namespaces(7)): files
stay owned by root, no other user is involved. Where namespaces are refused (inside a chroot, or by
a container's seccomp profile) it runs as `nobody` itself, with the one capability that lets it
through directories closed to others, so that no directory has to be opened to anyone.
"""

import contextlib
import ctypes
import os
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534
_CLONE_NEWUSER = 0x10000000
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2
_CAP_DAC_OVERRIDE = 1
_CAP_VERSION_3 = 0x20080522
_libc = ctypes.CDLL(None, use_errno=True)

Step = Callable[[], None]


def leave_root(owned: Path) -> Step | None:
    """What a forked child does before it executes a PostgreSQL program; None when not root.

    `owned` is the directory that the program will want to own; it is handed over when needed.
    """
    if os.geteuid() != 0:
        return None
    if _possible(enter_user_namespace):
        _give(owned, 0)
        return enter_user_namespace
    _give(owned, NOBODY)
    return become_nobody


def enter_user_namespace() -> None:
    """Root outside, `nobody` inside. Raises OSError where the kernel refuses."""
    user, group = os.geteuid(), os.getegid()
    _check(_libc.unshare(_CLONE_NEWUSER), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {user} 1")


def become_nobody() -> None:
    """User and group `nobody`, keeping CAP_DAC_OVERRIDE across exec (capabilities(7), ambient)."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    _check(_libc.prctl(_PR_SET_KEEPCAPS, ctypes.c_ulong(1), 0, 0, 0), "prctl")
    os.setresuid(NOBODY, NOBODY, NOBODY)
    mask = 1 << _CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(_CAP_VERSION_3, 0)
    # effective, permitted, inheritable; then the same for capabilities above 31
    data = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    _check(_libc.capset(header, data), "capset")
    raised = _libc.prctl(
        _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, ctypes.c_ulong(_CAP_DAC_OVERRIDE), 0, 0
    )
    _check(raised, "prctl")


def _possible(step: Step) -> bool:
    """Tries a step in a forked child that ends at once."""
    child = os.fork()
    if child == 0:
        try:
            step()
        except BaseException:  # a forked child must never return into its parent's code
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _give(directory: Path, user: int) -> None:
    """Hands a tree to a user when it isn't theirs yet (the means may differ between starts)."""
    if not directory.exists() or directory.stat().st_uid == user:
        return
    for folder, _, files in os.walk(directory):
        for name in files:
            with contextlib.suppress(FileNotFoundError):
                os.lchown(os.path.join(folder, name), user, user)
        os.lchown(folder, user, user)


def _check(result: int, call: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), call)
