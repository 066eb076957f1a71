"""The catalogue of texts: every user-visible string, in Persian and English.

Each package that has texts keeps them in `locale/fa.ftl` and `locale/en.ftl` (Project Fluent),
and so may its parts (`members/surveys/locale/…`). `install` names the packages at start; until
then the kernel's own texts are there.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path

from fluent.syntax import FluentParser, ast

from timcheh.text.fluent_values import Bundle
from timcheh.text.locale import Locale
from timcheh.text.plain_entry import Entry, entries, references
from timcheh.text.plain_pattern import Parts, join_parts, plain_parts

__all__ = ["KERNEL_PACKAGE", "Catalogue", "Locale", "has_text", "install", "translate"]

KERNEL_PACKAGE = "timcheh"
_log = logging.getLogger(__name__)


class Catalogue:
    """The texts of some packages.

    `faults` says what is wrong with them: an id in two files (the first counts), lines that
    aren't Fluent. It must be empty and a test sees to that; a wrong text doesn't stop a till.
    """

    def __init__(self, packages: Iterable[str] = ()) -> None:
        self.faults: list[str] = []
        self._languages = {locale: Language(locale) for locale in Locale}
        names = dict.fromkeys([KERNEL_PACKAGE, *packages])
        for language in self._languages.values():
            for name in names:
                for place, source in sources(name, language.locale):
                    self.faults += language.add(place, source)
        for fault in self.faults:
            _log.error("catalogue: %s", fault)

    def has(self, locale: Locale, message_id: str) -> bool:
        """Whether this language itself has the message (`id` or `id.attribute`)."""
        return message_id in self._languages[locale].patterns

    def translate(self, locale: Locale, message_id: str, **params: object) -> str:
        """The text of `message_id` (`id` or `id.attribute`); it never raises.

        A text missing in `locale` comes from the other language, and if that hasn't it either,
        the id itself is returned and logged.
        """
        for language in (self._languages[locale], self._languages[locale.other]):
            if message_id in language.patterns:
                return language.format(message_id, params)
        _log.warning("no text for %s", message_id)
        return message_id


class Language:
    """The texts of one language, by id (`id` or `id.attribute`)."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.patterns: dict[str, Parts | None] = {}  # None: for the resolver
        self._bundle = Bundle(locale)
        self._places: dict[str, str] = {}
        self._unparsed: dict[str, str] = {}  # sources of plain entries: the bundle seldom needs one
        self._referred: set[str] = set()  # what other texts may name in themselves

    def add(self, place: str, source: str) -> list[str]:
        """Add a file's texts. Returns what is wrong with it; the first of two texts counts."""
        return [fault for entry in entries(source) for fault in self._add(place, entry)]

    def _add(self, place: str, entry: Entry | str) -> Iterator[str]:
        if isinstance(entry, Entry):
            if fault := self._claimed(place, entry.name):
                yield fault
            else:
                self.patterns |= entry.patterns
                self._unparsed[entry.name] = entry.source
            return
        self._referred.update(references(entry))
        resource = parse(entry)
        yield from (f"{place}: not Fluent: {line}" for line in junk(resource))
        for message in messages(resource):
            if fault := self._claimed(place, message.id.name):
                yield fault
            elif isinstance(message, ast.Message):
                self.patterns |= patterns_of(message)
        self._bundle.add_resource(resource)

    def _claimed(self, place: str, name: str) -> str | None:
        """What is wrong where another file has the text already."""
        first = self._places.setdefault(name, place)
        return f"{place}: {name} is in {first}" if first != place else None

    def format(self, message_id: str, params: Mapping[str, object]) -> str:
        """The text of an id that is in `patterns`. What can't be filled in is logged."""
        parts = self.patterns[message_id]
        if parts is not None:
            try:
                return join_parts(parts, self.locale, params)
            except KeyError:
                pass  # the resolver names what is missing
        name, _, attribute = message_id.partition(".")
        for needed in self._unparsed.keys() & {name, *self._referred}:
            self._bundle.add_resource(parse(self._unparsed.pop(needed)))
        message = self._bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        assert pattern is not None  # it is in `patterns`
        text, errors = self._bundle.format_pattern(pattern, dict(params))
        for error in errors:
            _log.warning("text %s (%s): %s", message_id, self.locale, error)
        return str(text)


def sources(package: str, locale: Locale) -> list[tuple[str, str]]:
    """The Fluent files a package and its parts bring for a language: (where, source)."""
    folder = Path(str(resources.files(package)))
    return [
        (f"{package}/{path.relative_to(folder)}", path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob(f"locale/{locale}.ftl"))
    ]


def parse(source: str) -> ast.Resource:
    """The syntax tree of a Fluent source."""
    return FluentParser().parse(source)


def messages(resource: ast.Resource) -> Iterator[ast.Message | ast.Term]:
    """The messages and terms of a parsed source."""
    for entry in resource.body:
        if isinstance(entry, ast.Message | ast.Term):
            yield entry


def patterns_of(message: ast.Message) -> dict[str, Parts | None]:
    """A message's patterns by id (`id` and `id.attribute`); None is for the resolver."""
    name = message.id.name
    found = {} if message.value is None else {name: plain_parts(message.value)}
    for attribute in message.attributes:
        found[f"{name}.{attribute.id.name}"] = plain_parts(attribute.value)
    return found


def junk(resource: ast.Resource) -> Iterator[str]:
    """The parts of a source that don't parse."""
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            yield (entry.content or "").strip()[:80]


_installed: Catalogue | None = None
_named: frozenset[str] = frozenset()


def install(packages: Iterable[str]) -> None:
    """Name packages whose texts this process uses, beside those named before."""
    global _installed, _named
    named = _named.union(packages)
    if _installed is None or named != _named:
        # In the order of their names: the same texts whoever came first.
        _installed, _named = Catalogue(sorted(named)), named


def _catalogue() -> Catalogue:
    if _installed is None:
        install(())
    assert _installed is not None
    return _installed


def translate(locale: Locale | str, message_id: str, /, **params: object) -> str:
    """`Catalogue.translate` of the installed catalogue."""
    return _catalogue().translate(Locale(locale), message_id, **params)


def has_text(locale: Locale | str, message_id: str) -> bool:
    """`Catalogue.has` of the installed catalogue."""
    return _catalogue().has(Locale(locale), message_id)
