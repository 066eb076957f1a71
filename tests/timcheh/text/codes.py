"""Every error code that the source raises, found by reading the source, not by running it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]
ROOTS = (
    "platform/timcheh",
    "platform/timcheh_app",
    "billing",
    "members",
    "merchants",
    "exchange",
    "shared_pool",
    "lottery",
    "mall_portal",
)


@dataclass
class Codes:
    """Codes by where they were found."""

    errors: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class _Class:
    bases: list[str]
    code: str | None


def raised_codes() -> Codes:
    """Codes of error classes, of raises with a code, and of field errors."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sources()}
    classes = {
        node.name: _Class([_name(base) for base in node.bases], _class_code(node))
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    errors = _descendants("TimchehError", classes)
    coded_values = _descendants("ValueError", classes)
    found = Codes()
    for path, tree in trees.items():
        for node in ast.walk(tree):
            where = f"{path.relative_to(REPOSITORY)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ClassDef):
                code = classes[node.name].code
                if code and node.name in errors:
                    found.errors[code] = where
                elif code and node.name in coded_values:
                    found.fields[code] = where
            elif isinstance(node, ast.Call):
                for code in _field_codes(node):
                    found.fields[code] = where
                for code in _error_codes(node, errors):
                    found.errors[code] = where
    return found


def sources() -> Iterator[Path]:
    for root in ROOTS:
        yield from sorted((REPOSITORY / root).rglob("*.py"))


def _descendants(base: str, classes: dict[str, _Class]) -> set[str]:
    found = {base}
    while True:
        more = {n for n, c in classes.items() if n not in found and found & set(c.bases)}
        if not more:
            return found
        found |= more


def _class_code(node: ast.ClassDef) -> str | None:
    for item in node.body:
        target = item.targets[0] if isinstance(item, ast.Assign) else None
        if isinstance(item, ast.AnnAssign):
            target = item.target
        if isinstance(target, ast.Name) and target.id == "code":
            return _text(getattr(item, "value", None))
    return None


def _field_codes(node: ast.Call) -> Iterator[str]:
    name = _name(node.func)
    owner = _name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
    second = _text(node.args[1]) if len(node.args) > 1 else None
    is_problem = name == "add" and "problem" in owner
    if second and (name == "FieldError" or is_problem or (owner, name) == ("Invalid", "field")):
        yield second
    first = _text(node.args[0]) if node.args else None
    if first and name == "IdentifierError":
        yield first


def _error_codes(node: ast.Call, errors: set[str]) -> Iterator[str]:
    first = _text(node.args[0]) if node.args else None
    if first and isinstance(node.func, ast.Name) and node.func.id in errors:
        yield first


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None
