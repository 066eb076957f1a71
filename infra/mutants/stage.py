"""The product laid out as mutmut wants it: one source root called `src`, tests beside it.

mutmut names a mutant by its file's path and a hit by its module's name, and takes only a leading
`src.` off the path. Ours has two source roots, `.` and `platform`; here both become `src`.
"""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
STAGE = ROOT / "var" / "mutants"
PACKAGES = ("billing", "members", "merchants", "exchange", "shared_pool", "lottery", "mall_portal")
_IGNORED = shutil.ignore_patterns("__pycache__")


def lay_out() -> Path:
    """Writes the stage anew and answers its directory; what mutmut knows of earlier runs stays."""
    for folder in (STAGE / "src", STAGE / "tests", STAGE / "mutants" / "src"):
        shutil.rmtree(folder, ignore_errors=True)
    for package in PACKAGES:
        _copy(ROOT / package, STAGE / "src" / package)
    for package in ("timcheh", "timcheh_app"):
        _copy(ROOT / "platform" / package, STAGE / "src" / package)
    for folder in ("tests", "infra", "docs"):
        _copy(ROOT / folder, STAGE / folder)
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    (STAGE / "pyproject.toml").write_text(settings.replace('[".", "platform"]', '[".", "src"]'))
    return STAGE


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=_IGNORED, dirs_exist_ok=True)
