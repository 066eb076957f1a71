"""What a page costs: statements, and bytes of the page itself on its way; bounded page by page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.web_support.portal import Floor, People, Person, Web
from tests.web_support.visitors import Administrators, Members
from timcheh.db import Role

MOST_BYTES = 30 * 1024  # of a page whose files are at hand already
_SHOP = {
    "": 18,
    "/till": 10,
    "/customers": 8,
    "/purchases": 6,
    "/offers": 12,
    "/goods": 8,
    "/find?q=0912": 8,
}
_MALL = {"": 16, "/health": 7, "/shops": 9, "/fund": 10, "/settings": 8, "/find?q=a": 8}

_CLUB = {"": 15, "/history": 6, "/offers": 8, "/gifts": 7, "/invite": 8, "/erase": 9, "/me": 4}


@contextmanager
def statements(web: Web) -> Iterator[list[str]]:
    """What the pages ask the database meanwhile."""
    seen: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        seen.append(statement)

    engines = {id(found): found for role in Role if (found := web.services.database.engine(role))}
    for engine in engines.values():
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines.values():
            event.remove(engine.sync_engine, "before_cursor_execute", note)


async def costs(web: Web, person: Person, paths: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Statements, and bytes on the way, of each page, the second time it is asked for."""
    found = {}
    for path in paths:
        await person.get(path)
        with statements(web) as seen:
            answer = await person.client.get(person.root + path)
        assert answer.is_success
        found[path] = (len(seen), int(answer.headers["content-length"]))
    return found


async def test_a_page_costs_little(
    web: Web,
    shop_floor: Floor,
    people: People,
    administrators: Administrators,
    members: Members,
    mobile: str,
) -> None:
    await shop_floor.shop.buy(mobile, 1_230_000)
    for person, paths in (
        (await people(shop_floor.shop), _SHOP),
        (await administrators("administrator"), _MALL),
        (await members(mobile), _CLUB),
    ):
        found = await costs(web, person, paths)
        assert {path: count for path, (count, _) in found.items() if count > paths[path]} == {}, (
            found
        )
        assert all(length <= MOST_BYTES for _, length in found.values()), found
