"""The points and credit that a shop can give away, as choices of a form."""

from uuid import UUID

from merchants.programme.queries import ScopeRow, read_scopes
from timcheh.db import UnitOfWork
from timcheh.money import format_money
from timcheh.web.pages import PageContext

_CREDIT = ("own:rial", "partners", "network")


async def point_scopes(
    page: PageContext, uow: UnitOfWork, merchant_id: UUID
) -> list[tuple[str, str]]:
    """The shop's own points first, then each pool's: what `read_scopes` calls them, and a name."""
    found = await read_scopes(uow, merchant_id)
    pools = [name for name, terms in found.items() if terms[1] == "pool"]
    own = [("own:point", page.text("gifting-points-own"))] if "own:point" in found else []
    return own + [(name, _pool_name(page, found[name])) for name in sorted(pools)]


def credit_scopes(page: PageContext) -> list[tuple[str, str]]:
    """Where credit is spendable; the shop alone first."""
    return [
        (name.partition(":")[0], page.text(f"gifting-credit-{name.partition(':')[0]}"))
        for name in _CREDIT
    ]


def _pool_name(page: PageContext, terms: ScopeRow) -> str:
    return page.text("gifting-points-pool", price=format_money(terms[3], page.unit, page.locale))
