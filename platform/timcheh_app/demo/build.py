"""Brings the demo's mall about: administrators, shops, stock, the pool, agreements, rules."""

from datetime import datetime, time, timedelta

from timcheh.access.passwords import Passwords
from timcheh.calendar import TEHRAN
from timcheh_app.demo import network, rulebook
from timcheh_app.demo.gateway import DemoMall
from timcheh_app.demo.goods import SoldLine
from timcheh_app.demo.purchases import History
from timcheh_app.demo.shops import SHOPS

_PRODUCTS_PER_SHOP = 60


async def build(mall: DemoMall, history: History) -> None:
    """Everything that must be there before the first purchase, the day before it."""
    at = _opening(history)
    password_hash = await Passwords().hash(network.PASSWORD)
    taken: set[str] = set()
    for administrator in network.administrators(history.seed, taken):
        await mall.employ(administrator, password_hash, at)
    stock = price_lists(history)
    for shop in SHOPS:
        crew = network.crew(shop, history.seed, taken)
        await mall.open_shop(shop, crew[0].mobile, history.seed, at)
        for employee in crew:
            await mall.employ(employee, password_hash, at)
        await mall.stock(shop, stock[shop.kind], at)
    await _agree_and_publish(mall, at)


async def _agree_and_publish(mall: DemoMall, at: datetime) -> None:
    members = [shop.slug for shop in SHOPS if rulebook.in_pool(shop.slug)]
    terms = (network.POOL_FEE_BPS, network.POOL_MAX_SHARE_BPS)
    pool_scope = await mall.open_pool(
        network.POOL_NAME,
        (network.POOL_ISSUE_PRICE, network.POOL_REDEEM_PRICE),
        network.POOL_MONTHS,
        dict.fromkeys(members, terms),
        at,
    )
    for agreement in network.AGREEMENTS:
        await mall.agree(agreement, True, at)
    await mall.agree(network.DECLINED, False, at)
    names = rulebook.Names(
        str(pool_scope), {slug: str(shop.id) for slug, shop in mall.shops.items()}
    )
    for shop in SHOPS:
        await mall.publish(shop.slug, rulebook.rules_of(shop.slug, names), at)


def price_lists(history: History) -> dict[str, list[SoldLine]]:
    """The best-selling goods of each kind of shop, each name once, at their usual price."""
    lists: dict[str, dict[str, SoldLine]] = {shop.kind: {} for shop in SHOPS}
    for line, kind in history.best_sellers():
        names = lists[kind]
        if len(names) < _PRODUCTS_PER_SHOP:
            names.setdefault(line.name, line)
    return {kind: list(names.values()) for kind, names in lists.items()}


def _opening(history: History) -> datetime:
    day = history.window.starts_on - timedelta(days=1)
    return datetime.combine(day, time(9), tzinfo=TEHRAN)
