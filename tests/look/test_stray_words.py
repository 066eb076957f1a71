"""Whatever people read is in the message catalogues: no Persian sentence in code or script.

Templates are looked through in test_templates.py. Here are the Python sources and the scripts.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from infra.assets import ROOT

PRODUCT = ("platform/timcheh", "members", "merchants", "exchange", "shared_pool", "mall_portal")
SOURCES = sorted(path for folder in PRODUCT for path in (ROOT / folder).rglob("*.py"))
SCRIPTS = sorted((ROOT / "platform/timcheh/web/static/js").glob("*.js"))
_WORD = re.compile(r"[\u0621-\u064a\u067e-\u06d3]{2,}")
_NOT_PROSE = {
    # data of the language and the calendar, not texts of the product
    "platform/timcheh/calendar/format.py",
    "platform/timcheh/calendar/typed.py",
    "platform/timcheh/text/normalise.py",
    "members/profiles/provinces.py",
    # words that are read, however people write them, and never shown
    "mall_portal/onboarding/slugs.py",
    "members/profiles/reading.py",
    "merchants/catalogue/pasting.py",
    "merchants/importing/columns.py",
    "merchants/importing/rows.py",
    "merchants/profiles/fields.py",
    "shared_pool/banking/answers.py",
    # samples of the living style page
    "platform/timcheh/web/styleguide.py",
}
_WORDS_OF_NUMBERS = {"words.js"}  # the same that num2words has on the server


def _prose(source: str) -> Iterator[tuple[int, str]]:
    """Literals with Persian words (line, text); not docstrings, which are for who reads code."""
    tree = ast.parse(source)
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str) and _WORD.search(node.value):
            yield node.lineno, node.value


@pytest.mark.parametrize("folder", PRODUCT)
def test_no_text_for_people_is_written_into_code(folder: str) -> None:
    found = [
        f"{name}:{line} {text[:40]!r}"
        for path in SOURCES
        if (name := path.relative_to(ROOT).as_posix()).startswith(f"{folder}/")
        and name not in _NOT_PROSE
        for line, text in _prose(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_text_for_people_is_written_into_a_script() -> None:
    found = [
        f"{path.name}: {line.strip()[:60]}"
        for path in SCRIPTS
        if path.name not in _WORDS_OF_NUMBERS
        for line in path.read_text("utf-8").splitlines()
        if _WORD.search(line.partition("//")[0])
    ]
    assert found == []


def test_a_stray_literal_is_seen() -> None:
    source = '"""سند"""\ndef f():\n    """سند"""\n    return f"سلام {1}", "a", "۱۲"\n'
    assert [text for _, text in _prose(source)] == ["سلام "]
