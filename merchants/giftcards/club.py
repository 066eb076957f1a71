"""Gift cards on the member's phone: those they were given, and those they gave."""

from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from merchants.giftcards.keeping import keep_card, put_away
from merchants.giftcards.queries import CardWorth, accepted_at, cards_given, cards_kept
from merchants.giftcards.showing import read_number, shown_card
from merchants.shops.service import shop_names
from timcheh.access.limits import Limit
from timcheh.db import Scope, UnitOfWork
from timcheh.errors import Invalid, NotFound, TimchehError
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext

MISSES: Final = Limit("gift-card-member", count=20, window=86_400)
"""Numbers that a member may try in vain in a day; mistyped ones don't count."""


@get("/{mall_slug:str}/club/gifts", include_in_schema=False)
async def gifts(club_page: NamedDependency[PageContext]) -> Html:
    """What was given to the member, and what they gave. A card's own code fills its number in."""
    number = club_page.request.query_params.get("card", "")[:40]
    return await _page(club_page, Form({"number": number}))


@post("/{mall_slug:str}/club/gifts", include_in_schema=False)
async def gift_kept(club_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Keeps a card on the phone."""
    caller, limiter = club_page.caller, club_page.services.limiter
    try:
        number = read_number(data)
        await limiter.refuse_if_full(MISSES, str(caller.id))
        try:
            async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
                await keep_card(uow, caller.id, number)
        except NotFound:
            await limiter.hit(MISSES, str(caller.id))
            raise Invalid.field("/number", "gift_card_unknown") from None
    except TimchehError as error:
        kept = {} if any(e.code == "bank_card_refused" for e in error.errors) else data
        form = Form.refused(kept, error, club_page.locale)
        return await _page(club_page, form, error.status)
    return club_page.go(club_page.url("gifts"), club_page.text("gifts-kept"))


@post("/{mall_slug:str}/club/gifts/{card_id:uuid}/away", include_in_schema=False)
async def gift_put_away(club_page: NamedDependency[PageContext], card_id: FromPath[UUID]) -> Html:
    """Takes a card off the phone."""
    caller = club_page.caller
    async with club_page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        await put_away(uow, caller.id, card_id)
    return club_page.go(club_page.url("gifts"), club_page.text("gifts-away"))


ROUTES: Final = (gifts, gift_kept, gift_put_away)


async def _page(page: PageContext, form: Form, status: int = 200) -> Html:
    caller = page.caller
    async with page.database.unit_of_work(Scope.mall(caller.mall_id)) as uow:
        names = await shop_names(uow)
        kept = [await _kept(page, uow, card, names) for card in await cards_kept(uow, caller.id)]
        given = await cards_given(uow, caller.id)
    context = {
        "form": form,
        "kept": [card for card in kept if card["state"] == "open"],
        "over": [card for card in kept if card["state"] != "open"],
        "given": [
            shown_card(page, card)
            | {"shop": names.get(card.merchant_id, ""), "number": "", "brought": brought}
            for card, brought in given
        ],
    }
    return page.render("merchants/giftcards/club.html", context, status=status)


async def _kept(
    page: PageContext, uow: UnitOfWork, card: CardWorth, names: dict[UUID, str]
) -> dict[str, Any]:
    shops = await accepted_at(uow, card.scope_id)
    return shown_card(page, card) | {"shop": names.get(card.merchant_id, ""), "shops": shops}
