"""The mall's settings: its name and face with a preview, money, reminders, terms of new shops."""

import asyncio
import re
from typing import Any, Final

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from mall_portal.settings.logo import MOST_BYTES, fitted_logo
from mall_portal.settings.service import MallTerms, keep_terms, put_logo, read_terms
from merchants.facade import (
    MALL_REMINDERS,
    read_reminder_days,
    reminder_days,
    set_reminder_days,
)
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Invalid, NotFound, TimchehError
from timcheh.malls import read_logo
from timcheh.money import MoneyUnit
from timcheh.text.locale import Locale
from timcheh.web.colour import accent_values
from timcheh.web.form import Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import in_percent, in_unit
from timcheh.web.pages import Html, PageContext
from timcheh.web.reader import FormReader
from timcheh.web.reception import TAKES_FILES

MANAGE: Final = "mall.settings"
_HERE: Final = "/{mall_slug:str}/mall/settings"
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_UNITS: Final = tuple(MoneyUnit)
_ROOM: Final = 64 * 1024  # of the form around its logo
_FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
_MOST_GRACE: Final = 365


@get(_HERE, include_in_schema=False)
async def settings(mall_page: NamedDependency[PageContext]) -> Html:
    """As they are."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        values = await _values(mall_page, uow)
    return _shown(mall_page, mall_page.form(values))


@post(
    _HERE,
    include_in_schema=False,
    status_code=200,
    request_max_body_size=MOST_BYTES + _ROOM,
    opt={TAKES_FILES: True},
)
async def settings_changed(mall_page: NamedDependency[PageContext]) -> Html:
    """Changes them, all or nothing."""
    caller = mall_page.caller
    caller.require(MANAGE)
    sent = await mall_page.request.form()
    data = {name: value for name, value in sent.items() if isinstance(value, str)}
    written = Written("mall.changed", "mall", mall_page.mall.mall_id)
    try:
        async with mall_page.database.unit_of_work(caller.scope) as uow:
            data = await reconciled(uow, mall_page, data, _values(mall_page, uow), written)
            terms, days, logo = await _read(mall_page, data, sent.get("logo"))
            await keep_terms(uow, caller, terms)
            await set_reminder_days(uow, MALL_REMINDERS, days)
            if logo is not None or data.get("remove_logo"):
                await put_logo(uow, caller, logo)
    except TimchehError as error:
        return _shown(mall_page, Form.refused(data, error, mall_page.locale), error.status)
    mall_page.services.malls.forget(mall_page.mall.mall_id)
    return mall_page.go(mall_page.url("settings"), mall_page.text("mall-settings-saved"))


@get(_HERE + "/colours", include_in_schema=False)
async def colours(mall_page: NamedDependency[PageContext]) -> Response[Any]:
    """What the pages would make of a colour, for the preview: custom properties by name."""
    mall_page.caller.require(MANAGE)
    asked = mall_page.request.query_params.get("colour", "").strip().lower()
    return Response(accent_values(asked) if _COLOUR.fullmatch(asked) else {})


@get("/{mall_slug:str}/logo.png", include_in_schema=False)
async def logo(front_page: NamedDependency[PageContext]) -> Response[bytes]:
    """The mall's logo, open to anyone. Its address has its mark, so that it is kept forever."""
    mall = front_page.mall
    if mall.logo_mark is None:
        raise NotFound
    async with front_page.database.unit_of_work(Scope.mall(mall.mall_id)) as uow:
        content = await read_logo(uow)
    if content is None:
        raise NotFound
    return Response(content, media_type="image/png", headers=_FOREVER)


ROUTES: Final = (settings, settings_changed, colours, logo)


def _shown(page: PageContext, form: Form, status: int = 200) -> Html:
    context = {
        "form": form,
        "units": [(unit.value, page.text(f"unit-{unit}")) for unit in _UNITS],
        "locales": [(each.value, page.text(f"mall-settings-locale-{each}")) for each in Locale],
        "logo": page.brand.logo,
    }
    return page.render("mall_portal/settings/page.html", context, status=status)


async def _values(page: PageContext, uow: UnitOfWork) -> dict[str, str]:
    terms = await read_terms(uow)
    days = await reminder_days(uow, MALL_REMINDERS)
    listed = page.text("list-comma").join(map(str, days))
    return {
        "name": terms.name,
        "colour": terms.primary_colour or "",
        "display_unit": terms.display_unit,
        "locale": terms.locale,
        "network_fee": in_percent(terms.network_fee_bps),
        "default_credit_limit": in_unit(terms.default_credit_limit or None, page.unit),
        "return_grace_days": str(terms.return_grace_days),
        "sms_segment_price": in_unit(terms.sms_segment_price or None, page.unit),
        "reminder_days": page.digits(listed),
    }


async def _read(
    page: PageContext, data: dict[str, str], file: object
) -> tuple[MallTerms, list[int], bytes | None]:
    """The terms, the days of reminders, and a new logo if one came. Raises Invalid."""
    typed = FormReader(data, page.unit)
    colour = typed.text("colour", 7, optional=True).lower()
    if colour and not _COLOUR.fullmatch(colour):
        typed.fault("colour", "bad_colour")
    terms = MallTerms(
        name=typed.text("name", 60),
        primary_colour=colour or None,
        display_unit=typed.choice("display_unit", _UNITS),
        locale=typed.choice("locale", tuple(Locale)),
        network_fee_bps=typed.percent("network_fee", 0, optional=True),
        default_credit_limit=typed.money("default_credit_limit", optional=True),
        return_grace_days=typed.count("return_grace_days", 0, _MOST_GRACE, empty=0),
        sms_segment_price=typed.money("sms_segment_price", optional=True),
    )
    days: list[int] = typed.tried("reminder_days", read_reminder_days, [])
    picture = None
    if isinstance(file, UploadFile) and file.filename:
        try:
            picture = await asyncio.to_thread(fitted_logo, await file.read())
        except Invalid as error:
            typed.faults += error.errors
    typed.check()
    return terms, days, picture
