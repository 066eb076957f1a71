-- What only some shops' rules ask for; a quote looks it up for those alone.

-- The facts of one customer that come from their history and their person, and the shop's own
-- scale of RFM scores. Null for who isn't the shop's customer.
CREATE OR REPLACE FUNCTION merchants.known_history(p_mall uuid, p_merchant uuid, p_member uuid)
RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'first_at', c.first_at, 'visits', c.visits, 'last_basket', c.last_basket,
        'bought', c.bought, 'months', c.months, 'tags', c.tags,
        'tier_progress', c.tier_progress, 'source', c.source, 'scale', (
            SELECT jsonb_build_array(r.recency, r.frequency, r.monetary)
            FROM merchants.rfm_scale r
            WHERE r.mall_id = p_mall AND r.merchant_id = p_merchant
        ), 'wedding', p.wedding_date, 'person', jsonb_build_object(
            'gender', p.gender, 'marital_status', p.marital_status, 'province', p.province,
            'city', p.city, 'district', p.district, 'neighbourhood', p.neighbourhood,
            'guild', p.guild, 'job', p.job
        )
    )
    FROM merchants.customer c
    LEFT JOIN LATERAL (
        SELECT x.* FROM merchants.customer_profile x
        WHERE x.mall_id = p_mall AND x.merchant_id = p_merchant AND x.member_id = p_member OFFSET 0
    ) p ON true
    WHERE c.mall_id = p_mall AND c.merchant_id = p_merchant AND c.member_id = p_member
$$;

-- What members hold in scopes that a shop accepts, priced or not: rial of credit, and points.
-- A member who holds nothing has no row. What an open authorisation has pinned is not theirs now.
CREATE OR REPLACE FUNCTION merchants.holdings(
    p_mall uuid, p_merchant uuid, p_members uuid[], p_at timestamptz
)
RETURNS TABLE (member_id uuid, credit bigint, points bigint)
LANGUAGE sql STABLE AS $$
    SELECT l.holder_id,
           coalesce(sum(l.free) FILTER (WHERE l.unit = 'rial'), 0)::bigint,
           coalesce(sum(l.free) FILTER (WHERE l.unit = 'point'), 0)::bigint
    FROM (
        SELECT x.holder_id, x.unit, x.scope_id, CASE WHEN x.held = 0 THEN x.remaining ELSE
                   x.remaining - (
                       SELECT coalesce(sum(h.amount), 0)::bigint FROM ledger.hold h
                       WHERE h.mall_id = p_mall AND h.lot_id = x.id AND h.expires_at > p_at
                   ) END AS free
        FROM ledger.lot x
        WHERE x.mall_id = p_mall AND x.holder_id = ANY(p_members) AND x.open
          AND x.unit IN ('rial', 'point')
          AND x.available_from <= p_at AND (x.expires_at IS NULL OR x.expires_at > p_at)
        OFFSET 0
    ) l
    WHERE EXISTS (
        SELECT FROM ledger.acceptor a
        WHERE a.mall_id = p_mall AND a.scope_id = l.scope_id AND a.merchant_id = p_merchant
          AND a.branch_id = kernel.nil()
          AND a.valid_from <= p_at AND (a.valid_until IS NULL OR a.valid_until > p_at)
    )
    GROUP BY l.holder_id
$$;

GRANT EXECUTE ON FUNCTION merchants.known_history(uuid, uuid, uuid),
    merchants.holdings(uuid, uuid, uuid[], timestamptz) TO timcheh_app;
