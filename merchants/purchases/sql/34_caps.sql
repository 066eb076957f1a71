-- Credit that members under a daily cap spend: counted with the purchase, so that two tills at once
-- cannot pass the cap together.

-- Raises TM007 when a cap has less left: decide again.
CREATE OR REPLACE FUNCTION merchants.count_credit(
    p_mall uuid, p_purchases merchants.purchase_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_over boolean;
BEGIN
    WITH asked AS (
        SELECT p.merchant_id, p.member_id, merchants.day_of(p.at) AS day,
               sum(p.credit_counted)::bigint AS used, min(p.credit_day_cap) AS cap
        FROM unnest(p_purchases) p WHERE p.credit_counted > 0
        GROUP BY 1, 2, 3
    ), counted AS (
        INSERT INTO merchants.credit_use AS u (mall_id, merchant_id, member_id, day, used)
        SELECT p_mall, a.merchant_id, a.member_id, a.day, a.used FROM asked a
        ORDER BY a.merchant_id, a.member_id, a.day
        ON CONFLICT (mall_id, merchant_id, member_id, day) DO UPDATE SET used = u.used + excluded.used
        RETURNING u.merchant_id, u.member_id, u.day, u.used
    )
    SELECT true INTO v_over
    FROM counted c JOIN asked a USING (merchant_id, member_id, day)
    WHERE c.used > a.cap LIMIT 1;
    IF v_over THEN
        RAISE EXCEPTION 'a daily cap has less left' USING ERRCODE = 'TM007';
    END IF;
END $$;

-- Purchases that were given up have spent nothing. Rows are locked in the order of count_credit.
CREATE OR REPLACE FUNCTION merchants.uncount_credit(p_mall uuid, p_purchases uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_given_up record;
BEGIN
    FOR v_given_up IN
        SELECT p.merchant_id, p.member_id, merchants.day_of(p.created_at) AS day,
               sum(p.credit_counted)::bigint AS used
        FROM merchants.purchase p
        WHERE p.mall_id = p_mall AND p.id = ANY(p_purchases) AND p.credit_counted > 0
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    LOOP
        UPDATE merchants.credit_use u SET used = u.used - v_given_up.used
        WHERE u.mall_id = p_mall AND u.merchant_id = v_given_up.merchant_id
          AND u.member_id = v_given_up.member_id AND u.day = v_given_up.day;
    END LOOP;
END $$;
