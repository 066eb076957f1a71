-- Tiers of a shop's own ladder: promotion at once, demotion only where it is allowed.

-- What a ladder counts, for all customers of a shop or for some. `p_since`: null from the start.
-- A purchase that came back whole counts for nothing; of value earned what was taken back doesn't.
CREATE OR REPLACE FUNCTION merchants.tier_measures(
    p_mall uuid, p_merchant uuid, p_members uuid[], p_measure text, p_since timestamptz
)
RETURNS TABLE (member_id uuid, amount bigint)
LANGUAGE sql STABLE AS $$
    SELECT k.member_id, (CASE p_measure WHEN 'purchases' THEN count(*) ELSE sum(k.net) END)::bigint
    FROM (
        SELECT p.member_id, sum(l.total - l.discount - (l.total - l.discount) * l.returned_milli
                   / greatest(l.quantity_milli, 1)) AS net
        FROM merchants.purchase p
        JOIN merchants.purchase_line l ON l.mall_id = p.mall_id AND l.purchase_id = p.id
        WHERE p_measure IN ('purchases', 'spend')
          AND p.mall_id = p_mall AND p.merchant_id = p_merchant AND p.state = 'confirmed'
          AND (p_members IS NULL OR p.member_id = ANY(p_members))
          AND (p_since IS NULL OR p.occurred_at >= p_since)
        GROUP BY p.id, p.member_id
        HAVING bool_or(l.returned_milli < l.quantity_milli)
    ) k
    GROUP BY k.member_id
    UNION ALL
    SELECT p.member_id, sum(e.amount - e.settled)::bigint
    FROM merchants.purchase p
    JOIN merchants.purchase_earn e ON e.mall_id = p.mall_id AND e.purchase_id = p.id
    WHERE p_measure IN ('credit', 'points')
      AND e.unit = CASE p_measure WHEN 'points' THEN 'point' ELSE 'rial' END
      AND p.mall_id = p_mall AND p.merchant_id = p_merchant AND p.state = 'confirmed'
      AND (p_members IS NULL OR p.member_id = ANY(p_members))
      AND (p_since IS NULL OR p.occurred_at >= p_since)
    GROUP BY p.member_id
$$;

-- Puts customers on their rungs; answers whose tier changed. A higher rung is reached at once. A
-- lower one only with `p_demote`, and not before a whole period has passed since the present one
-- was reached. `before`/`after`: null for no tier.
CREATE OR REPLACE FUNCTION merchants.retier(
    p_mall uuid, p_merchant uuid, p_members uuid[], p_at timestamptz, p_demote boolean
)
RETURNS TABLE (member_id uuid, before text, after text, up boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_ladder merchants.tier_ladder;
    v_period interval;
BEGIN
    SELECT t.* INTO v_ladder FROM merchants.tier_ladder t
    WHERE t.mall_id = p_mall AND t.merchant_id = p_merchant;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    v_period := make_interval(days => v_ladder.period_days);
    RETURN QUERY
    WITH counted AS (
        SELECT c.member_id, coalesce(m.amount, 0) AS amount,
               coalesce(array_position(v_ladder.names, c.tier), 0) AS rung,
               width_bucket(coalesce(m.amount, 0), v_ladder.thresholds) AS due,
               c.tier_since
        FROM merchants.customer c
        LEFT JOIN merchants.tier_measures(
            p_mall, p_merchant, p_members, v_ladder.measure, p_at - v_period
        ) m ON m.member_id = c.member_id
        WHERE c.mall_id = p_mall AND c.merchant_id = p_merchant
          AND (p_members IS NULL OR c.member_id = ANY(p_members))
    ), decided AS (
        SELECT d.member_id, d.amount, d.rung, CASE
                   WHEN d.due >= d.rung THEN d.due
                   WHEN p_demote AND (v_period IS NULL OR d.tier_since IS NULL
                                      OR d.tier_since + v_period <= p_at) THEN d.due
                   ELSE d.rung
               END AS next
        FROM counted d
    ), moved AS (
        UPDATE merchants.customer c
        SET tier = v_ladder.names[d.next],
            tier_since = CASE WHEN c.tier IS NOT DISTINCT FROM v_ladder.names[d.next]
                              THEN c.tier_since WHEN d.next > 0 THEN p_at END,
            tier_progress = g.progress
        FROM decided d
        CROSS JOIN LATERAL (
            SELECT CASE WHEN d.next >= cardinality(v_ladder.names) THEN 100 ELSE greatest(0, least(99,
                (d.amount - coalesce(v_ladder.thresholds[d.next], 0)) * 100
                / greatest(v_ladder.thresholds[d.next + 1] - coalesce(v_ladder.thresholds[d.next], 0), 1)
            )) END::smallint AS progress
        ) g
        WHERE c.mall_id = p_mall AND c.merchant_id = p_merchant AND c.member_id = d.member_id
          AND (c.tier IS DISTINCT FROM v_ladder.names[d.next]
               OR c.tier_progress IS DISTINCT FROM g.progress)
        RETURNING c.member_id, old.tier AS before, new.tier AS after, d.next > d.rung AS up
    )
    SELECT m.member_id, m.before, m.after, m.up FROM moved m
    WHERE m.before IS DISTINCT FROM m.after ORDER BY m.member_id;
END $$;

GRANT EXECUTE ON FUNCTION
    merchants.tier_measures(uuid, uuid, uuid[], text, timestamptz),
    merchants.retier(uuid, uuid, uuid[], timestamptz, boolean) TO timcheh_app;
