"""The product laid out as mutmut wants it: one source root called `src`, tests beside it.

mutmut names a mutant by its file's path and a hit by its module's name, and takes only a leading
`src.` off the path. Ours has two source roots, `.` and `platform`; here both become `src`.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("billing", "members", "merchants", "exchange", "shared_pool", "lottery", "mall_portal")
_IGNORED = shutil.ignore_patterns("__pycache__")


@dataclass(frozen=True, slots=True)
class Batch:
    """Modules (as paths under `src`) and the tests that are to kill their mutants."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def stage(self) -> Path:
        """Where mutmut works, and remembers what it found."""
        return ROOT / "var" / "mutants" / self.name


def _api(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/api/test_{name}.py" for name in names)


BATCHES = (
    Batch("rules", ("timcheh/rules/*",), ("tests/timcheh/rules",)),
    Batch(
        "pure",
        ("timcheh/money.py", "merchants/purchases/spending.py",
         "merchants/purchases/unwinding.py"),
        ("tests/timcheh/money", "tests/merchants/purchases/test_spending.py",
         "tests/merchants/purchases/test_unwinding.py"),
    ),
    Batch(
        "ledger",
        ("timcheh/ledger/*.py", "shared_pool/settlement/service.py"),
        ("tests/timcheh/ledger", "tests/shared_pool/settlement"),
    ),
    Batch(
        "purchases",
        ("merchants/purchases/decision.py", "merchants/purchases/quote.py",
         "merchants/purchases/returning.py", "merchants/purchases/rows.py"),
        ("tests/merchants/purchases",
         *_api("worked_example", "two_phase", "returns", "bounds", "gift_cards", "contract_shop",
               "oracle")),
    ),
)  # fmt: skip


def lay_out(batch: Batch) -> Path:
    """Writes the stage anew and answers its directory; mutants of what hasn't changed stay.

    Not which test reaches which function: mutmut wouldn't see that a test has grown.
    """
    stage = batch.stage
    (stage / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    for folder in ("src", "tests", "infra", "docs"):
        shutil.rmtree(stage / folder, ignore_errors=True)
    for package in PACKAGES:
        _copy(ROOT / package, stage / "src" / package)
    for package in ("timcheh", "timcheh_app"):
        _copy(ROOT / "platform" / package, stage / "src" / package)
    for folder in ("tests", "infra", "docs"):
        _copy(ROOT / folder, stage / folder)
    settings = (
        (ROOT / "pyproject.toml").read_text("utf-8").replace('[".", "platform"]', '[".", "src"]')
    )
    (stage / "pyproject.toml").write_text(settings + _for_mutmut(batch), "utf-8")
    return stage


def _for_mutmut(batch: Batch) -> str:
    settings = {
        "source_paths": ["src"],
        "also_copy": ["infra", "docs"],
        "only_mutate": [f"src/{module}" for module in batch.modules],
        "pytest_add_cli_args_test_selection": list(batch.tests),
        # What only a programmer ever reads.
        "do_not_mutate_patterns": [r"raise ValueError\("],
        # Each mutant's event loop and connections are its own.
        "process_isolation": "forkserver",
        # Seconds, times 15: a process that is starved of its turn kills nobody.
        "timeout_constant": 20,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    return "\n".join(["", "[tool.mutmut]", *lines, ""])


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=_IGNORED, dirs_exist_ok=True)
