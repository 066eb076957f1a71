"""Handing a shop over to its people: its till's link, who has come in, and what is missing."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from mall_portal.onboarding.intake import IntakeReader, read_rules
from mall_portal.onboarding.opening import give_first_rules
from mall_portal.onboarding.people import Person, invite_again, people_of
from mall_portal.onboarding.queries import ShopRow
from mall_portal.onboarding.readiness import STEPS, readiness
from mall_portal.permissions import MANAGE, READ
from merchants.facade import (
    FIRST_RULES_SCOPES,
    TRADES,
    find_account,
    find_shop,
    first_rules,
    list_branches,
    set_account,
    tell_rules,
    usual_in,
)
from timcheh.access.inviting import AGAIN_PER_PERSON
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import TimchehError
from timcheh.printing.face import logo_of
from timcheh.printing.pdf import pdf
from timcheh.text.identifiers import national_or_company_id, sheba
from timcheh.web.downloads import PDF, attachment
from timcheh.web.form import Fields, Form
from timcheh.web.join import inviter_of
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import in_percent
from timcheh.web.pages import Html, PageContext

_SHOP: Final = "/{mall_slug:str}/mall/shops/{merchant_id:uuid}"
_ICONS: Final = {
    "owner": "user-plus",
    "sheba": "landmark",
    "rules": "list-checks",
    "till": "scan-line",
    "first": "receipt",
}


def checklist(page: PageContext, row: ShopRow, people: Sequence[Person]) -> list[dict[str, Any]]:
    """What is behind a shop and what is missing, each with the act or the page that brings it."""
    here = page.url(f"shops/{row.merchant.id}")
    may = page.caller.may(MANAGE)
    owner = next((each.staff for each in people if each.role == "owner"), None)
    acts = {
        "owner": (f"{here}/staff/{owner.id}/invite" if owner else "", ""),
        "sheba": ("", f"{here}/account"),
        "rules": ("", f"{here}/first-rules"),
        "till": ("", f"{here}/handover"),
        "first": ("", f"{here}/handover"),
    }
    shown = []
    for step in STEPS:
        done = bool(getattr(row.readiness, step))
        post_to, href = acts[step] if may and not done else ("", "")
        shown.append(
            {
                "label": page.text(f"portal-step-{step}"),
                "done": done,
                "icon": _ICONS[step],
                "post": post_to,
                "href": href,
                "act": page.text(f"portal-step-{step}.act") if post_to or href else "",
            }
        )
    return shown


@get(_SHOP + "/handover", include_in_schema=False)
async def handover(mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """The till's link with its code, the shop's people with their invitations, what is missing."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        shop, account = await find_shop(uow, merchant_id), await find_account(uow, merchant_id)
        ready = (await readiness(uow, merchant_id))[merchant_id]
        people = await people_of(uow, merchant_id)
        branches = {each.id: each.name for each in await list_branches(uow, merchant_id)}
    may, inviter = mall_page.caller.may(MANAGE), inviter_of(mall_page)
    context = {
        "shop": shop,
        "live": ready.live,
        "till": mall_page.public_address("shop/till"),
        "people": [
            {
                "id": person.staff.id,
                "name": person.staff.name,
                "mobile": person.staff.mobile,
                "role": mall_page.text(f"role-{person.role}"),
                "branch": branches.get(person.branch_id, "") if person.branch_id else "",
                "has_come": person.staff.has_come,
                # The link lets whoever has it choose the password: for whoever may invite.
                "link": inviter.link(person.staff, mall_page.now)
                if may and not person.staff.has_come
                else "",
            }
            for person in people
        ],
        "checklist": checklist(mall_page, ShopRow(shop, account, ready), people),
        "can_edit": may,
    }
    return mall_page.render("mall_portal/onboarding/handover.html", context)


@get(_SHOP + "/sheet", include_in_schema=False)
async def sheet(
    mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]
) -> Response[Any]:
    """A page to print and hand over: the till's code and the first steps."""
    mall_page.caller.require(READ)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        shop = await find_shop(uow, merchant_id)
        people = await people_of(uow, merchant_id)
    values = {
        "shop": shop.name,
        "mall_name": mall_page.mall.name,
        "logo": await logo_of(mall_page),
        "till": mall_page.public_address("shop/till"),
        "people": [
            (person.staff.name, mall_page.text(f"role-{person.role}"), person.staff.mobile)
            for person in people
        ],
    }
    html = mall_page.render("mall_portal/onboarding/sheet.html", values).content
    return attachment(await pdf(html, "handover"), f"till-{shop.slug}.pdf", PDF)


@post(_SHOP + "/staff/{staff_id:uuid}/invite", include_in_schema=False)
async def invited_again(
    mall_page: NamedDependency[PageContext],
    merchant_id: FromPath[UUID],
    staff_id: FromPath[UUID],
) -> Html:
    """Sends somebody their invitation once more; not more often than anyone needs."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        shop = await find_shop(uow, merchant_id)
        staff = await invite_again(uow, merchant_id, shop.name, staff_id, inviter_of(mall_page))
        await mall_page.services.limiter.hit(AGAIN_PER_PERSON, str(staff_id))
        await record(
            uow,
            mall_page.caller,
            "staff.invited",
            "staff",
            staff_id,
            merchant_id=merchant_id,
        )
    said = mall_page.text("onboarding-invited-again", name=staff.name)
    return mall_page.go(mall_page.url(f"shops/{merchant_id}/handover"), said)


@get(_SHOP + "/account", include_in_schema=False)
async def account(mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """The shop's identity in law and its Sheba, to be completed or put right."""
    mall_page.caller.require(MANAGE)
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        values = await _account_values(uow, merchant_id)
    return await _account(mall_page, merchant_id, mall_page.form(values))


@post(_SHOP + "/account", include_in_schema=False)
async def account_changed(
    mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID], data: Fields
) -> Html:
    """Where the shop is paid is changed by an administrator alone, and leaves a trace."""
    mall_page.caller.require(MANAGE)
    written = Written("merchant.account_changed", "merchant", merchant_id)
    try:
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            # First: a foreign shop looks absent whatever is sent.
            now = _account_values(uow, merchant_id)
            data = await reconciled(uow, mall_page, data, now, written)
            reader = IntakeReader(data)
            given = {
                "national_id": reader.identifier(
                    "national_id", national_or_company_id, optional=True
                ),
                "sheba": reader.identifier("sheba", sheba, optional=True),
            }
            reader.check()
            before = await find_account(uow, merchant_id)
            was = {"national_id": before.national_id, "sheba": before.sheba}
            await set_account(uow, merchant_id, **given)
            await record(
                uow,
                mall_page.caller,
                "merchant.account_changed",
                "merchant",
                merchant_id,
                merchant_id=merchant_id,
                before=was,
                after=given,
            )
    except TimchehError as error:
        refused = mall_page.refused(data, error)
        return await _account(mall_page, merchant_id, refused, error.status)
    here = mall_page.url(f"shops/{merchant_id}")
    return mall_page.go(here, mall_page.text("onboarding-account-saved"))


@get(_SHOP + "/first-rules", include_in_schema=False)
async def rules(mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """A template for a shop that has no rules yet."""
    mall_page.caller.require(MANAGE)
    return await _rules(mall_page, merchant_id, None)


@post(_SHOP + "/first-rules", include_in_schema=False)
async def rules_given(
    mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID], data: Fields
) -> Html:
    """Publishes it as the shop's first rules. RulesChanged if the shop was faster."""
    mall_page.caller.require(MANAGE)
    try:
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            shop = await find_shop(uow, merchant_id)
            asked = read_rules(data | {"rules": "template"}, _trade_of(mall_page, shop.category))
            assert asked is not None
            who = mall_page.caller.id
            await give_first_rules(uow, who, merchant_id, asked, mall_page.locale)
            await record(
                uow,
                mall_page.caller,
                "rules.published",
                "merchant",
                merchant_id,
                merchant_id=merchant_id,
            )
    except TimchehError as error:
        refused = mall_page.refused(data, error)
        return await _rules(mall_page, merchant_id, refused, error.status)
    here = mall_page.url(f"shops/{merchant_id}")
    return mall_page.go(here, mall_page.text("onboarding-rules-given"))


ROUTES: Final = (
    handover,
    sheet,
    invited_again,
    account,
    account_changed,
    rules,
    rules_given,
)


async def _account_values(uow: UnitOfWork, merchant_id: UUID) -> dict[str, str]:
    found = await find_account(uow, merchant_id)
    return {"national_id": found.national_id or "", "sheba": found.sheba or ""}


async def _account(page: PageContext, merchant_id: UUID, form: Form, status: int = 200) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        shop = await find_shop(uow, merchant_id)
    return page.render(
        "mall_portal/onboarding/account.html", {"shop": shop, "form": form}, status=status
    )


async def _rules(
    page: PageContext, merchant_id: UUID, form: Form | None, status: int = 200
) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        shop = await find_shop(uow, merchant_id)
    trade = _trade_of(page, shop.category)
    usual = usual_in(trade)
    values = {"rules": "template", "percent": in_percent(usual.bps), "days": str(usual.days)}
    told = tell_rules(
        first_rules(usual.bps, usual.days, FIRST_RULES_SCOPES[0], (), page.locale),
        page.locale,
        page.unit,
    )
    context = {
        "shop": shop,
        "form": form or Form(values),
        "scopes": [(code, page.text(f"onboarding-scope-{code}")) for code in FIRST_RULES_SCOPES],
        "extras": [(code, page.text(f"onboarding-extra-{code}")) for code in usual.extras],
        "trade": shop.category if trade else "",
        "trade_code": trade,
        "told": told if form is None else [],
        "later": False,
    }
    return page.render("mall_portal/onboarding/first_rules.html", context, status=status)


def _trade_of(page: PageContext, category: str | None) -> str:
    """A shop keeps the trade's word as it was chosen."""
    return next((code for code in TRADES if page.text(f"category-{code}") == category), "")
