"""Making a trial, entering it, and clearing it away."""

import secrets
from uuid import UUID

from sqlalchemy import delete, update

from mall_portal.onboarding.service import create_mall, onboard
from mall_portal.trials.models import Trial
from mall_portal.trials.samples import sample_goods, sample_people, sample_purchases
from members.facade import enrol, list_members
from merchants.facade import (
    LineAsked,
    MemberRef,
    NewShop,
    PurchaseCommand,
    SpendAsked,
    Till,
    counter_for,
    find_shop,
    first_rules,
    open_branch,
    publish_rules,
    put_product,
    usual_in,
)
from shared_pool.facade import erase_everybody
from timcheh.access.models import ApiKey, Session
from timcheh.access.staff import create_staff, grant_role
from timcheh.db import Database, Scope, UnitOfWork
from timcheh.errors import TryAgain
from timcheh.malls import Mall, MallInfo
from timcheh.text.catalogue import translate
from timcheh.text.locale import Locale

_MILLI = 1000
_OWNER_MOBILE = "09990000000"


async def find_trial(uow: UnitOfWork, merchant_id: UUID) -> Trial | None:
    """A shop's trial, if it has one. In its own mall's scope."""
    return await uow.session.get(Trial, (uow.scope.mall_id, merchant_id))


async def make_trial(database: Database, mall: MallInfo, merchant_id: UUID) -> Trial:
    """The shop's trial, made if there is none: a mall of its own with samples, in the shop's name.

    Of two who ask at once both get the one that was first. Raises NotFound.
    """
    scope = Scope.mall(mall.mall_id)
    async with database.unit_of_work(scope) as uow:
        found = await find_trial(uow, merchant_id)
        shop = await find_shop(uow, merchant_id)
    if found is not None:
        return found
    locale = Locale(mall.locale)
    slug = f"trial-{secrets.token_hex(8)}"
    name = translate(locale, "trial-mall-name", mall=mall.name)
    made = await create_mall(database, name, slug, trial_of=mall.slug)
    trial = Trial(
        mall_id=mall.mall_id,
        merchant_id=merchant_id,
        trial_mall_id=made.mall_id,
        slug=slug,
    )
    await _open(database, trial, mall, shop.name, shop.category, locale)
    try:
        async with database.unit_of_work(scope) as uow:
            trial.made_at = uow.now
            uow.session.add(trial)
            await uow.session.flush()
    except TryAgain:  # somebody was first
        await _close(database, made.mall_id)
        return await make_trial(database, mall, merchant_id)
    return trial


async def clear_trial(database: Database, scope: Scope, merchant_id: UUID) -> bool:
    """Closes a shop's trial and erases everybody in it; False if there is none."""
    async with database.unit_of_work(scope) as uow:
        trial = await find_trial(uow, merchant_id)
    if trial is None:
        return False
    await _close(database, trial.trial_mall_id)
    async with database.unit_of_work(scope) as uow:
        await uow.session.execute(
            delete(Trial).where(Trial.mall_id == scope.mall_id, Trial.merchant_id == merchant_id)
        )
    return True


async def _open(
    database: Database,
    trial: Trial,
    mall: MallInfo,
    shop: str,
    category: str | None,
    locale: Locale,
) -> None:
    goods, people = sample_goods(locale), sample_people(locale)
    usual = usual_in(category or "")
    async with database.unit_of_work(Scope.mall(trial.trial_mall_id)) as uow:
        await uow.session.execute(
            update(Mall)
            .where(Mall.mall_id == trial.trial_mall_id)
            .values(
                display_unit=mall.display_unit,
                locale=mall.locale,
                timezone=mall.timezone,
                primary_colour=mall.primary_colour,
            )
        )
        opened = await onboard(uow, NewShop(shop, "shop", category))
        trial.trial_merchant_id = shop_id = opened.merchant.id
        branch = await open_branch(uow, shop_id, translate(locale, "terminals-main"))
        # Nobody's name or number: whoever looks around comes in by a session of their own shop.
        staff = await create_staff(uow, _OWNER_MOBILE, translate(locale, "trial-owner"), None)
        await grant_role(uow, staff, "owner", merchant_id=shop_id)
        trial.trial_staff_id = staff
        for good in goods:
            await put_product(uow, shop_id, good.sku, good.name, good.price, None)
        rules = first_rules(usual.bps, usual.days, "own", usual.extras, locale)
        await publish_rules(uow, shop_id, rules, staff)
        for person in people:
            await enrol(uow, person.mobile, name=person.name, source="till", merchant_id=shop_id)
        now = uow.now
    desk = counter_for(database).desk
    till = Till(trial.trial_mall_id, shop_id, staff, branch.id)
    for each in sample_purchases(goods, people, now):
        lines = tuple(LineAsked(count * _MILLI, None, good.sku) for good, count in each.goods)
        spend = SpendAsked(credit="max" if each.spends else None)
        command = PurchaseCommand(till, MemberRef(each.person.mobile), lines, spend)
        await desk.purchase(command, locale, now=each.at)


async def _close(database: Database, trial_mall_id: UUID) -> None:
    """No address, session, key or job leads there any more, and nobody is named in it."""
    scope = Scope.mall(trial_mall_id)
    async with database.unit_of_work(scope) as uow:
        people = await list_members(uow, None, 10_000)
        await erase_everybody(uow, [each.id for each in people if each.state != "erased"])
        await uow.session.execute(delete(Session).where(Session.mall_id == scope.mall_id))
        await uow.session.execute(
            update(ApiKey).where(ApiKey.mall_id == scope.mall_id).values(revoked_at=uow.now)
        )
        await uow.session.execute(
            update(Mall).where(Mall.mall_id == scope.mall_id).values(closed_at=uow.now)
        )
