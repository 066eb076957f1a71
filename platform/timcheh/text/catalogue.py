"""The catalogue of texts: every user-visible string, in Persian and English.

Each package that has texts keeps them in `locale/fa.ftl` and `locale/en.ftl` (Project Fluent),
and so may its parts (`members/surveys/locale/…`). `install` names the packages once at start;
until then the kernel's own texts are there.
"""

import logging
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

from fluent.syntax import FluentParser, ast

from timcheh.text.fluent_values import Bundle
from timcheh.text.locale import Locale

__all__ = ["KERNEL_PACKAGE", "Catalogue", "Locale", "has_text", "install", "translate"]

KERNEL_PACKAGE = "timcheh"
_log = logging.getLogger(__name__)


class Catalogue:
    """The texts of some packages. ValueError if two files claim one message id."""

    def __init__(self, packages: Iterable[str] = ()) -> None:
        self._bundles = {locale: Bundle(locale) for locale in Locale}
        names = dict.fromkeys([KERNEL_PACKAGE, *packages])
        for locale, bundle in self._bundles.items():
            owners: dict[str, str] = {}
            for place, source in (item for name in names for item in sources(name, locale)):
                resource = parse(source)
                for entry in messages(resource):
                    name = entry.id.name
                    if owners.setdefault(name, place) != place:
                        raise ValueError(f"{place} redefines {name} of {owners[name]}")
                bundle.add_resource(resource)

    def has(self, locale: Locale, message_id: str) -> bool:
        """Whether this language itself has the message (`id` or `id.attribute`)."""
        name, _, attribute = message_id.partition(".")
        bundle = self._bundles[locale]
        if not bundle.has_message(name):
            return False
        message = bundle.get_message(name)
        return attribute in message.attributes if attribute else message.value is not None

    def translate(self, locale: Locale, message_id: str, **params: object) -> str:
        """The text of `message_id` (`id` or `id.attribute`); it never raises.

        A text missing in `locale` comes from the other language, and if that hasn't it either,
        the id itself is returned and logged.
        """
        for language in (locale, locale.other):
            if self.has(language, message_id):
                return self._format(language, message_id, params)
        _log.warning("no text for %s", message_id)
        return message_id

    def _format(self, locale: Locale, message_id: str, params: dict[str, object]) -> str:
        name, _, attribute = message_id.partition(".")
        bundle = self._bundles[locale]
        message = bundle.get_message(name)
        pattern = message.attributes[attribute] if attribute else message.value
        assert pattern is not None  # `has` was asked first
        text, errors = bundle.format_pattern(pattern, params)
        for error in errors:
            _log.warning("text %s (%s): %s", message_id, locale, error)
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
    """The messages and terms of a parsed source; ValueError where it doesn't parse."""
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            raise ValueError(f"not Fluent: {(entry.content or '').strip()[:80]!r}")
        if isinstance(entry, ast.Message | ast.Term):
            yield entry


_installed: Catalogue | None = None


def install(packages: Iterable[str]) -> None:
    """Name the packages whose texts this process uses (the kernel's are always there)."""
    global _installed
    _installed = Catalogue(packages)


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
