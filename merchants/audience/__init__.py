"""Who of a shop's customers meets a condition.

    audience = await audience_of(uow, merchant_id, condition)
    await audience.count(uow) · await audience.page(uow, window) · await audience.members(uow)

Segments, groups, tiers, campaigns and reports ask here; `predicate` is the condition in SQL.
Open the unit of work in `scope_for(…, condition)`: what asks for credit or points needs the mall's
scope, because lots are not a shop's rows; everything else stays within the shop's own.
"""

from merchants.audience.queries import Audience, audience_of, scope_for

__all__ = ["Audience", "audience_of", "scope_for"]
