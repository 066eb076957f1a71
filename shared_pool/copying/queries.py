"""What is kept of a member, section by section, in the member's own scope: own rows only.

What is a shop's own business in these rows stays out: what a seller earned, what another shop was
paid, who stood at the till, and which offers a member is held out of so that they can be measured.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import text

from timcheh.db import UnitOfWork

_SECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "member": """
            SELECT m.number, m.mobile, m.name, m.birthday, m.state, m.source, m.created_at
            FROM members.member m WHERE m.mall_id = :mall AND m.id = :member""",
        "profile": """
            SELECT p.* FROM members.profile p WHERE p.mall_id = :mall AND p.member_id = :member""",
        "consents": """
            SELECT s.name AS shop, c.purpose, c.given, c.at, c.ended_at, c.by, c.place
            FROM members.consent c
            LEFT JOIN merchants.merchant s ON s.mall_id = c.mall_id AND s.id = c.merchant_id
            WHERE c.mall_id = :mall AND c.member_id = :member ORDER BY c.at, c.id""",
        "cards": """
            SELECT c.number, c.state, c.kind, c.assigned_at, c.expires_on, c.ended_at
            FROM members.card c WHERE c.mall_id = :mall AND c.member_id = :member
            ORDER BY c.assigned_at, c.number""",
        "passkeys": """
            SELECT k.name, k.created_at, k.last_used_at
            FROM kernel.passkey k WHERE k.mall_id = :mall AND k.member_id = :member
            ORDER BY k.created_at, k.id""",
        "shops": """
            SELECT s.name AS shop, c.source, c.name, c.birthday, c.tier, c.groups, c.tags,
                   c.purchases, c.visits, c.spend, c.first_at, c.last_at, c.created_at
            FROM merchants.customer c
            JOIN merchants.merchant s ON s.mall_id = c.mall_id AND s.id = c.merchant_id
            WHERE c.mall_id = :mall AND c.member_id = :member ORDER BY c.created_at, s.name""",
        "value": """
            SELECT l.id, l.unit, s.name AS issuer, c.kind AS accepted, l.granted, l.remaining,
                   l.expired, l.taken_back, l.reason, l.created_at, l.available_from, l.expires_at
            FROM ledger.lot l
            JOIN ledger.scope c ON c.mall_id = l.mall_id AND c.id = l.scope_id
            LEFT JOIN merchants.merchant s ON s.mall_id = l.mall_id AND s.id = l.issuer_id
            WHERE l.mall_id = :mall AND l.holder_id = :member ORDER BY l.created_at, l.id""",
        "movements": """
            SELECT e.transfer_id, e.lot_id, e.amount, l.unit
            FROM ledger.entry e JOIN ledger.lot l ON l.mall_id = e.mall_id AND l.id = e.lot_id
            WHERE e.mall_id = :mall AND e.owner_id = :member AND e.account IN ('credit', 'wallet')
            ORDER BY e.transfer_id, e.n""",
        "purchases": """
            SELECT b.id, s.name AS shop, b.occurred_at, b.state, b.total, b.discount,
                   b.spent_value, b.to_pay
            FROM merchants.purchase b
            JOIN merchants.merchant s ON s.mall_id = b.mall_id AND s.id = b.merchant_id
            WHERE b.mall_id = :mall AND b.member_id = :member ORDER BY b.occurred_at, b.id""",
        "lines": """
            SELECT l.purchase_id, l.line, l.name, l.sku, l."group", l.quantity_milli,
                   l.returned_milli, l.unit_price, l.total, l.discount, l.paid
            FROM merchants.purchase_line l
            WHERE l.mall_id = :mall AND l.member_id = :member ORDER BY l.purchase_id, l.line""",
        "rewards": """
            SELECT s.name AS shop, c.name, c.points, c.state, c.created_at
            FROM merchants.reward_claim c
            JOIN merchants.merchant s ON s.mall_id = c.mall_id AND s.id = c.merchant_id
            WHERE c.mall_id = :mall AND c.member_id = :member ORDER BY c.created_at, c.id""",
        "wishes": """
            SELECT s.name AS shop, w.rule AS offer, w.wished_at
            FROM merchants.offer_wish w
            JOIN merchants.merchant s ON s.mall_id = w.mall_id AND s.id = w.merchant_id
            WHERE w.mall_id = :mall AND w.member_id = :member ORDER BY w.wished_at, w.rule""",
        "activations": """
            SELECT s.name AS shop, a.rule AS offer, a.activated_at, a.ended_at
            FROM merchants.offer_activation a
            JOIN merchants.merchant s ON s.mall_id = a.mall_id AND s.id = a.merchant_id
            WHERE a.mall_id = :mall AND a.member_id = :member ORDER BY a.activated_at, a.rule""",
        "messages": """
            SELECT s.name AS shop, m.channel, m.line, m.text, m.state, m.created_at
            FROM kernel.message m
            LEFT JOIN merchants.merchant s ON s.mall_id = m.mall_id AND s.id = m.merchant_id
            WHERE m.mall_id = :mall AND m.member_id = :member ORDER BY m.created_at, m.id""",
    }
)
SECTIONS: Final = tuple(_SECTIONS)
_OURS: Final = ("mall_id", "member_id")

Section = list[dict[str, Any]]


async def own_rows(uow: UnitOfWork) -> dict[str, Section]:
    """Every section's rows, the oldest first. Money in rial, quantities in thousandths."""
    asked = {"mall": uow.scope.mall_id, "member": uow.scope.member_id}
    found: dict[str, Section] = {}
    for name, query in _SECTIONS.items():
        rows = await uow.session.execute(text(query), asked)
        found[name] = [
            {key: value for key, value in row.items() if key not in _OURS}
            for row in rows.mappings()
        ]
    return found
