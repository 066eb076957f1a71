"""A shop's rules over the API."""

from typing import Annotated, Any

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from merchants.programme.service import current_rules, publish_rules
from timcheh.access.caller import Caller
from timcheh.db import Database, Scope
from timcheh.rules.json_schema import rule_list
from timcheh.web.bodies import Body

Rules = Annotated[list[Any], Meta(extra_json_schema=rule_list())]
"""Read by the rules' own reader, which names every fault; so nothing is checked before it."""


class RulesBody(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole rule set; it replaces the one in force.

    With `base_version` only if that version is in force still: otherwise 409 `rules_changed`.
    """

    rules: Rules
    base_version: Annotated[int, Meta(ge=0)] | None = None


class RulesOut(Struct):
    """A version of the shop's rules."""

    version: int
    rules: Rules


class RulesController(Controller):
    """Rules."""

    path = "/api/v1/rules"
    tags = ("rules",)

    @put(summary="Publish the shop's rules as a new version")
    async def publish(
        self,
        data: JSONBody[RulesBody],
        merchant_caller: NamedDependency[Caller],
        database: NamedDependency[Database],
    ) -> RulesOut:
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            await publish_rules(
                uow, merchant_caller.shop, data.rules, merchant_caller.id, data.base_version
            )
            version, rules = await current_rules(uow, merchant_caller.shop)
        return RulesOut(version, rules)

    @get(summary="The rules in force")
    async def show(
        self, merchant_caller: NamedDependency[Caller], database: NamedDependency[Database]
    ) -> RulesOut:
        async with database.unit_of_work(Scope.mall(merchant_caller.mall_id)) as uow:
            version, rules = await current_rules(uow, merchant_caller.shop)
        return RulesOut(version, rules)
