"""Shops for the mall's administrators: the list, bringing one on board, one shop."""

from collections import Counter
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from mall_portal.closing.service import set_state
from mall_portal.onboarding.drafts import list_drafts
from mall_portal.onboarding.handover import checklist
from mall_portal.onboarding.intake import STEPS, read_sum
from mall_portal.onboarding.models import OnboardingDraft
from mall_portal.onboarding.people import people_of
from mall_portal.onboarding.queries import (
    ShopRow,
    contract_of,
    live_agreements,
    shop_facts,
    shop_rows,
)
from mall_portal.onboarding.readiness import readiness
from mall_portal.onboarding.service import deposit, set_limit
from mall_portal.onboarding.wizard_pages import REVIEW
from mall_portal.permissions import MANAGE, READ
from members.facade import quota_of
from merchants.facade import find_account, find_shop, shop_names
from timcheh.access.models import Staff
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import TimchehError
from timcheh.ledger import queries
from timcheh.ledger.contracts import Position
from timcheh.text.identifiers import sheba_bank_name
from timcheh.web.form import Fields, Form
from timcheh.web.meanwhile import Written, reconciled
from timcheh.web.numbers import in_unit
from timcheh.web.pages import Html, PageContext

_STATES: Final = ("active", "incomplete", "suspended", "closed")


@get("/{mall_slug:str}/mall/shops", include_in_schema=False)
async def listed(mall_page: NamedDependency[PageContext]) -> Html:
    """Every shop, with what it lacks and where it stands."""
    mall_page.caller.require(READ)
    asked = mall_page.request.query_params
    q, state = asked.get("q", ""), asked.get("state", "")
    async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
        rows = await shop_rows(uow, q)
        positions = await queries.positions(uow)
        quota = await quota_of(uow)
        drafts = await list_drafts(uow) if mall_page.caller.may(MANAGE) else []
    counts = Counter(row.shown_state for row in rows)
    shown = [row for row in rows if state not in _STATES or row.shown_state == state]
    return mall_page.render(
        "mall_portal/shops/list.html",
        {
            "shops": [_listed(mall_page, row, positions[row.merchant.id]) for row in shown],
            "q": q,
            "state": state if state in _STATES else "",
            "counts": dict(counts),
            "total": len(shown),
            "quota": quota,
            "drafts": [_draft(mall_page, draft) for draft in drafts],
            "next": "",
            "previous": "",
        },
    )


@get("/{mall_slug:str}/mall/shops/{merchant_id:uuid}", include_in_schema=False)
async def one(mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """One shop, as the mall sees it."""
    mall_page.caller.require(READ)
    return await _one(mall_page, merchant_id, None)


@post("/{mall_slug:str}/mall/shops/{merchant_id:uuid}/suspend", include_in_schema=False)
async def suspended(mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """The shop sells no more through the club; its members' credit stays good elsewhere."""
    return await _change_state(mall_page, merchant_id, "suspended", "portal-suspended")


@post("/{mall_slug:str}/mall/shops/{merchant_id:uuid}/activate", include_in_schema=False)
async def activated(mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID]) -> Html:
    """The shop trades again, after a suspension or a closing."""
    return await _change_state(mall_page, merchant_id, "active", "portal-activated")


@post("/{mall_slug:str}/mall/shops/{merchant_id:uuid}/limits", include_in_schema=False)
async def limits(
    mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID], data: Fields
) -> Html:
    """A new credit limit, and collateral that was received."""
    mall_page.caller.require(MANAGE)
    unit = mall_page.mall.display_unit
    written = Written("merchant.limits_changed", "merchant", merchant_id)
    here = mall_page.url(f"shops/{merchant_id}")
    try:
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            now = _limits(mall_page, uow, merchant_id)
            data = await reconciled(uow, mall_page, data, now, written, afresh=here)
            limit = read_sum(data, "credit_limit", unit)
            received = read_sum(data, "deposit", unit, optional=True)
            before = (await queries.positions(uow)).get(merchant_id)
            await set_limit(uow, merchant_id, limit)
            if received:
                await deposit(uow, merchant_id, received, mall_page.caller.id)
            await record(
                uow,
                mall_page.caller,
                "merchant.limits_changed",
                "merchant",
                merchant_id,
                merchant_id=merchant_id,
                before={"credit_limit": before.credit_limit if before else None},
                after={"credit_limit": limit, "deposit_received": received},
            )
    except TimchehError as error:
        return await _one(mall_page, merchant_id, mall_page.refused(data, error), error.status)
    return mall_page.go(here, mall_page.text("portal-limits-saved"))


async def _limits(page: PageContext, uow: UnitOfWork, merchant_id: UUID) -> dict[str, str]:
    found = (await queries.positions(uow)).get(merchant_id)
    return _shown_limits(page, found)


def _shown_limits(page: PageContext, position: Position | None) -> dict[str, str]:
    limit = position.credit_limit if position else None
    return {"credit_limit": in_unit(limit or 0, page.unit)}


async def _change_state(page: PageContext, merchant_id: UUID, state: str, said: str) -> Html:
    page.caller.require(MANAGE)
    async with page.database.unit_of_work(page.caller.scope) as uow:
        before = (await find_shop(uow, merchant_id)).state
        await set_state(uow, merchant_id, state)
        await record(
            uow,
            page.caller,
            "merchant.changed",
            "merchant",
            merchant_id,
            merchant_id=merchant_id,
            before={"state": before},
            after={"state": state},
        )
    return page.go(page.url(f"shops/{merchant_id}"), page.text(said))


async def _one(
    page: PageContext, merchant_id: UUID, limit_form: Form | None, status: int = 200
) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        shop, account = await find_shop(uow, merchant_id), await find_account(uow, merchant_id)
        row = ShopRow(shop, account, (await readiness(uow, merchant_id))[merchant_id])
        position = (await queries.positions(uow))[merchant_id]
        facts = await shop_facts(uow, merchant_id)
        people = await people_of(uow, merchant_id)
        contract = await contract_of(uow, merchant_id)
        partners = await live_agreements(uow, merchant_id)
        names = await shop_names(uow)
    owner = next((person.staff for person in people if person.role == "owner"), None)
    may = page.caller.may(MANAGE)
    return page.render(
        "mall_portal/shops/one.html",
        {
            "shop": _shown(page, row, position, owner),
            "checklist": checklist(page, row, people),
            "contract": contract,
            "facts": facts,
            "partners": [
                {
                    "name": names[a.acceptor_id if a.issuer_id == merchant_id else a.issuer_id],
                    "direction": "issues" if a.issuer_id == merchant_id else "accepts",
                    "terms": page.text(
                        "portal-partner-terms",
                        share=page.voice.percent(a.max_share_bps),
                        fee=page.voice.percent(a.fee_bps),
                    ),
                }
                for a in partners
            ],
            "can_edit": may,
            "limit_form": limit_form or page.form(_shown_limits(page, position)),
        },
        status=status,
    )


def _listed(page: PageContext, row: ShopRow, position: Position) -> dict[str, Any]:
    missing = [page.text(f"portal-missing-{step}") for step in row.readiness.missing]
    return {
        "id": row.merchant.id,
        "name": row.merchant.name,
        "category": row.merchant.category or "",
        "state": row.shown_state,
        "missing": (page.text("ui-comma") + " ").join(missing) if not row.readiness.live else "",
        "outstanding": -position.outstanding,
        "clearing": position.clearing,
        "deposit": position.deposit,
        "credit_limit": position.credit_limit or 0,
    }


def _shown(
    page: PageContext, row: ShopRow, position: Position, owner: Staff | None
) -> dict[str, Any]:
    account = row.account
    return _listed(page, row, position) | {
        "slug": row.merchant.slug,
        "state": row.merchant.state,
        "national_id": account.national_id,
        "sheba": account.sheba,
        "bank": (account.sheba and sheba_bank_name(account.sheba, page.locale)) or "",
        "created_at": row.merchant.created_at,
        "owner_name": owner.name if owner else "",
        "owner_mobile": owner.mobile if owner else "",
        "till_url": f"/{page.mall.slug}/shop/till",
    }


def _draft(page: PageContext, draft: OnboardingDraft) -> dict[str, Any]:
    """A shop that waits to be finished, and the step where it was left."""
    at = next((name for name in STEPS if name not in draft.fields), REVIEW)
    return {
        "name": draft.fields.get("shop", {}).get("name") or page.text("onboarding-nameless"),
        "href": page.url(f"shops/new/{draft.id}/{at}"),
        "at": draft.updated_at,
    }


ROUTES: Final = (listed, one, suspended, activated, limits)
