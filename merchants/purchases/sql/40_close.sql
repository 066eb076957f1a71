-- Confirming, cancelling and timing out an authorised purchase. Each ends in one state only.

-- Raises TM008 unless every purchase is the shop's, open, and in time.
CREATE OR REPLACE FUNCTION merchants.confirm_many(
    p_mall uuid, p_claims merchants.claim_in[], p_items merchants.confirm_in[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_ids uuid[] := ARRAY(SELECT i.purchase_id FROM unnest(p_items) i);
    v_at timestamptz := (SELECT max(i.at) FROM unnest(p_items) i);
    v_purchases merchants.purchase_in[];
    v_spends merchants.spend_in[];
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM merchants.claim_keys(p_mall, p_claims, 200);
    PERFORM 1 FROM merchants.purchase p
    WHERE p.mall_id = p_mall AND p.id = ANY(v_ids) ORDER BY p.id FOR UPDATE;
    WITH closed AS (
        UPDATE merchants.purchase p SET state = 'confirmed', closed_at = i.at
        FROM unnest(p_items) i
        WHERE p.mall_id = p_mall AND p.id = ANY(v_ids) AND p.id = i.purchase_id
          AND p.merchant_id = i.merchant_id
          AND p.state = 'authorized' AND p.expires_at > i.at
        RETURNING p.*
    )
    SELECT array_agg(ROW(
        p.id, p.merchant_id, p.branch_id, p.terminal_id, p.member_id, p.actor_id, p.total, p.discount,
        p.spent_value, p.to_pay, p.debt_paid, p.rules_version, p.occurred_at, v_at, NULL, NULL, NULL,
        p.vat_bps, p.vat_added, p.commission, NULL, NULL
    )::merchants.purchase_in) INTO v_purchases FROM closed p;
    v_spends := ARRAY(
        SELECT ROW(s.purchase_id, s.n, s.merchant_id, s.member_id, s.lot_id, s.issuer_id, s.scope_id,
                   s.unit, s.amount, s.value, s.fee, NULL, NULL)::merchants.spend_in
        FROM merchants.purchase_spend s
        WHERE s.mall_id = p_mall AND s.purchase_id = ANY(v_ids)
    );
    -- A hold that timed out may already have been freed for another purchase.
    IF coalesce(cardinality(v_purchases), 0) <> cardinality(p_items)
        OR ledger.take_holds(p_mall, v_ids) <> cardinality(v_spends)
    THEN
        RAISE EXCEPTION 'a purchase is not open' USING ERRCODE = 'TM008';
    END IF;
    PERFORM merchants.post_purchases(p_mall, v_purchases, v_spends, ARRAY(
        SELECT ROW(e.purchase_id, e.n, e.merchant_id, e.member_id, e.lot_id, e.scope_id, e.unit,
                   e.amount, e.value, e.available_from, e.expires_at, e.rule, NULL)::merchants.earn_in
        FROM merchants.purchase_earn e
        WHERE e.mall_id = p_mall AND e.purchase_id = ANY(v_ids)
    ), true);
    IF (SELECT bool_or(p.commission > 0) FROM unnest(v_purchases) p) THEN
        PERFORM merchants.pay_commissions(p_mall, v_purchases);
    END IF;
    PERFORM merchants.note_customers(p_mall, v_purchases, ARRAY(
        SELECT ROW(l.purchase_id, l.line, l.merchant_id, l.member_id, l.quantity_milli,
                   l.unit_price, l.total, l.discount, l.spent_value, l.paid, l.sku, l.name,
                   l."group", NULL, NULL)::merchants.line_in
        FROM merchants.purchase_line l WHERE l.mall_id = p_mall AND l.purchase_id = ANY(v_ids)
    ));
    PERFORM merchants.tell_confirmed(p_mall, v_purchases);
END $$;

-- A one-time offer that a purchase had used is open again when the purchase is given up.
CREATE OR REPLACE FUNCTION merchants.free_entitlements(p_mall uuid, p_purchases uuid[])
RETURNS void
LANGUAGE sql AS $$
    UPDATE merchants.entitlement e SET used_at = NULL, purchase_id = NULL
    FROM merchants.purchase p
    WHERE p.mall_id = p_mall AND p.id = ANY(p_purchases) AND e.mall_id = p_mall
      AND e.merchant_id = p.merchant_id AND e.member_id = p.member_id AND e.purchase_id = p.id
$$;

-- Gives up purchases that are still open, as 'cancelled' or 'expired'; answers which those were.
CREATE OR REPLACE FUNCTION merchants.give_up(
    p_mall uuid, p_purchases uuid[], p_state text, p_at timestamptz
) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_ids uuid[];
    v_id uuid;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    v_ids := ARRAY(
        SELECT p.id FROM merchants.purchase p
        WHERE p.mall_id = p_mall AND p.id = ANY(p_purchases) AND p.state = 'authorized'
        ORDER BY p.id FOR UPDATE
    );
    UPDATE merchants.purchase p SET state = p_state, closed_at = p_at
    WHERE p.mall_id = p_mall AND p.id = ANY(v_ids);
    -- All their lots in one order, not purchase by purchase.
    PERFORM ledger.lock_free(p_mall, ARRAY(
        SELECT h.lot_id FROM ledger.hold h WHERE h.mall_id = p_mall AND h.reference_id = ANY(v_ids)
    ), p_at);
    FOREACH v_id IN ARRAY v_ids LOOP
        PERFORM ledger.release(p_mall, v_id, true);
    END LOOP;
    PERFORM merchants.uncount_usage(p_mall, ARRAY(
        SELECT ROW(p.merchant_id, u.rule, p.member_id, u.value, u.day, NULL, NULL, NULL, NULL
               )::merchants.usage_in
        FROM merchants.purchase p
        CROSS JOIN LATERAL jsonb_to_recordset(p.usage) AS u (rule text, value bigint, day date)
        WHERE p.mall_id = p_mall AND p.id = ANY(v_ids)
    ));
    PERFORM merchants.free_entitlements(p_mall, v_ids);
    PERFORM merchants.uncount_credit(p_mall, v_ids);
    PERFORM merchants.uncount_concessions(p_mall, v_ids);
    PERFORM merchants.pay_debts(p_mall, v_ids, -1);
    RETURN QUERY SELECT unnest(v_ids);
END $$;

-- Purchases whose time is up, a bounded number at a time.
CREATE OR REPLACE FUNCTION merchants.sweep_open(p_mall uuid, p_at timestamptz, p_limit int)
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_count int;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    SELECT count(*) INTO v_count FROM merchants.give_up(p_mall, ARRAY(
        SELECT p.id FROM merchants.purchase p
        WHERE p.mall_id = p_mall AND p.state = 'authorized' AND p.expires_at <= p_at
        ORDER BY p.id LIMIT p_limit FOR UPDATE SKIP LOCKED
    ), 'expired', p_at);
    RETURN v_count;
END $$;

GRANT EXECUTE ON FUNCTION
    merchants.confirm_many(uuid, merchants.claim_in[], merchants.confirm_in[]),
    merchants.give_up(uuid, uuid[], text, timestamptz),
    merchants.sweep_open(uuid, timestamptz, int)
TO timcheh_app;
