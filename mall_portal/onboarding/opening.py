"""Opening a shop from all that was typed of it, in one transaction: the shop, its money and
contract, its branches, its people and their invitations, its first rules."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from mall_portal.onboarding.intake import Colleague, FirstRules, Intake, Terms
from mall_portal.onboarding.models import ShopContract
from mall_portal.onboarding.service import OnboardedShop, deposit, onboard
from mall_portal.onboarding.slugs import slug_of
from merchants.facade import Branch, Merchant, NewShop, first_rules, open_branch, publish_rules
from timcheh.access.caller import Caller
from timcheh.access.inviting import Inviter, employ
from timcheh.audit import record
from timcheh.calendar import local_date
from timcheh.db import UnitOfWork
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale


async def open_intake(
    uow: UnitOfWork, caller: Caller, intake: Intake, inviter: Inviter
) -> OnboardedShop:
    """Everything or nothing; whoever works there is invited. Raises SlugTaken."""
    identity, terms, locale = intake.identity, intake.terms, inviter.locale
    new = NewShop(
        name=identity.name,
        slug=identity.slug or slug_of(identity.name, await _slugs(uow)),
        category=translate(locale, f"category-{identity.trade}") if identity.trade else None,
        national_id=identity.national_id,
        sheba=intake.owner.sheba,
        owner_mobile=intake.owner.mobile,
    )
    made = await onboard(uow, new, terms.credit_limit, network_fee=terms.fee_bps)
    shop = made.merchant
    if terms.deposit:
        await deposit(uow, shop.id, terms.deposit, caller.id)
    _keep_contract(uow, shop.id, terms)
    names = identity.branches or (translate(locale, "onboarding-main-branch"),)
    branches = [await open_branch(uow, shop.id, name) for name in names]
    await _invite_all(uow, shop, intake, branches, inviter)
    if intake.rules is not None:
        await give_first_rules(uow, caller.id, shop.id, intake.rules, inviter.locale)
    after = {"credit_limit": terms.credit_limit, "deposit": terms.deposit}
    await record(
        uow,
        caller,
        "merchant.onboarded",
        "merchant",
        shop.id,
        merchant_id=shop.id,
        after=after,
    )
    return made


async def give_first_rules(
    uow: UnitOfWork, actor_id: UUID, merchant_id: UUID, asked: FirstRules, locale: Locale
) -> None:
    """Publishes a template as the shop's first version. RulesChanged if it has one already."""
    rules = first_rules(asked.bps, asked.days, asked.scope, asked.extras, locale)
    await publish_rules(uow, merchant_id, rules, actor_id, base_version=0)


async def _invite_all(
    uow: UnitOfWork, shop: Merchant, intake: Intake, branches: Sequence[Branch], inviter: Inviter
) -> None:
    by_name = {branch.name: branch.id for branch in branches}
    owner = Colleague(intake.owner.name, intake.owner.mobile, "owner", None)
    for person in (owner, *intake.team):
        branch_id = by_name[person.branch] if person.branch else None
        staff = await employ(uow, person.mobile, person.name, person.role, shop.id, branch_id)
        await inviter.tell(uow, staff, shop.name, person.role)


def _keep_contract(uow: UnitOfWork, merchant_id: UUID, terms: Terms) -> None:
    if terms.contract is None and terms.starts_on is None and terms.ends_on is None:
        return
    uow.session.add(
        ShopContract(
            mall_id=uow.scope.mall_id,
            merchant_id=merchant_id,
            number=terms.contract,
            starts_on=terms.starts_on or local_date(uow.now),
            ends_on=terms.ends_on,
            changed_at=uow.now,
        )
    )


async def _slugs(uow: UnitOfWork) -> set[str]:
    found = await uow.session.scalars(
        select(Merchant.slug).where(Merchant.mall_id == uow.scope.mall_id)
    )
    return set(found)
