"""The pages of a running demo are found by their links, as people find them."""

from infra.places import Answer, Place, explore, kinds

_SHOP = "01a20448-0f03-70cf-81e7-bb182e1c9f6b"
_SITE = {
    "/noor/mall": '<a class="x" href="/noor/mall/shops">…</a><a href="/noor/shop">…</a>',
    "/noor/mall/shops": f'<a href="/noor/mall/shops/{_SHOP}">…</a> <a href="/noor/mall/shops/new">'
    ' <a href="/noor/mall/shops?state=active&amp;q=x">'
    ' <a href="/noor/mall/shops?state=closed&amp;q=y">',
    f"/noor/mall/shops/{_SHOP}": '<a href="/noor/mall">…</a>',
    "/noor/mall/shops/new": "",
    "/noor/mall/shops?state=active&q=x": "",
}


def _ask(address: str) -> Answer:
    return Answer(page=address in _SITE, text=_SITE.get(address, ""))


def test_each_kind_of_page_is_found_once_and_how_far_it_lies() -> None:
    found = {place.name: place for place in explore("mall", ["/noor/mall"], _ask)}
    assert {name: place.clicks for name, place in found.items()} == {
        "mall": 0,
        "mall-shops": 1,
        "mall-shops-ID": 2,
        "mall-shops-new": 2,
        "mall-shops-state-q": 2,
    }
    assert found["mall-shops-ID"].address == f"/noor/mall/shops/{_SHOP}"


def test_the_pages_of_a_portal_are_its_routes() -> None:
    assert "/{mall_slug:str}/shop/till" in kinds("shop")
    assert "/{mall_slug:str}/shop/sign-in" in kinds("door")
    assert not any(path.startswith("/api") for path in kinds("door"))


def test_a_page_has_a_name_for_a_file() -> None:
    place = Place("/{mall_slug:str}/shop/offers/{draft_id:uuid}/edit", "/noor/shop/x?a=1", 1)
    assert place.name == "shop-offers-ID-edit-a"
