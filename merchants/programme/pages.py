"""The rules in force, in sentences."""

from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency

from merchants.permissions import RULES, branches_of
from merchants.programme.queries import rule_names, rules_in_force
from merchants.programme.sentences import Teller
from timcheh.rules import Rule, parse_rules
from timcheh.web.pages import PageContext


@get("/{mall_slug:str}/shop/rules", include_in_schema=False)
async def rules(shop_page: NamedDependency[PageContext]) -> Response[Any]:
    """What each purchase gives, and when."""
    caller = shop_page.caller
    branches_of(caller, RULES)
    async with shop_page.database.unit_of_work(caller.scope) as uow:
        found = await rules_in_force(uow, caller.shop)
        names = await rule_names(uow)
    teller = Teller(shop_page.locale, shop_page.unit, names)
    in_order = sorted(parse_rules(found.rules), key=lambda rule: -rule.priority)
    context = {
        "version": found.version,
        "since": found.since,
        "rules": [_shown(rule, teller, found.given.get(rule.name, 0)) for rule in in_order],
    }
    return shop_page.render("merchants/rules.html", context)


ROUTES: Final = (rules,)


def _shown(rule: Rule, teller: Teller, given: int) -> dict[str, Any]:
    return {
        "name": rule.name,
        "when": teller.when(rule),
        "then": teller.then(rule),
        "priority": rule.priority,
        "exclusive": rule.exclusive,
        "starts_at": rule.starts_at,
        "ends_at": rule.ends_at,
        "per_member_cap": rule.per_member_cap,
        "budget": rule.budget,
        "given": given,
    }
