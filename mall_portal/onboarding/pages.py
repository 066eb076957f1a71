"""Shops for the mall's administrators: the list, bringing one on board, one shop."""

from collections import Counter
from typing import Any, Final
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from mall_portal.onboarding.intake import CATEGORIES, Intake, read_intake, read_money
from mall_portal.onboarding.queries import (
    ShopRow,
    live_agreements,
    shop_facts,
    shop_rows,
)
from mall_portal.onboarding.service import deposit, onboard, set_limit, set_state
from members.facade import quota_of
from merchants.facade import find_account, find_shop, shop_names
from timcheh.access.invitations import LIFETIME, invitation
from timcheh.access.models import Staff
from timcheh.access.staff import create_staff, find_staff, grant_role, staff_of
from timcheh.audit import record
from timcheh.db import UnitOfWork
from timcheh.errors import TimchehError
from timcheh.ledger import queries
from timcheh.ledger.contracts import Position
from timcheh.text.digits import format_number
from timcheh.text.identifiers import sheba_bank_name
from timcheh.web.form import Fields, Form
from timcheh.web.pages import Html, PageContext

READ: Final = "shops.read"
MANAGE: Final = "shops.manage"
_STATES: Final = ("active", "incomplete", "suspended", "closed")


@get("/{mall_slug:str}/mall", include_in_schema=False)
async def home(mall_page: NamedDependency[PageContext]) -> Html:
    """The portal opens with its shops."""
    return mall_page.go(mall_page.url("shops"))


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
            "next": "",
            "previous": "",
        },
    )


@get("/{mall_slug:str}/mall/shops/new", include_in_schema=False)
async def new(mall_page: NamedDependency[PageContext]) -> Html:
    """The form of a new shop."""
    mall_page.caller.require(MANAGE)
    limit = _in_unit(mall_page, mall_page.mall.default_credit_limit)
    return _new(mall_page, Form({"credit_limit": limit}))


@post("/{mall_slug:str}/mall/shops", include_in_schema=False)
async def opened(mall_page: NamedDependency[PageContext], data: Fields) -> Html:
    """Opens a shop, with an account for its owner and their invitation."""
    mall_page.caller.require(MANAGE)
    try:
        intake = read_intake(data, mall_page.mall.display_unit)
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
            made = await onboard(uow, intake.shop, intake.credit_limit)
            if intake.deposit:
                await deposit(uow, made.merchant.id, intake.deposit, mall_page.caller.id)
            await _invite_owner(uow, intake, made.merchant.id)
            await record(
                uow,
                mall_page.caller,
                "merchant.onboarded",
                "merchant",
                made.merchant.id,
                merchant_id=made.merchant.id,
            )
    except TimchehError as error:
        form = Form.refused(data, error, mall_page.locale)
        return _new(mall_page, form, error.status)
    here = mall_page.url(f"shops/{made.merchant.id}")
    return mall_page.go(f"{here}?invited=1", mall_page.text("portal-opened"))


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
    """The shop trades again."""
    return await _change_state(mall_page, merchant_id, "active", "portal-activated")


@post("/{mall_slug:str}/mall/shops/{merchant_id:uuid}/limits", include_in_schema=False)
async def limits(
    mall_page: NamedDependency[PageContext], merchant_id: FromPath[UUID], data: Fields
) -> Html:
    """A new credit limit, and collateral that was received."""
    mall_page.caller.require(MANAGE)
    unit = mall_page.mall.display_unit
    try:
        limit = read_money(data, "credit_limit", unit)
        received = read_money(data, "deposit", unit, optional=True)
        async with mall_page.database.unit_of_work(mall_page.caller.scope) as uow:
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
        if error.status == 404:
            raise
        return await _one(mall_page, merchant_id, Form.refused(data, error, mall_page.locale))
    here = mall_page.url(f"shops/{merchant_id}")
    return mall_page.go(here, mall_page.text("portal-limits-saved"))


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


async def _invite_owner(uow: UnitOfWork, intake: Intake, merchant_id: UUID) -> None:
    """An account for the owner, or one more role for somebody who has an account already."""
    known = await find_staff(uow, intake.owner_mobile)
    staff_id = (
        known.id if known else await create_staff(uow, intake.owner_mobile, intake.owner_name, None)
    )
    await grant_role(uow, staff_id, "owner", merchant_id=merchant_id)


def _new(page: PageContext, form: Form, status: int = 200) -> Html:
    labels = [page.text(f"category-{code}") for code in CATEGORIES]
    context = {"form": form, "categories": [(label, label) for label in labels]}
    return page.render("mall_portal/shops/new.html", context, status=status)


async def _one(page: PageContext, merchant_id: UUID, limit_form: Form | None) -> Html:
    async with page.database.unit_of_work(page.caller.scope) as uow:
        row = ShopRow(await find_shop(uow, merchant_id), await find_account(uow, merchant_id))
        position = (await queries.positions(uow))[merchant_id]
        facts = await shop_facts(uow, merchant_id)
        people = await staff_of(uow, merchant_id)
        partners = await live_agreements(uow, merchant_id)
        names = await shop_names(uow)
    owner = next((staff for staff, role in people if role.role == "owner"), None)
    may = page.caller.may(MANAGE)
    return page.render(
        "mall_portal/shops/one.html",
        {
            "shop": _shown(page, row, position, owner),
            "invitation": _invitation(page, owner) if may else None,
            "checklist": _checklist(page, row, owner, facts.purchases > 0),
            "facts": facts,
            "partners": [
                {
                    "name": names[a.acceptor_id if a.issuer_id == merchant_id else a.issuer_id],
                    "direction": "issues" if a.issuer_id == merchant_id else "accepts",
                    "terms": page.text(
                        "portal-partner-terms",
                        share=_percent(page, a.max_share_bps),
                        fee=_percent(page, a.fee_bps),
                    ),
                }
                for a in partners
            ],
            "can_edit": may,
            "limit_form": limit_form
            or Form({"credit_limit": _in_unit(page, position.credit_limit or 0)}),
        },
        status=422 if limit_form else 200,
    )


def _percent(page: PageContext, bps: int) -> str:
    whole, rest = divmod(bps, 100)
    sign = "٪" if page.locale == "fa" else "%"
    return f"{format_number(whole if not rest else bps / 100, page.locale)}{sign}"  # type: ignore[arg-type]


def _in_unit(page: PageContext, amount: int) -> str:
    """Rial as the form's field wants it: in the mall's unit."""
    return str(amount // 10 if page.mall.display_unit == "toman" else amount)


def _listed(page: PageContext, row: ShopRow, position: Position) -> dict[str, Any]:
    missing = [
        page.text(f"portal-missing-{what}")
        for what, lacks in (("rules", row.lacks_rules), ("sheba", row.lacks_sheba))
        if lacks
    ]
    return {
        "id": row.merchant.id,
        "name": row.merchant.name,
        "category": row.merchant.category or "",
        "state": row.shown_state,
        "missing": page.text("ui-comma").join(missing),
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


def _invitation(page: PageContext, owner: Staff | None) -> dict[str, Any] | None:
    """A link for an owner who has not chosen a password yet."""
    if owner is None or owner.password_hash is not None:
        return None
    secret = page.services.settings.secret_key.get_secret_value()
    token = invitation(secret, owner, page.now)
    root = str(page.request.base_url).rstrip("/")
    return {
        "link": f"{root}/{page.mall.slug}/shop/join/{token}",
        "expires_at": page.now + LIFETIME,
    }


def _checklist(
    page: PageContext, row: ShopRow, owner: Staff | None, sold: bool
) -> list[dict[str, Any]]:
    steps = (
        ("owner", owner is not None and owner.password_hash is not None),
        ("sheba", not row.lacks_sheba),
        ("rules", not row.lacks_rules),
        ("first", sold),
    )
    return [
        {"label": page.text(f"portal-step-{step}"), "done": done, "href": ""}
        for step, done in steps
    ]


ROUTES: Final = (home, listed, new, opened, one, suspended, activated, limits)
