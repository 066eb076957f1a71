"""The rules engine: pure functions from a rule set, a basket and facts to a decision.

    rules = parse_rules(json_list)                    # Invalid names every fault's pointer
    ruleset = compile_rules(version, rules)           # once per version
    facts = build_facts(basket, now, customer=…, birthday=…, customer_of=…)
    pricing = price(ruleset, basket, facts, usage)    # discounts
    …the member spends value…
    accrual = accrue(pricing, pricing.paid_after(spent_value), point_prices=…, debt=…)
    accrual.grants, accrual.debt_paid, accrual.used, accrual.reasons()

No I/O and no clock: the moment is a fact. A decision never raises for a rule set that
`parse_rules` accepted.
"""

from timcheh.rules.accrual import POINT, RIAL, Accrual, Grant, accrue
from timcheh.rules.basket import BasketLine, line_total
from timcheh.rules.compile import CompiledRuleSet, compile_rules
from timcheh.rules.engine import NOTHING_USED, Discount, Pricing, Usage, newly_entitled, price
from timcheh.rules.explain import explain
from timcheh.rules.facts import FACTS, CustomerFacts, Fact, Facts, Place
from timcheh.rules.facts import build as build_facts
from timcheh.rules.gates import Standing, coupon_key
from timcheh.rules.holdout import held_out
from timcheh.rules.model import Condition, Rule, facts_in
from timcheh.rules.reasons import Because, Outcome, Reason
from timcheh.rules.schema import parse_rules, rules_to_json
from timcheh.rules.schema_conditions import parse_condition
from timcheh.rules.visitor import ANYONE, Entitlement, Visitor, deadline
from timcheh.rules.writing import write_condition

__all__ = [
    "ANYONE",
    "FACTS",
    "NOTHING_USED",
    "POINT",
    "RIAL",
    "Accrual",
    "BasketLine",
    "Because",
    "CompiledRuleSet",
    "Condition",
    "CustomerFacts",
    "Discount",
    "Entitlement",
    "Fact",
    "Facts",
    "Grant",
    "Outcome",
    "Place",
    "Pricing",
    "Reason",
    "Rule",
    "Standing",
    "Usage",
    "Visitor",
    "accrue",
    "build_facts",
    "compile_rules",
    "coupon_key",
    "deadline",
    "explain",
    "facts_in",
    "held_out",
    "line_total",
    "newly_entitled",
    "parse_condition",
    "parse_rules",
    "price",
    "rules_to_json",
    "write_condition",
]
