"""Erase me: what it means, the code that confirms it, and changing one's mind."""

from typing import Any, Final

from litestar import get, post
from litestar.di import NamedDependency

from members.facade import find_member
from merchants.facade import commissions_of
from shared_pool.club.holdings import by_source
from shared_pool.club.queries import acceptors_of, live_lots
from shared_pool.club.telling import teller_for
from shared_pool.erasing.service import GRACE, ask_erasure, find_erasure, withdraw_erasure
from timcheh.db import Scope
from timcheh.errors import TimchehError
from timcheh.text.normalise import normalise
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext
from timcheh.web.sign_in import RESEND_SECONDS

PURPOSE: Final = "erasure"
"""What the code is good for: see `OneTimePasswords`."""


@get("/{mall_slug:str}/club/erase", include_in_schema=False)
async def erasing(club_page: NamedDependency[PageContext]) -> Html:
    """What goes and what stays; who has asked already sees until when they can stay."""
    return await _page(club_page, Form())


@post("/{mall_slug:str}/club/erase", include_in_schema=False)
async def code_asked(club_page: NamedDependency[PageContext]) -> Html:
    """Sends the code that confirms it."""
    mobile = await _mobile(club_page)
    try:
        await club_page.services.one_time_passwords.send(
            club_page.caller.mall_id,
            mobile,
            club_page.address,
            club_page.locale,
            purpose=PURPOSE,
        )
    except TimchehError as error:
        return await _page(club_page, Form.refused({}, error, club_page.locale), error.status)
    return club_page.go(club_page.url("erase/code"))


@get("/{mall_slug:str}/club/erase/code", include_in_schema=False)
async def code_form(club_page: NamedDependency[PageContext]) -> Html:
    """Where the code is typed."""
    return await _code_page(club_page, Form())


@post("/{mall_slug:str}/club/erase/code", include_in_schema=False)
async def confirmed(club_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Takes the member's word: from now on their days run."""
    caller, mobile = club_page.caller, await _mobile(club_page)
    try:
        await club_page.services.one_time_passwords.verify(
            caller.mall_id,
            mobile,
            normalise(data.get("code", "")),
            club_page.address,
            purpose=PURPOSE,
        )
        async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
            await ask_erasure(uow, caller.id)
    except TimchehError as error:
        return await _code_page(club_page, Form.refused({}, error, club_page.locale), error.status)
    return club_page.go(club_page.url("erase"))


@post("/{mall_slug:str}/club/erase/withdrawn", include_in_schema=False)
async def withdrawn(club_page: NamedDependency[PageContext]) -> Html:
    """The member stays."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await withdraw_erasure(uow, caller.id)
    return club_page.go(club_page.url("me"), club_page.text("erase-withdrawn"))


ROUTES: Final = (erasing, code_asked, code_form, confirmed, withdrawn)


async def _page(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(caller.scope) as uow:
        asked = await find_erasure(uow, caller.id)
        lots = await live_lots(uow)
        acceptors = await acceptors_of(uow, {lot.scope_id for lot in lots})
        teller = await teller_for(page, uow)
    held = [lot for lot in lots if lot.available or lot.held]
    context: dict[str, Any] = {
        "form": form,
        "due": asked.due_at if asked else None,
        "days": GRACE.days,
        "worth": sum(lot.value for lot in held if lot.unit != "wallet"),
        "lost": by_source(
            [lot for lot in held if lot.unit != "wallet"], acceptors, teller, page.now
        ),
        "wallet": sum(lot.available for lot in held if lot.unit == "wallet"),
        "commission": await _commission(page),
    }
    return page.render("members/club/erase.html", context, status=status)


async def _commission(page: PageContext) -> int:
    """What shops owe the member, rial."""
    async with page.database.unit_of_work(Scope.mall(page.caller.mall_id)) as uow:
        return sum(
            amount for amount in (await commissions_of(uow, page.caller.id)).values() if amount > 0
        )


async def _code_page(page: PageContext, form: Form, status: int = 200) -> Html:
    context = {
        "form": form,
        "mobile": await _mobile(page),
        "seconds": RESEND_SECONDS,
        "inbox": "/dev/inbox" if page.services.settings.dev_inbox else "",
    }
    return page.render("members/club/erase_code.html", context, status=status)


async def _mobile(page: PageContext) -> str:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        return (await find_member(uow, id=page.caller.id)).mobile
