"""What must hold between purchases and the ledger. Each query answers one row per violation."""

from typing import Final

from timcheh.module import ProofCheck

_SPENDS: Final = """
    SELECT s.purchase_id FROM (
        SELECT purchase_id, lot_id, sum(amount) AS amount
        FROM merchants.purchase_spend x
        JOIN merchants.purchase p ON p.mall_id = x.mall_id AND p.id = x.purchase_id
        WHERE x.mall_id = :mall AND p.state = 'confirmed' GROUP BY 1, 2
    ) s FULL JOIN (
        SELECT e.transfer_id, e.lot_id, -sum(e.amount) AS amount
        FROM ledger.entry e
        JOIN ledger.transfer t ON t.mall_id = e.mall_id AND t.id = e.transfer_id
        WHERE e.mall_id = :mall AND t.kind = 'purchase' AND e.lot_id IS NOT NULL AND e.amount < 0
        GROUP BY 1, 2
    ) e ON e.transfer_id = s.purchase_id AND e.lot_id = s.lot_id
    WHERE s.amount IS DISTINCT FROM e.amount
"""
_EARNS: Final = """
    SELECT s.purchase_id FROM (
        SELECT x.purchase_id, x.lot_id, sum(x.amount) AS amount
        FROM merchants.purchase_earn x
        JOIN merchants.purchase p ON p.mall_id = x.mall_id AND p.id = x.purchase_id
        WHERE x.mall_id = :mall AND p.state = 'confirmed' GROUP BY 1, 2
    ) s FULL JOIN (
        SELECT e.transfer_id, e.lot_id, sum(e.amount) AS amount
        FROM ledger.entry e
        JOIN ledger.transfer t ON t.mall_id = e.mall_id AND t.id = e.transfer_id
        WHERE e.mall_id = :mall AND t.kind = 'purchase' AND e.lot_id IS NOT NULL AND e.amount > 0
        GROUP BY 1, 2
    ) e ON e.transfer_id = s.purchase_id AND e.lot_id = s.lot_id
    WHERE s.amount IS DISTINCT FROM e.amount
"""
_LINES: Final = """
    SELECT p.id FROM merchants.purchase p
    LEFT JOIN (
        SELECT purchase_id, sum(total) AS total, sum(discount) AS discount,
               sum(spent_value) AS spent, sum(paid) AS paid
        FROM merchants.purchase_line WHERE mall_id = :mall GROUP BY purchase_id
    ) l ON l.purchase_id = p.id
    WHERE p.mall_id = :mall AND (
        l.total IS DISTINCT FROM p.total OR l.discount <> p.discount
        OR l.spent <> p.spent_value OR l.paid <> p.to_pay
    )
"""
_CUSTOMERS: Final = """
    SELECT p.member_id FROM (
        SELECT merchant_id, member_id, sum(total - discount) AS spend
        FROM merchants.purchase WHERE mall_id = :mall AND state = 'confirmed' GROUP BY 1, 2
    ) p FULL JOIN (
        SELECT c.merchant_id, c.member_id, c.spend + coalesce(sum(b.back), 0) AS spend
        FROM merchants.customer c
        LEFT JOIN (
            SELECT r.merchant_id, r.member_id,
                   (l.total - l.discount) * l.returned_milli / l.quantity_milli AS back
            FROM merchants.purchase r
            JOIN merchants.purchase_line l ON l.mall_id = r.mall_id AND l.purchase_id = r.id
            WHERE r.mall_id = :mall AND l.returned_milli > 0
        ) b ON b.merchant_id = c.merchant_id AND b.member_id = c.member_id
        WHERE c.mall_id = :mall GROUP BY c.merchant_id, c.member_id, c.spend
    ) c ON c.merchant_id = p.merchant_id AND c.member_id = p.member_id
    WHERE coalesce(p.spend, 0) <> coalesce(c.spend, 0)
"""

PROOFS: Final = (
    ProofCheck("spends_equal_entries", _SPENDS),
    ProofCheck("earns_equal_entries", _EARNS),
    ProofCheck("lines_add_up", _LINES),
    ProofCheck("customers_equal_purchases", _CUSTOMERS),
)
