-- Discounts of the seller's own accord: who may give how much, and what they gave, counted with the
-- purchase, so that two tills at once cannot pass somebody's limit of the day together.

-- What somebody may take off here: {owner, limits [[personal, line_bps, per_invoice, per_day]], used}.
-- `p_by` is a person of the shop's staff, or a key.
CREATE OR REPLACE FUNCTION merchants.concession_room(
    p_mall uuid, p_merchant uuid, p_branch uuid, p_by uuid, p_at timestamptz
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    WITH held (role) AS (
        SELECT r.role FROM kernel.staff_role r
        WHERE r.mall_id = p_mall AND r.staff_id = p_by AND r.merchant_id = p_merchant
          AND (r.branch_id IS NULL OR r.branch_id = p_branch)
        UNION ALL
        SELECT 'program' WHERE NOT EXISTS (
            SELECT FROM kernel.staff s WHERE s.mall_id = p_mall AND s.id = p_by
        )
    )
    SELECT jsonb_build_object(
        'owner', EXISTS (SELECT FROM held h WHERE h.role = 'owner'),
        'limits', (
            SELECT jsonb_agg(jsonb_build_array(l.role = '', l.line_bps, l.per_invoice, l.per_day))
            FROM merchants.concession_limit l
            WHERE l.mall_id = p_mall AND l.merchant_id = p_merchant
              AND (l.staff_id = p_by OR l.role IN (SELECT h.role FROM held h))
        ),
        'used', coalesce((
            SELECT u.used FROM merchants.concession_use u
            WHERE u.mall_id = p_mall AND u.merchant_id = p_merchant AND u.by_id = p_by
              AND u.day = merchants.day_of(p_at)
        ), 0)
    )
$$;

-- Raises TM007 when somebody has less of the day left: decide again.
CREATE OR REPLACE FUNCTION merchants.note_concessions(
    p_mall uuid, p_rows merchants.concession_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_over boolean;
BEGIN
    INSERT INTO merchants.concession (mall_id, purchase_id, n, line, merchant_id, branch_id, member_id,
                                      actor_id, by_id, bps, amount, reason, at)
    SELECT p_mall, r.purchase_id, r.n, r.line, r.merchant_id, r.branch_id, r.member_id, r.actor_id,
           r.by_id, r.bps, r.amount, r.reason, r.at
    FROM unnest(p_rows) r;
    WITH asked AS (
        SELECT r.merchant_id, r.by_id, merchants.day_of(r.at) AS day, sum(r.amount)::bigint AS used,
               min(r.day_limit) AS day_limit
        FROM unnest(p_rows) r GROUP BY 1, 2, 3
    ), counted AS (
        INSERT INTO merchants.concession_use AS u (mall_id, merchant_id, by_id, day, used)
        SELECT p_mall, a.merchant_id, a.by_id, a.day, a.used FROM asked a
        ORDER BY a.merchant_id, a.by_id, a.day
        ON CONFLICT (mall_id, merchant_id, by_id, day) DO UPDATE SET used = u.used + excluded.used
        RETURNING u.merchant_id, u.by_id, u.day, u.used
    )
    SELECT true INTO v_over
    FROM counted c JOIN asked a USING (merchant_id, by_id, day)
    WHERE c.used > a.day_limit LIMIT 1;
    IF v_over THEN
        RAISE EXCEPTION 'less may be taken off today' USING ERRCODE = 'TM007';
    END IF;
END $$;

-- Of purchases that were given up nothing was taken off. Rows are locked in the order of
-- note_concessions.
CREATE OR REPLACE FUNCTION merchants.uncount_concessions(p_mall uuid, p_purchases uuid[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_given_up record;
BEGIN
    FOR v_given_up IN
        SELECT c.merchant_id, c.by_id, merchants.day_of(c.at) AS day, sum(c.amount)::bigint AS used
        FROM merchants.concession c
        WHERE c.mall_id = p_mall AND c.purchase_id = ANY(p_purchases)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    LOOP
        UPDATE merchants.concession_use u SET used = u.used - v_given_up.used
        WHERE u.mall_id = p_mall AND u.merchant_id = v_given_up.merchant_id
          AND u.by_id = v_given_up.by_id AND u.day = v_given_up.day;
    END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION merchants.concession_room(uuid, uuid, uuid, uuid, timestamptz)
    TO timcheh_app;
