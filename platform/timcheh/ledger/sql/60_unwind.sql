-- Undoing: a return puts spent value back on its own lots and takes unspent earned value away.

-- Locks lots in id order. What timed-out purchases had pinned of them is free again.
CREATE OR REPLACE FUNCTION ledger.lock_free(p_mall uuid, p_lots uuid[], p_at timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ledger.lot l
    WHERE l.mall_id = p_mall AND l.id = ANY(p_lots) ORDER BY l.id FOR UPDATE;
    PERFORM ledger.free_stale_holds(p_mall, p_lots, p_at);
END $$;

-- Locks the lots of a return and answers how they stand.
DROP FUNCTION IF EXISTS ledger.lock_lots(uuid, uuid[]);
CREATE OR REPLACE FUNCTION ledger.lock_lots(p_mall uuid, p_lots uuid[], p_at timestamptz)
RETURNS SETOF ledger.lot
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.lock_free(p_mall, p_lots, p_at);
    RETURN QUERY SELECT l.* FROM ledger.lot l
    WHERE l.mall_id = p_mall AND l.id = ANY(p_lots) ORDER BY l.id;
END $$;

-- `p_restores` are the spends to undo and `p_takes` the grants to undo, both with negative
-- amounts. A lot that expired meanwhile lives again until `p_grace_until`, with what is restored
-- and no more. Raises TM001 when more would be restored than was spent, or more taken than is left.
CREATE OR REPLACE FUNCTION ledger.unwind(
    p_mall uuid,
    p_transfer ledger.transfer_in,
    p_restores ledger.spend_in[],
    p_takes ledger.grant_in[],
    p_at timestamptz,
    p_grace_until timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_restored uuid[] := ARRAY(SELECT DISTINCT r.lot_id FROM unnest(p_restores) r);
    v_taken uuid[] := ARRAY(SELECT t.lot_id FROM unnest(p_takes) t);
    v_due uuid[];
    v_rows int;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.lock_free(p_mall, v_restored || v_taken, p_at);
    -- What is left of a lot whose time is up must not live on because the sweep has yet to come.
    v_due := ARRAY(
        SELECT l.id FROM ledger.lot l
        WHERE l.mall_id = p_mall AND l.id = ANY(v_restored)
          AND l.expires_at <= p_at AND l.remaining > l.held
    );
    IF cardinality(v_due) > 0 THEN
        PERFORM ledger.expire_lots(p_mall, v_due, p_at);
    END IF;
    UPDATE ledger.lot l
    SET remaining = l.remaining - r.amount,
        open = l.remaining - r.amount > 0,
        expires_at = CASE WHEN l.expires_at <= p_at THEN p_grace_until ELSE l.expires_at END
    FROM (
        SELECT r.lot_id, sum(r.amount)::bigint AS amount FROM unnest(p_restores) r GROUP BY r.lot_id
    ) r
    WHERE l.mall_id = p_mall AND l.id = ANY(v_restored) AND l.id = r.lot_id
      AND l.remaining - r.amount + l.expired + l.taken_back <= l.granted;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    IF v_rows <> cardinality(v_restored) THEN
        RAISE EXCEPTION 'more would be restored than was spent' USING ERRCODE = 'TM001';
    END IF;
    UPDATE ledger.lot l
    SET remaining = l.remaining + t.amount,
        taken_back = l.taken_back - t.amount,
        open = l.remaining + t.amount > 0
    FROM unnest(p_takes) t
    WHERE l.mall_id = p_mall AND l.id = ANY(v_taken) AND l.id = t.lot_id
      AND l.remaining - l.held >= -t.amount;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    IF v_rows <> cardinality(p_takes) THEN
        RAISE EXCEPTION 'earned value has been spent meanwhile' USING ERRCODE = 'TM001';
    END IF;
    PERFORM ledger.write_transfers(p_mall, ARRAY[p_transfer]);
    INSERT INTO ledger.entry (mall_id, transfer_id, n, account, owner_id, unit, amount, scope_id,
                              lot_id, counterparty_id)
    SELECT p_mall, e.transfer_id, row_number() OVER (), e.account, e.owner_id, e.unit, e.amount,
           e.scope_id, e.lot_id, e.counterparty_id
    FROM (
        SELECT * FROM ledger.spend_entries(p_mall, p_restores)
        UNION ALL
        SELECT * FROM ledger.grant_entries(p_mall, p_takes)
    ) e;
    -- What comes back to an issuer is promised again, and its acceptor owes what it was paid.
    PERFORM ledger.take_headroom_back(p_mall, ARRAY(
        SELECT l.issuer_id FROM ledger.lot l WHERE l.mall_id = p_mall AND l.id = ANY(v_restored)
        UNION
        SELECT r.acceptor_id FROM unnest(p_restores) r
    ));
END $$;

-- A correction: the same entries with the other sign, once per transfer. Lots move with them.
-- Raises TM004 when there is no such transfer or it has been corrected (or is a correction), TM001
-- when a lot has too little left or would hold more than was granted, TM002 when a limit or a deposit
-- no longer allows it.
CREATE OR REPLACE FUNCTION ledger.reverse(p_mall uuid, p_transfer ledger.transfer_in) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_touched uuid[];
    v_parties uuid[];
    v_lots uuid[];
    v_kind text;
    v_rows int;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    SELECT t.kind INTO v_kind FROM ledger.transfer t
    WHERE t.mall_id = p_mall AND t.id = (p_transfer).reverses AND t.kind <> 'reversal'
      AND NOT EXISTS (
          SELECT 1 FROM ledger.transfer r
          WHERE r.mall_id = p_mall AND r.reverses = t.id AND r.kind = 'reversal'
      );
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such transfer to correct' USING ERRCODE = 'TM004';
    END IF;
    v_lots := ARRAY(
        SELECT DISTINCT e.lot_id FROM ledger.entry e
        WHERE e.mall_id = p_mall AND e.transfer_id = (p_transfer).reverses AND e.lot_id IS NOT NULL
    );
    PERFORM ledger.lock_free(p_mall, v_lots, (p_transfer).occurred_at);
    UPDATE ledger.lot l
    SET remaining = l.remaining - e.amount,
        open = l.remaining - e.amount > 0,
        taken_back = l.taken_back + e.taken_back,
        expired = l.expired + e.expired
    FROM (
        SELECT q.id, q.amount,
               -- A grant is taken back; what a return took back is there again.
               CASE WHEN q.is_grant OR v_kind = 'return' AND q.amount < 0 THEN q.amount ELSE 0 END
                   AS taken_back,
               CASE WHEN v_kind = 'expiry' THEN q.amount ELSE 0 END AS expired
        FROM (
            SELECT g.id, g.transfer_id = (p_transfer).reverses AS is_grant,
                   sum(e.amount)::bigint AS amount
            FROM ledger.entry e
            JOIN ledger.lot g ON g.mall_id = p_mall AND g.id = e.lot_id
            WHERE e.mall_id = p_mall AND e.transfer_id = (p_transfer).reverses
            GROUP BY g.id, g.transfer_id
        ) q
    ) e
    WHERE l.mall_id = p_mall AND l.id = ANY(v_lots) AND l.id = e.id
      AND l.remaining - e.amount >= l.held
      AND l.remaining - e.amount + l.expired + e.expired + l.taken_back + e.taken_back <= l.granted;
    GET DIAGNOSTICS v_rows = ROW_COUNT;
    IF v_rows <> cardinality(v_lots) THEN
        RAISE EXCEPTION 'a lot has moved on since that transfer' USING ERRCODE = 'TM001';
    END IF;
    PERFORM ledger.write_transfers(p_mall, ARRAY[
        ROW((p_transfer).id, 'reversal', (p_transfer).reference_id, (p_transfer).actor_id,
            (p_transfer).reverses, (p_transfer).occurred_at)
    ]::ledger.transfer_in[]);
    INSERT INTO ledger.entry (mall_id, transfer_id, n, account, owner_id, unit, amount, scope_id,
                              lot_id, counterparty_id)
    SELECT p_mall, (p_transfer).id, e.n, e.account, e.owner_id, e.unit, -e.amount, e.scope_id,
           e.lot_id, e.counterparty_id
    FROM ledger.entry e
    WHERE e.mall_id = p_mall AND e.transfer_id = (p_transfer).reverses;
    -- Only where the correction leaves a party with more to answer for must its limit cover it.
    SELECT array_agg(q.owner_id), array_agg(q.owner_id) FILTER (WHERE q.amount < 0)
    INTO v_touched, v_parties
    FROM (
        SELECT e.owner_id, sum(e.amount) AS amount
        FROM ledger.entry e
        LEFT JOIN ledger.scope s ON s.mall_id = p_mall AND s.id = e.scope_id
        WHERE e.mall_id = p_mall AND e.transfer_id = (p_transfer).id
          AND (e.account IN ('clearing', 'deposit') OR e.account = 'outstanding' AND s.kind <> 'own')
        GROUP BY e.owner_id
    ) q;
    PERFORM ledger.take_headroom_back(p_mall, v_touched);
    PERFORM ledger.refuse_over_limit(p_mall, v_parties);
    -- A deposit that was partly taken out again is there in part only.
    IF EXISTS (
        SELECT 1 FROM ledger.entry e
        WHERE e.mall_id = p_mall AND e.transfer_id = (p_transfer).id AND e.account = 'deposit'
          AND e.amount < 0 AND ledger.balance_of(p_mall, 'deposit', e.owner_id) < 0
    ) THEN
        RAISE EXCEPTION 'the deposit is smaller' USING ERRCODE = 'TM002';
    END IF;
END $$;

GRANT EXECUTE ON FUNCTION
    ledger.lock_lots(uuid, uuid[], timestamptz),
    ledger.unwind(uuid, ledger.transfer_in, ledger.spend_in[], ledger.grant_in[], timestamptz, timestamptz),
    ledger.reverse(uuid, ledger.transfer_in)
TO timcheh_app;
