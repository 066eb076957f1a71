"""What all tests of a folder share, for as long as one of them follows another.

pytest's own scope "package" means a package with an `__init__.py`; here it would be the session's,
and a tree of processes that three tests need would run idle beside all the tests after them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, TypeVar

import pytest

T = TypeVar("T")


class Kept:
    """The things of one folder, by name."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.things: dict[str, Any] = {}


_KEPT = pytest.StashKey[dict[Path, Kept]]()


def of_folder(request: pytest.FixtureRequest, make: Callable[[], AbstractContextManager[T]]) -> T:
    """What `make` enters, once for the tests of this fixture's folder. For fixtures of a function's
    scope, whose name it gets; what it is made from must be the session's.
    """
    kept = request.session.stash.setdefault(_KEPT, {}).setdefault(request.path.parent, Kept())
    name = str(request.fixturename)
    if name not in kept.things:
        kept.things[name] = kept.stack.enter_context(make())
    found: T = kept.things[name]
    return found


def leave_folder(item: pytest.Item, following: pytest.Item | None) -> None:
    """Before the teardown of an item: what its folder has kept ends with it, unless the next test
    is of the same folder. With its module, so after what the test itself made of it and before the
    session's own: these have loops to run, and under an open Chromium none can.
    """
    if following is not None and following.path.parent == item.path.parent:
        return
    kept = item.session.stash.get(_KEPT, {}).pop(item.path.parent, None)
    module = item.getparent(pytest.Module)
    if kept is not None and module is not None:
        module.addfinalizer(kept.stack.close)
