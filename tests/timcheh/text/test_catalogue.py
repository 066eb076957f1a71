from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from fluent.syntax import ast
from fluent.syntax.ast import Message
from fluent.syntax.visitor import Visitor

import timcheh.text.catalogue as catalogue_module
from tests.timcheh.text.codes import REPOSITORY, ROOTS, raised_codes
from timcheh.text.catalogue import (
    Catalogue,
    Language,
    junk,
    messages,
    parse,
    patterns_of,
    translate,
)
from timcheh.text.fluent_values import Isolated, to_fluent
from timcheh.text.locale import Locale
from timcheh.text.plain_entry import Entry
from timcheh.text.plain_entry import entries as entries_of

PACKAGES = [root.removeprefix("platform/") for root in ROOTS]
FILES = sorted(
    (str(path.relative_to(REPOSITORY).parent), locale)
    for root in ROOTS
    for locale in Locale
    for path in (REPOSITORY / root).rglob(f"locale/{locale}.ftl")
)
FOLDERS = sorted({folder for folder, _ in FILES})


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.found.add(node.id.name)


def variables(entry: ast.BaseNode) -> set[str]:
    visitor = _Variables()
    visitor.visit(entry)
    return visitor.found


def read(folder: str, locale: Locale) -> str:
    return (REPOSITORY / folder / f"{locale}.ftl").read_text("utf-8")


def entries(folder: str, locale: Locale) -> Iterator[tuple[str, ast.BaseNode]]:
    """Each message and attribute by its id."""
    for entry in messages(parse(read(folder, locale))):
        sigil = "-" if isinstance(entry, ast.Term) else ""
        if entry.value is not None:
            yield f"{sigil}{entry.id.name}", entry.value
        for attribute in entry.attributes:
            yield f"{sigil}{entry.id.name}.{attribute.id.name}", attribute.value


@pytest.mark.parametrize("folder", FOLDERS)
def test_both_languages_have_the_same_texts_with_the_same_variables(folder: str) -> None:
    found = {
        locale: {name: variables(value) for name, value in entries(folder, locale)}
        for locale in Locale
    }
    assert found[Locale.FA] == found[Locale.EN]


@pytest.mark.parametrize(("folder", "locale"), FILES)
def test_no_text_is_written_twice(folder: str, locale: Locale) -> None:
    names = [name for name, _ in entries(folder, locale)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("folder", FOLDERS)
def test_persian_is_written_with_persian_letters_and_digits(folder: str) -> None:
    source = read(folder, Locale.FA)
    assert not set(source) & set("يكىة٤٥٦٠١٢٣٧٨٩")


def test_all_modules_texts_fit_together() -> None:
    catalogue = Catalogue(PACKAGES)
    assert catalogue.faults == []
    assert catalogue.has(Locale.FA, "error-not_found.detail")


def test_every_error_code_has_its_texts() -> None:
    catalogue = Catalogue(PACKAGES)
    codes = raised_codes()
    assert {"not_found", "validation", "idempotency_key_reused"} <= set(codes.errors)
    assert {"required", "mobile_invalid", "unknown_fact"} <= set(codes.fields)
    needed = {f"error-{code}": where for code, where in codes.errors.items()}
    needed |= {f"error-{code}.detail": where for code, where in codes.errors.items()}
    needed |= {f"field-{code}": where for code, where in codes.fields.items()}
    missing = [
        f"{locale} {name} ({where})"
        for name, where in sorted(needed.items())
        for locale in Locale
        if not catalogue.has(locale, name)
    ]
    assert missing == []


def test_numbers_come_out_in_the_languages_digits() -> None:
    assert translate("fa", "field-below_minimum", minimum=1_000_000) == (
        "مقداری برابر یا بیشتر از ۱٬۰۰۰٬۰۰۰ وارد کنید."
    )
    assert translate("fa", "field-below_minimum", minimum=Decimal("2.50")) == (
        "مقداری برابر یا بیشتر از ۲٫۵ وارد کنید."
    )
    assert translate("en", "field-below_minimum", minimum=1_000_000) == "Enter 1,000,000 or more."
    assert translate("en", "day-ago", days=1) == "1 day ago"
    assert translate("en", "day-ago", days=3) == "3 days ago"


def test_dates_come_out_in_the_languages_calendar() -> None:
    moment = datetime(2026, 1, 5, 11, tzinfo=UTC)
    assert translate("fa", "because-not_started", at=moment) == (
        "این الگو از ۱۵ دی ۱۴۰۴، ۱۴:۳۰ آغاز می‌شود."
    )
    assert translate("fa", "because-not_started", at=date(2026, 1, 5)) == (
        "این الگو از ۱۵ دی ۱۴۰۴ آغاز می‌شود."
    )
    assert translate("en", "because-not_started", at=moment) == (
        "This rule starts at 5 January 2026, 14:30."
    )


def test_only_fragments_against_the_sentence_are_isolated() -> None:
    assert translate("fa", "value-quoted", text="گل‌آرا") == "«گل‌آرا»"
    assert translate("fa", "value-quoted", text="ACME (2)") == "«\u2068ACME (2)\u2069»"
    assert translate("en", "value-quoted", text="ACME (2)") == "“ACME (2)”"
    assert translate("en", "value-quoted", text="گل‌آرا (۲)") == "“\u2068گل‌آرا (۲)\u2069”"
    assert translate("fa", "value-quoted", text="12") == "«12»"


def test_an_isolated_string_still_selects() -> None:
    value = to_fluent("toman", Locale.FA)
    assert isinstance(value, Isolated)
    assert value == "toman"
    assert to_fluent(True, Locale.FA) == "true"
    assert to_fluent(None, Locale.EN) == ""


def test_a_missing_text_falls_back_and_never_raises() -> None:
    assert translate("fa", "no-such-text") == "no-such-text"
    assert translate("fa", "unit-toman.none") == "unit-toman.none"
    assert translate("fa", "field-too_short") == "دست‌کم minimum نویسه بنویسید."


def test_one_language_stands_in_for_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    only_english = {Locale.EN: [("here", "greeting = Hello")], Locale.FA: []}
    monkeypatch.setattr(catalogue_module, "sources", lambda _, locale: only_english[locale])
    assert Catalogue().translate(Locale.FA, "greeting") == "Hello"


def test_two_files_cannot_claim_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_module, "sources", lambda name, _: [(name, "unit-rial = x")])
    catalogue = Catalogue(["other"])
    assert catalogue.faults == ["other: unit-rial is in timcheh"] * 2
    assert catalogue.translate(Locale.FA, "unit-rial") == "x"


def test_what_does_not_parse_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_module, "sources", lambda name, _: [(name, "a = { $x")])
    assert Catalogue().faults == ["timcheh: not Fluent: a = { $x"] * 2


@pytest.mark.parametrize(("folder", "locale"), FILES)
def test_what_is_read_without_the_parser_is_what_the_parser_reads(
    folder: str, locale: Locale
) -> None:
    source = read(folder, locale)
    quick = [entry for entry in entries_of(source) if isinstance(entry, Entry)]
    parsed = {m.id.name: patterns_of(m) for m in messages(parse(source)) if isinstance(m, Message)}
    assert {entry.name: entry.patterns for entry in quick}.items() <= parsed.items()
    assert len(quick) >= len(parsed) * 3 // 4


PLAIN = "a = one  { $x } two \n    .b = { $y }\n"
MORE = (
    "a =\n    one\n    two\n",
    "a = { $n ->\n[one] x\n*[other] y\n}\n",
    "a = { -brand }\n-brand = x\n",
    'a = { "{" }\n',
    "a = { b }\nb = { $x }\n",
    "a = one\n  two\n",
    "a = one\r\n",
    "a =\n    .b = x\n    y\n",
)


@pytest.mark.parametrize("source", [PLAIN, *MORE, "a = }\n", "a =\n", "a\n", "a = x\n!\n", "= x"])
def test_whatever_is_more_is_the_parser_s(source: str) -> None:
    language = Language(Locale.EN)
    faults = language.add("here", source)
    resource = parse(source)
    assert [f"here: not Fluent: {line}" for line in junk(resource)] == faults
    read_by_parser = {
        name: pattern
        for message in messages(resource)
        if isinstance(message, Message)
        for name, pattern in patterns_of(message).items()
    }
    assert language.patterns == read_by_parser


def test_a_text_that_names_a_plain_one_finds_it() -> None:
    language = Language(Locale.EN)
    assert (
        language.add("here", "a = { $n ->\n   *[other] { b } { c.d }\n }\nb = B\nc =\n    .d = D\n")
        == []
    )
    assert language.format("a", {"n": 1}) == "B D"


def test_the_short_cut_says_what_the_resolver_says() -> None:
    values = (1234, Decimal("2.5"), "گل‌آرا", "ACME (2)", "", True, None, date(2026, 1, 5))
    for locale in Locale:
        language = Language(locale)
        for folder, each in FILES:
            if each is locale:
                assert language.add(folder, read(folder, locale)) == []
        for message_id, parts in list(language.patterns.items()):
            if parts is None:
                continue
            names = [part.name for part in parts if not isinstance(part, str)]
            params = {name: values[index % len(values)] for index, name in enumerate(names)}
            quick = language.format(message_id, params)
            language.patterns[message_id] = None
            assert language.format(message_id, params) == quick
