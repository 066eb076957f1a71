"""docs/settings.md, written from the settings themselves so that it can't be wrong.

`python -m timcheh.settings_reference FILE` writes it (`make docs`).
"""

import sys
import types
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from timcheh.settings import PREFIX, Settings

_HEAD = """\
# Settings

<!-- Written by `make docs` from platform/timcheh/settings.py. -->

Each setting is a variable of the environment, or a line `name = value` in the file that
`TIMCHEH_CONFIG` names (without it: `timcheh.toml` in the data directory). The command line comes
before the environment, the environment before the file. A value that can't be used, or a name that
does not exist, is refused at start with the mend.

| variable | in the file | takes | default | meaning |
|---|---|---|---|---|
"""


def reference() -> str:
    """The text of docs/settings.md."""
    rows = [_row(name, field) for name, field in Settings.model_fields.items()]
    return _HEAD + "\n".join(rows) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    cells = (
        f"`{PREFIX}{name.upper()}`",
        f"`{name}`",
        _takes(field),
        _default(field.default),
        field.description or "",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _takes(field: FieldInfo) -> str:
    kind: Any = field.annotation
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    names = {int: "whole number", bool: "`true`, `false`", Path: "directory", SecretStr: "text"}
    text = names.get(kind, "text")
    bounds = {type(rule).__name__: rule for rule in field.metadata}
    if "Ge" in bounds and "Le" in bounds:
        return f"{bounds['Ge'].ge} to {bounds['Le'].le}"
    if "Ge" in bounds:
        return f"{text} from {bounds['Ge'].ge}"
    return text


def _default(value: object) -> str:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value is None or value == "":
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), "utf-8")
