"""The product's modules, lowest layer first; what the composition root plugs together."""

import importlib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timcheh.module import Module

# The order is that of the layers: later ones may import earlier ones, never the reverse.
KERNEL = "timcheh"
ROOTS = (
    "billing",
    "members",
    "merchants",
    "exchange",
    "shared_pool",
    "lottery",
    "mall_portal",
)


@cache
def modules() -> "tuple[Module, ...]":
    """What the kernel and each root plug into the platform, lowest layer first."""
    builtin: tuple[Module, ...] = importlib.import_module(f"{KERNEL}.builtin.module").MODULES
    return builtin + tuple(
        importlib.import_module(f"{root}.module").MODULE
        for root in ROOTS
        if (folder(root) / "module.py").exists()
    )


def folder(package: str) -> Path:
    """The directory of a package's source."""
    found = importlib.import_module(package).__file__
    assert found is not None
    return Path(found).parent


def import_models() -> list[ModuleType]:
    """Imports every file that declares a table, so that `Base.metadata` is complete.

    Found by looking, not listed: a forgotten line would mean a table without a migration.
    """
    found = []
    for package in (KERNEL, *ROOTS):
        base = folder(package)
        for path in sorted(base.rglob("*.py")):
            if "    __tablename__ = " not in path.read_text("utf-8"):
                continue
            inner = path.relative_to(base).with_suffix("").parts
            found.append(importlib.import_module(".".join((package, *inner))))
    return found


def sql_files() -> list[Path]:
    """The SQL routines (`**/sql/*.sql`) in the order in which they must be created.

    Layer by layer; within one, the scope functions (`timcheh/db`) first, then by path.
    """
    files: list[Path] = []
    for package in (KERNEL, *ROOTS):
        base = folder(package)
        inside = (path.relative_to(base) for path in base.rglob("sql/*.sql"))
        files += [base / path for path in sorted(inside, key=lambda p: (p.parts[0] != "db", p))]
    return files
