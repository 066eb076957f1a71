-- Sums of days over what was recorded from one id (inclusive) to another (exclusive). The job adds
-- them to what is kept, pages read them for what it has not reached yet: both tell the same.
-- Ids are made when something is recorded, so a range of them is a range of their key.

CREATE OR REPLACE FUNCTION mall_portal.mark_of(p_mall uuid) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT m.upto FROM mall_portal.day_mark m WHERE m.mall_id = p_mall),
                    kernel.nil())
$$;

CREATE OR REPLACE FUNCTION mall_portal.shop_days(p_mall uuid, p_from uuid, p_upto uuid)
RETURNS TABLE (
    day date, merchant_id uuid, purchases bigint, sales bigint, spent bigint, returns bigint,
    returned bigint
)
LANGUAGE sql STABLE AS $$
    SELECT merchants.mall_day(p.occurred_at), p.merchant_id, count(*),
           sum(p.total - p.discount)::bigint, sum(p.spent_value)::bigint, 0::bigint, 0::bigint
    FROM merchants.purchase p
    WHERE p.mall_id = p_mall AND p.id >= p_from AND p.id < p_upto AND p.state = 'confirmed'
    GROUP BY 1, 2
    UNION ALL
    SELECT merchants.mall_day(r.created_at), r.merchant_id, 0::bigint, 0::bigint, 0::bigint,
           count(*), sum(r.refund)::bigint
    FROM merchants.purchase_return r
    WHERE r.mall_id = p_mall AND r.id >= p_from AND r.id < p_upto
    GROUP BY 1, 2
$$;

-- What a return or a reversal moves counts against what it undoes, not as new.
CREATE OR REPLACE FUNCTION mall_portal.value_days(p_mall uuid, p_from uuid, p_upto uuid)
RETURNS TABLE (
    day date, account text, owner_id uuid, raised bigint, lowered bigint, expired bigint
)
LANGUAGE sql STABLE AS $$
    SELECT m.day, m.account, m.owner_id,
           coalesce(sum(m.amount) FILTER (WHERE NOT m.ends AND (m.undoes = (m.amount < 0))), 0)::bigint,
           coalesce(-sum(m.amount) FILTER (WHERE NOT m.ends AND (m.undoes = (m.amount > 0))), 0)::bigint,
           coalesce(-sum(m.amount) FILTER (WHERE m.ends), 0)::bigint
    FROM (
        SELECT merchants.mall_day(t.occurred_at) AS day, e.account, e.owner_id,
               t.kind = 'expiry' AS ends, t.kind IN ('return', 'reversal') AS undoes,
               -- What is owed stands in the books as a negative.
               CASE WHEN e.account IN ('outstanding', 'points') THEN -e.amount ELSE e.amount END
                   AS amount
        FROM ledger.transfer t
        CROSS JOIN LATERAL (
            SELECT x.account, x.owner_id, x.amount FROM ledger.entry x
            WHERE x.mall_id = p_mall AND x.transfer_id = t.id
              AND x.account IN ('outstanding', 'points', 'reserve', 'fee') OFFSET 0
        ) e
        WHERE t.mall_id = p_mall AND t.id >= p_from AND t.id < p_upto
    ) m
    GROUP BY 1, 2, 3
$$;

CREATE OR REPLACE FUNCTION mall_portal.lot_days(p_mall uuid, p_from uuid, p_upto uuid)
RETURNS TABLE (
    expires_on date, granted_on date, issuer_id uuid, granted bigint, expired bigint,
    remaining bigint
)
LANGUAGE sql STABLE AS $$
    SELECT coalesce(merchants.mall_day(e.expires_at - INTERVAL '1 microsecond'), DATE '9999-12-31'),
           merchants.mall_day(coalesce(g.occurred_at, t.occurred_at)), e.issuer_id,
           coalesce(sum(e.amount) FILTER (WHERE e.grants), 0)::bigint,
           coalesce(-sum(e.amount) FILTER (WHERE t.kind = 'expiry'), 0)::bigint,
           sum(e.amount)::bigint
    FROM ledger.transfer t
    CROSS JOIN LATERAL (
        SELECT x.amount, l.expires_at, l.issuer_id, l.transfer_id, l.transfer_id = t.id AS grants
        FROM ledger.entry x
        CROSS JOIN LATERAL (
            SELECT y.expires_at, y.issuer_id, y.transfer_id FROM ledger.lot y
            WHERE y.mall_id = p_mall AND y.id = x.lot_id OFFSET 0
        ) l
        WHERE x.mall_id = p_mall AND x.transfer_id = t.id AND x.account = 'credit'
          AND x.unit = 'rial' OFFSET 0
    ) e
    LEFT JOIN LATERAL (
        SELECT y.occurred_at FROM ledger.transfer y
        WHERE NOT e.grants AND y.mall_id = p_mall AND y.id = e.transfer_id OFFSET 0
    ) g ON true
    WHERE t.mall_id = p_mall AND t.id >= p_from AND t.id < p_upto
    GROUP BY 1, 2, 3
$$;

CREATE OR REPLACE FUNCTION mall_portal.member_days(p_mall uuid, p_from uuid, p_upto uuid)
RETURNS TABLE (block int, member_id uuid, days bigint)
LANGUAGE sql STABLE AS $$
    SELECT d.number / 60, d.member_id, bit_or(1::bigint << (d.number % 60))
    FROM (
        SELECT merchants.mall_day(p.occurred_at) - DATE '1970-01-01' AS number, p.member_id
        FROM merchants.purchase p
        WHERE p.mall_id = p_mall AND p.id >= p_from AND p.id < p_upto AND p.state = 'confirmed'
    ) d
    GROUP BY 1, 2
$$;

-- Adds up to about `p_most` purchases and transfers to the sums, none of them recorded after
-- `p_settled`: before that nothing is under way any more. Answers whether anything was left to add.
CREATE OR REPLACE FUNCTION mall_portal.keep_days(p_mall uuid, p_settled uuid, p_most int)
RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    v_from uuid;
    v_upto uuid;
    v_last uuid;
BEGIN
    INSERT INTO mall_portal.day_mark (mall_id, upto, kept_at)
    VALUES (p_mall, kernel.nil(), clock_timestamp()) ON CONFLICT DO NOTHING;
    SELECT m.upto INTO v_from FROM mall_portal.day_mark m WHERE m.mall_id = p_mall FOR UPDATE;
    -- A purchase that waits for its confirmation will be confirmed under the id that it has.
    SELECT least(p_settled, (
        SELECT w.id FROM (
            SELECT p.id FROM merchants.purchase p
            WHERE p.mall_id = p_mall AND p.state = 'authorized' OFFSET 0
        ) w ORDER BY w.id LIMIT 1
    )) INTO v_last;
    SELECT least(v_last,
        (SELECT p.id FROM merchants.purchase p WHERE p.mall_id = p_mall AND p.id >= v_from
         ORDER BY p.id OFFSET p_most LIMIT 1),
        (SELECT t.id FROM ledger.transfer t WHERE t.mall_id = p_mall AND t.id >= v_from
         ORDER BY t.id OFFSET p_most LIMIT 1))
    INTO v_upto;
    IF v_upto <= v_from THEN
        RETURN false;
    END IF;
    INSERT INTO mall_portal.shop_day AS k (mall_id, day, merchant_id, purchases, sales, spent,
                                           returns, returned)
    SELECT p_mall, d.day, d.merchant_id, sum(d.purchases), sum(d.sales), sum(d.spent),
           sum(d.returns), sum(d.returned)
    FROM mall_portal.shop_days(p_mall, v_from, v_upto) d GROUP BY d.day, d.merchant_id
    ON CONFLICT (mall_id, day, merchant_id) DO UPDATE
    SET purchases = k.purchases + excluded.purchases, sales = k.sales + excluded.sales,
        spent = k.spent + excluded.spent, returns = k.returns + excluded.returns,
        returned = k.returned + excluded.returned;
    INSERT INTO mall_portal.value_day AS k (mall_id, day, account, owner_id, raised, lowered,
                                            expired)
    SELECT p_mall, d.* FROM mall_portal.value_days(p_mall, v_from, v_upto) d
    ON CONFLICT (mall_id, day, account, owner_id) DO UPDATE
    SET raised = k.raised + excluded.raised, lowered = k.lowered + excluded.lowered,
        expired = k.expired + excluded.expired;
    INSERT INTO mall_portal.lot_day AS k (mall_id, expires_on, granted_on, issuer_id, granted,
                                          expired, remaining)
    SELECT p_mall, d.* FROM mall_portal.lot_days(p_mall, v_from, v_upto) d
    ON CONFLICT (mall_id, expires_on, granted_on, issuer_id) DO UPDATE
    SET granted = k.granted + excluded.granted, expired = k.expired + excluded.expired,
        remaining = k.remaining + excluded.remaining;
    INSERT INTO mall_portal.member_days AS k (mall_id, block, member_id, days)
    SELECT p_mall, d.* FROM mall_portal.member_days(p_mall, v_from, v_upto) d
    ON CONFLICT (mall_id, block, member_id) DO UPDATE SET days = k.days | excluded.days;
    UPDATE mall_portal.day_mark m SET upto = v_upto, kept_at = clock_timestamp()
    WHERE m.mall_id = p_mall;
    RETURN v_upto < v_last;
END $$;

GRANT EXECUTE ON FUNCTION
    mall_portal.mark_of(uuid),
    mall_portal.shop_days(uuid, uuid, uuid), mall_portal.value_days(uuid, uuid, uuid),
    mall_portal.lot_days(uuid, uuid, uuid), mall_portal.member_days(uuid, uuid, uuid),
    mall_portal.keep_days(uuid, uuid, int)
TO timcheh_app;
