"""Every sample page renders in both languages, without stray words and without inline code."""

import logging
import re
from pathlib import Path

import pytest

from infra.assets import ROOT
from tests.web_support.preview import NOW, PACKAGES, renderer
from tests.web_support.samples import frame, pages
from timcheh.errors import FieldError, Invalid
from timcheh.module import MenuItem
from timcheh.text.catalogue import Catalogue
from timcheh.text.locale import Locale
from timcheh.web.form import Form
from timcheh.web.frame import View, nav_links
from timcheh_app.modules import modules

RENDERER = renderer()
CATALOGUE = Catalogue(PACKAGES)
SAMPLES = {locale: pages(NOW, locale) for locale in Locale}
TEMPLATES = sorted(
    path
    for folder in ("platform/timcheh/web", *PACKAGES)
    for path in (ROOT / folder / "templates").rglob("*.html")
)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^>"'])*>""")
_NO_WORDS = {
    "Esc",
    "Ctrl",
    "Enter",
    "aria",
    "describedby",
    "invalid",
    "true",
    "root",
}  # keys, attributes
_TEXT_ID = re.compile(r"""\bt\("([a-z0-9.-]+)"[,)]""")
_INLINE = re.compile(
    r"""\sstyle=|\son[a-z]+=["']|javascript:"""
    r"""|<script(?![^>]*(?:\bsrc=|"importmap" nonce="n0nce"))[^>]*>"""
)


def _render(name: str, locale: Locale) -> str:
    template, context, frame = SAMPLES[locale][name]
    view = View(locale=locale, nonce="n0nce", csrf_token="token", now=NOW, frame=frame)
    return RENDERER.render(template, context, view)


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("name", SAMPLES[Locale.FA])
def test_a_page_renders(name: str, locale: Locale, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        html = _render(name, locale)
    assert not caplog.records, caplog.text
    assert f'lang="{locale}" dir="{locale.direction}"' in html
    assert not _INLINE.search(html)
    assert "None" not in re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_words_are_in_both_catalogues(path: Path) -> None:
    for message_id in _TEXT_ID.findall(path.read_text("utf-8")):
        for locale in Locale:
            assert CATALOGUE.has(locale, message_id), (message_id, locale)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_is_written_into_a_template(path: Path) -> None:
    if path.name == "styleguide.html":
        return  # its samples are content
    source = _COMMENT.sub("", path.read_text("utf-8"))
    assert not re.search(r"[\u0600-\u06ff]", source)
    words = _TAG.sub(" ", _JINJA.sub(" ", source))
    assert set(re.findall(r"[A-Za-z]{2,}", re.sub(r"&\w+;", "", words))) <= _NO_WORDS


def test_every_form_carries_the_token() -> None:
    for name in SAMPLES[Locale.FA]:
        for form in re.findall(
            r"<form[^>]*method=\"post\".*?</form>", _render(name, Locale.FA), re.DOTALL
        ):
            assert 'name="_csrf_token" value="token"' in form


_PART = re.compile(r"""{%-?\s*(?:include|import|from)\s+"([^"]+)\"""")


def test_a_page_that_asks_for_itself_anew_has_what_asks() -> None:
    """Attributes of htmx do nothing where its script isn't loaded."""
    sources = {
        path.as_posix().partition("/templates/")[2]: path.read_text("utf-8") for path in TEMPLATES
    }
    for name, source in sources.items():
        whole = source + "".join(sources.get(part, "") for part in _PART.findall(source))
        if "{% extends" in source and " hx-" in whole and not name.startswith("shells/"):
            assert "vendor/htmx.min.js" in source, name


def test_what_was_typed_is_escaped() -> None:
    template, context, frame = SAMPLES[Locale.FA]["mall-shop-new"]
    evil = {**context, "form": Form({"name": '"><script>alert(1)</script>'})}
    html = RENDERER.render(template, evil, View(now=NOW, frame=frame))
    assert "<script>alert" not in html


def test_a_refused_form_keeps_its_values_and_names_its_faults() -> None:
    error = Invalid(errors=[FieldError("/sheba", "required"), FieldError("/sheba", "too_short")])
    form = Form.refused({"sheba": "IR1"}, error, Locale.EN)
    assert form.value("sheba") == "IR1"
    assert form.error("sheba")
    assert form.failed
    assert not form.message
    assert Form.refused({}, Invalid(), Locale.FA).message


def test_the_menu_marks_the_longest_place_and_hides_what_may_not_be_done() -> None:
    menu = [
        MenuItem("merchant", "b", "till", "scan-line", order=20),
        MenuItem("merchant", "a", "", "sun", order=10),
        MenuItem("merchant", "c", "staff", "users", permission="staff.edit", order=30),
        MenuItem("mall", "d", "", "store"),
    ]
    links = nav_links(
        menu,
        audience="merchant",
        mall_slug="noor",
        path="/noor/shop/till/preview",
        permissions=frozenset(),
        text=str.upper,
    )
    assert [(link.label, link.href, link.current) for link in links] == [
        ("A", "/noor/shop", False),
        ("B", "/noor/shop/till", True),
    ]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("", "امروز"),
        ("price-lists/new", "کالاها"),
        ("tiers", "بخش‌بندی مشتریان"),
        ("codes", "هدیه و پاداش"),
        ("customers/doors", "مشتریان"),
        ("nowhere", None),
    ],
)
def test_what_an_entry_leads_to_marks_it(path: str, label: str | None) -> None:
    marked = [link.label for link in frame("merchant", path).links if link.current]
    assert marked == ([label] if label else [])


def test_places_stand_under_headings_that_both_languages_have() -> None:
    menu = [item for module in modules() for item in module.menu]
    for item in menu:
        for locale in Locale:
            assert CATALOGUE.has(locale, item.label)
            assert not item.section or CATALOGUE.has(locale, f"section-{item.section}")
    shop = SAMPLES[Locale.FA]["shop-today"][2]
    assert shop is not None
    assert list(shop.sections) == [
        "فروش",
        "مشتریان",
        "پیشنهاد و هدیه",
        "کالا و فروشنده",
        "گزارش و هشدار",
        "تنظیمات",
    ]
    assert sum(map(len, shop.sections.values())) == len(shop.links)
    assert [link.label for link in shop.tabs] == ["امروز", "صندوق فروش", "خریدها", "مشتریان"]
