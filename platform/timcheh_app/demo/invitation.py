"""Whom the demo invites: one person of each audience, and keys for the API."""

from collections.abc import Sequence

from timcheh_app.demo import network
from timcheh_app.demo.gateway import DemoMall
from timcheh_app.demo.seeded import DEFAULT_SEED
from timcheh_app.demo.shops import BY_SLUG, MALL_NAME, MALL_SLUG, SHOPS
from timcheh_app.demo.signins import Key, SignIn, SignIns

_SHOWN_SHOPS = ("laleh", "gol-ara")
_SHOWN_MEMBERS = 2


def invitation(mall: DemoMall | None, members: Sequence[str], seed: int = DEFAULT_SEED) -> SignIns:
    """The sign-ins and keys. Without a mall (its keys can't be read back) only the sign-ins."""
    taken: set[str] = set()
    people = [
        SignIn(f"mall administrator · {each.name}", _page("mall"), each.mobile, network.PASSWORD)
        for each in network.administrators(seed, taken)
    ]
    crews = {shop.slug: network.crew(shop, seed, taken) for shop in SHOPS}
    for slug in _SHOWN_SHOPS:
        people += [
            SignIn(
                f"{each.role} of {BY_SLUG[slug].name} · {each.name}",
                _page("shop"),
                each.mobile,
                network.PASSWORD,
            )
            for each in crews[slug]
            if each.role in ("owner", "cashier")
        ]
    people += [SignIn("member", _page("club"), mobile, None) for mobile in members[:_SHOWN_MEMBERS]]
    return SignIns(MALL_NAME, tuple(people), tuple(_keys(mall)) if mall else ())


def _keys(mall: DemoMall) -> list[Key]:
    keys = [Key("the mall", mall.key)] if mall.key else []
    for slug in _SHOWN_SHOPS:
        shop = mall.shops[slug]
        keys.append(Key(f"the shop {slug}", shop.key))
        keys.append(Key(f"a till of {slug}", shop.tills[0].key))
    return keys


def _page(audience: str) -> str:
    return f"/{MALL_SLUG}/{audience}/sign-in"
