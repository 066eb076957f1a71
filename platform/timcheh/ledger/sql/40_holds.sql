-- Holds: an authorised purchase pins what it will spend. A hold that times out is let go by the next
-- spend of the lot, or by whoever gives the purchase up.

-- Pins lots. Raises TM001 when any has too little. A hold and its lot change together.
CREATE OR REPLACE FUNCTION ledger.hold(
    p_mall uuid, p_reference uuid, p_spends ledger.spend_in[], p_until timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lots uuid[] := ARRAY(SELECT DISTINCT s.lot_id FROM unnest(p_spends) s);
    v_held int;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM 1 FROM ledger.lot l
    WHERE l.mall_id = p_mall AND l.id = ANY(v_lots) ORDER BY l.id FOR UPDATE;
    PERFORM ledger.free_stale_holds(p_mall, v_lots, (SELECT max(s.at) FROM unnest(p_spends) s));
    UPDATE ledger.lot l SET held = l.held + s.amount
    FROM unnest(p_spends) s
    WHERE l.mall_id = p_mall AND l.id = ANY(v_lots) AND l.id = s.lot_id
      AND l.remaining - l.held >= s.amount
      AND l.available_from <= s.at AND (l.expires_at IS NULL OR l.expires_at > s.at);
    GET DIAGNOSTICS v_held = ROW_COUNT;
    IF v_held <> cardinality(p_spends) THEN
        RAISE EXCEPTION 'a lot has less than what is to be held' USING ERRCODE = 'TM001';
    END IF;
    INSERT INTO ledger.hold (mall_id, lot_id, reference_id, amount, expires_at)
    SELECT p_mall, s.lot_id, p_reference, s.amount, p_until FROM unnest(p_spends) s;
END $$;

-- Frees what timed-out purchases had pinned of these lots. The caller has locked the lots.
CREATE OR REPLACE FUNCTION ledger.free_stale_holds(p_mall uuid, p_lots uuid[], p_at timestamptz)
RETURNS void
LANGUAGE sql AS $$
    WITH gone AS (
        DELETE FROM ledger.hold h
        WHERE h.mall_id = p_mall AND h.lot_id = ANY(p_lots) AND h.expires_at <= p_at
        RETURNING h.lot_id, h.amount
    )
    UPDATE ledger.lot l SET held = l.held - g.amount
    FROM (SELECT lot_id, sum(amount)::bigint AS amount FROM gone GROUP BY lot_id) g
    WHERE l.mall_id = p_mall AND l.id = ANY(p_lots) AND l.id = g.lot_id
$$;

-- Removes a purchase's holds because it is confirmed now (`p_free` false: the caller spends what
-- was held) or given up (`p_free` true). Answers how many holds there were.
CREATE OR REPLACE FUNCTION ledger.release(p_mall uuid, p_reference uuid, p_free boolean)
RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lots uuid[];
    v_gone int;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    v_lots := ARRAY(
        SELECT h.lot_id FROM ledger.hold h WHERE h.mall_id = p_mall AND h.reference_id = p_reference
    );
    PERFORM 1 FROM ledger.lot l
    WHERE l.mall_id = p_mall AND l.id = ANY(v_lots) ORDER BY l.id FOR UPDATE;
    WITH gone AS (
        DELETE FROM ledger.hold h
        WHERE h.mall_id = p_mall AND h.reference_id = p_reference AND h.lot_id = ANY(v_lots)
        RETURNING h.lot_id, h.amount
    ), freed AS (
        UPDATE ledger.lot l SET held = l.held - g.amount FROM gone g
        WHERE p_free AND l.mall_id = p_mall AND l.id = ANY(v_lots) AND l.id = g.lot_id
    )
    SELECT count(*) INTO v_gone FROM gone;
    RETURN v_gone;
END $$;

DROP FUNCTION IF EXISTS ledger.sweep_holds(uuid, timestamptz, int);

GRANT EXECUTE ON FUNCTION
    ledger.hold(uuid, uuid, ledger.spend_in[], timestamptz),
    ledger.release(uuid, uuid, boolean)
TO timcheh_app;

-- Removes the holds of purchases that are being confirmed; their lots stay pinned for the posting
-- that follows in the same transaction. Answers how many there were.
CREATE OR REPLACE FUNCTION ledger.take_holds(p_mall uuid, p_references uuid[]) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
    v_lots uuid[] := ARRAY(
        SELECT h.lot_id FROM ledger.hold h
        WHERE h.mall_id = p_mall AND h.reference_id = ANY(p_references)
    );
    v_taken int;
BEGIN
    PERFORM 1 FROM ledger.lot l
    WHERE l.mall_id = p_mall AND l.id = ANY(v_lots) ORDER BY l.id FOR UPDATE;
    DELETE FROM ledger.hold h
    WHERE h.mall_id = p_mall AND h.reference_id = ANY(p_references);
    GET DIAGNOSTICS v_taken = ROW_COUNT;
    RETURN v_taken;
END $$;
