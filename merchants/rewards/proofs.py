"""What must hold between rewards and the ledger. Each query answers one row per violation."""

from typing import Final

from timcheh.module import ProofCheck

# What a claim cost is what its transfer took; what was given back is what its undoing restored.
_CLAIMS: Final = """
    SELECT c.id FROM (
        SELECT x.id, CASE WHEN x.undone_by IS NULL THEN -x.points ELSE 0 END AS points
        FROM merchants.reward_claim x WHERE x.mall_id = :mall AND x.points > 0
    ) c FULL JOIN (
        SELECT CASE t.kind WHEN 'reward' THEN t.id ELSE t.reverses END AS id,
               sum(e.amount) AS points
        FROM ledger.transfer t
        JOIN ledger.entry e ON e.mall_id = t.mall_id AND e.transfer_id = t.id
        WHERE t.mall_id = :mall AND t.kind IN ('reward', 'reward_back')
          AND e.unit = 'point' AND e.account = 'credit'
        GROUP BY 1
    ) l ON l.id = c.id
    WHERE c.points IS DISTINCT FROM l.points
"""
_STOCK: Final = """
    SELECT r.id FROM merchants.reward r
    LEFT JOIN (
        SELECT x.reward_id, count(*) AS taken FROM merchants.reward_claim x
        WHERE x.mall_id = :mall AND x.state IN ('open', 'handed') GROUP BY 1
    ) c ON c.reward_id = r.id
    WHERE r.mall_id = :mall AND r.taken <> coalesce(c.taken, 0)
"""

PROOFS: Final = (
    ProofCheck("rewards_equal_entries", _CLAIMS),
    ProofCheck("rewards_counted", _STOCK),
)
