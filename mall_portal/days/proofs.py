"""What must hold between the kept sums of days and what they are sums of: one row a violation."""

from typing import Final

from timcheh.module import ProofCheck

_SALES: Final = """
    SELECT coalesce(k.day, t.day) FROM (
        SELECT day, merchant_id, purchases, sales, spent, returns, returned
        FROM mall_portal.shop_day WHERE mall_id = :mall
    ) k FULL JOIN (
        SELECT d.day, d.merchant_id, sum(d.purchases) AS purchases, sum(d.sales) AS sales,
               sum(d.spent) AS spent, sum(d.returns) AS returns, sum(d.returned) AS returned
        FROM mall_portal.shop_days(:mall, kernel.nil(), mall_portal.mark_of(:mall)) d
        GROUP BY 1, 2
    ) t ON t.day = k.day AND t.merchant_id = k.merchant_id
    WHERE ROW(k.purchases, k.sales, k.spent, k.returns, k.returned)
          IS DISTINCT FROM ROW(t.purchases, t.sales, t.spent, t.returns, t.returned)
"""
_VALUES: Final = """
    SELECT coalesce(k.day, t.day) FROM (
        SELECT day, account, owner_id, raised, lowered, expired
        FROM mall_portal.value_day WHERE mall_id = :mall
    ) k FULL JOIN (
        SELECT d.* FROM mall_portal.value_days(:mall, kernel.nil(), mall_portal.mark_of(:mall)) d
    ) t ON t.day = k.day AND t.account = k.account AND t.owner_id = k.owner_id
    WHERE ROW(k.raised, k.lowered, k.expired) IS DISTINCT FROM ROW(t.raised, t.lowered, t.expired)
"""
_LOTS: Final = """
    SELECT k.remaining FROM (
        SELECT coalesce(sum(remaining), 0) AS remaining FROM (
            SELECT remaining FROM mall_portal.lot_day WHERE mall_id = :mall
            UNION ALL
            SELECT d.remaining FROM mall_portal.lot_days(
                :mall, mall_portal.mark_of(:mall), 'ffffffff-ffff-ffff-ffff-ffffffffffff'
            ) d
        ) x
    ) k, (
        SELECT coalesce(sum(remaining), 0) AS remaining FROM ledger.lot
        WHERE mall_id = :mall AND unit = 'rial'
    ) t
    WHERE k.remaining <> t.remaining
"""

PROOFS: Final = (
    ProofCheck("mall_portal.shop_days_equal_purchases", _SALES),
    ProofCheck("mall_portal.value_days_equal_entries", _VALUES),
    ProofCheck("mall_portal.lot_days_equal_lots", _LOTS),
)
