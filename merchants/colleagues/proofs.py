"""What must hold of sales colleagues' commission. Each query answers one row per violation."""

from typing import Final

from timcheh.module import ProofCheck

_ENTRIES: Final = """
    SELECT c.id FROM merchants.commission c
    LEFT JOIN ledger.entry e ON e.mall_id = c.mall_id AND e.transfer_id = c.id
        AND e.account = 'commission_due'
    WHERE c.mall_id = :mall AND (
        e.owner_id IS DISTINCT FROM c.merchant_id
        OR e.counterparty_id IS DISTINCT FROM c.colleague_id
        OR e.amount IS DISTINCT FROM -c.amount
    )
"""
_LINES: Final = """
    SELECT coalesce(l.purchase_id, c.purchase_id) FROM (
        SELECT x.purchase_id, x.colleague_id, sum(x.commission) AS amount
        FROM merchants.purchase_line x
        JOIN merchants.purchase p ON p.mall_id = x.mall_id AND p.id = x.purchase_id
        WHERE x.mall_id = :mall AND x.commission > 0 AND p.state = 'confirmed' GROUP BY 1, 2
    ) l FULL JOIN (
        SELECT purchase_id, colleague_id, sum(amount) AS amount
        FROM merchants.commission WHERE mall_id = :mall AND kind = 'sale' GROUP BY 1, 2
    ) c ON c.purchase_id = l.purchase_id AND c.colleague_id = l.colleague_id
    WHERE l.amount IS DISTINCT FROM c.amount
"""

PROOFS: Final = (
    ProofCheck("commissions_equal_entries", _ENTRIES),
    ProofCheck("commissions_equal_lines", _LINES),
)
