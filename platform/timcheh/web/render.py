"""Templates: where they are found, and the filters and functions they speak with.

A module's templates lie in `<package>/templates/<package>/…` and are named by that path
(`members/club/home.html`); the shell and the components lie in this package's `templates/`.

Macros in `components/` are imported without a context (Jinja caches such imports), so what
belongs to one response (language, nonce, CSRF token) is kept in a context variable while that
response is rendered, and read there by `t`, `nonce`, `csrf_field` and the filters.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from timcheh.calendar import DateStyle, format_date, local_date
from timcheh.calendar.relative import format_relative
from timcheh.money import MoneyText, MoneyUnit, about, amount_in_words, format_money, money_text
from timcheh.text.catalogue import translate
from timcheh.text.digits import format_number, persian_digits
from timcheh.text.locale import Locale
from timcheh.voice import Voice
from timcheh.web.charts import Chart, Parts, Plot, plot, plot_parts
from timcheh.web.colour import accent_style
from timcheh.web.form import Form
from timcheh.web.frame import View
from timcheh.web.qr import qr_picture, qr_svg

WEB_PACKAGE = "timcheh.web"
STATIC_URL = "/static"
CSRF_FIELD = "_csrf_token"

_view: ContextVar[View] = ContextVar("view")


class Renderer:
    """Renders named templates of some packages. One for the process."""

    def __init__(self, packages: Iterable[str], *, reload: bool = False) -> None:
        """`reload` looks at the files again on each page, for work on the templates."""
        self.environment = _environment(packages, reload=reload)

    def render(self, template: str, context: Mapping[str, Any], view: View) -> str:
        """The page as HTML. Jinja's errors (a missing template or value) pass through."""
        token = _view.set(view)
        try:
            return self.environment.get_template(template).render(view=view, **context)
        finally:
            _view.reset(token)


def _environment(packages: Iterable[str], *, reload: bool) -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in _with_templates(packages)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=reload,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    environment.filters.update(
        digits=_shown_digits,
        number=_number,
        about=about,
        money=_money,
        rial=_rial,
        money_parts=_money_parts,
        words=_words,
        rial_words=_rial_words,
        jalali=_jalali,
        jalali_day=_jalali_day,
        jalali_time=_jalali_time,
        clock=_clock,
        relative=_relative,
        percent=_percent,
        ltr=_ltr,
        grouped4=_grouped4,
        plot=_plot,
        plot_parts=_plot_parts,
        qr=qr_svg,
        qr_picture=qr_picture,
    )
    environment.globals.update(
        t=_translate,
        nonce=lambda: _view.get().nonce,
        csrf_field=_csrf_field,
        csrf_token=lambda: _view.get().csrf_token,
        asset=asset,
        import_map=import_map,
        accent_style=lambda colour: Markup(accent_style(colour)),  # noqa: S704  made of numbers
        unit_word=lambda: money_text(0, _view.get().unit, _view.get().locale).unit,
        view_theme=lambda: _view.get().theme,
        empty_form=Form(),
        today=lambda: local_date(_view.get().now),
        direction=lambda: _view.get().locale.direction,
        locale=lambda: _view.get().locale.value,
    )
    return environment


def _with_templates(packages: Iterable[str]) -> list[str]:
    named = dict.fromkeys([WEB_PACKAGE, *packages])
    return [name for name in named if (resources.files(name) / "templates").is_dir()]


@cache
def asset(path: str) -> str:
    """The URL of a file under static/, with its content's hash so that it can be kept forever.

    The build of the stylesheet names its fonts and masks in the same way.
    """
    content = (resources.files(WEB_PACKAGE) / "static" / path).read_bytes()
    return f"{STATIC_URL}/{path}?v={hashlib.sha256(content).hexdigest()[:10]}"


@cache
def import_map(*names: str) -> Markup:
    """A JSON import map, so that a module's `import "./money.js"` fetches the hashed file."""
    imports = {f"{STATIC_URL}/js/{name}.js": asset(f"js/{name}.js") for name in names}
    return Markup(json.dumps({"imports": imports}))  # noqa: S704  our own file names


def _translate(message_id: str, **params: object) -> str:
    return translate(_view.get().locale, message_id, **params)


def _csrf_field() -> Markup:
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return field.format(CSRF_FIELD, _view.get().csrf_token)


def _digits(value: object) -> str:
    """Digits as this language writes them; nothing is grouped."""
    text = str(value)
    return persian_digits(text) if _view.get().locale is Locale.FA else text


@pass_context
def _shown_digits(_: Context, value: object) -> str:
    """With the context, or Jinja would work out `"09…"|digits` once, in whichever language is asked
    for first, and keep it for all."""
    return _digits(value)


def _number(value: int) -> str:
    return format_number(value, _view.get().locale)


def _money(amount: int) -> str:
    """In words, in the mall's unit: for the middle of a sentence."""
    return Voice(_view.get().locale, _view.get().unit).money(amount)


def _rial(amount: int) -> str:
    return format_money(amount, MoneyUnit.RIAL, _view.get().locale)


def _money_parts(amount: int, unit: str | None = None) -> MoneyText:
    """Number, unit and exact rial, in the mall's display unit unless one is named."""
    view = _view.get()
    return money_text(amount, MoneyUnit(unit) if unit else view.unit, view.locale)


def _words(amount: int) -> str:
    view = _view.get()
    return amount_in_words(amount, view.unit, view.locale)


def _rial_words(amount: int) -> str:
    return amount_in_words(amount, MoneyUnit.RIAL, _view.get().locale)


def _jalali(moment: date | datetime, style: str = "long") -> str:
    return format_date(moment, _view.get().locale, DateStyle(style))


def _jalali_day(moment: date | datetime) -> str:
    return format_date(moment, _view.get().locale, DateStyle.DAY)


def _jalali_time(moment: datetime) -> str:
    return format_date(moment, _view.get().locale, DateStyle.LONG_WITH_TIME)


def _clock(moment: datetime) -> str:
    written = format_date(moment, Locale.EN, DateStyle.SHORT_WITH_TIME)
    return _digits(written.rpartition(" ")[2])


def _relative(moment: datetime) -> str:
    view = _view.get()
    return format_relative(moment, view.now, view.locale)


def _percent(bps: int) -> str:
    """Basis points as a percentage: 250 is ۲٫۵٪."""
    return Voice(_view.get().locale).percent(bps)


def _plot(chart: Chart) -> Plot:
    view = _view.get()
    return plot(chart, view.unit, view.locale)


def _plot_parts(chart: Chart) -> Parts:
    view = _view.get()
    return plot_parts(chart, view.unit, view.locale)


def _ltr(value: object) -> Markup:
    """A Latin fragment (Sheba, code, id) kept whole in a right-to-left line."""
    return Markup('<bdi dir="ltr" class="mono">{}</bdi>').format(value)


def _grouped4(number: str) -> str:
    """A card's digits in fours."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
