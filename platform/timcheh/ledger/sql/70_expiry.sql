-- Expiry: what is left of a lot after its last day goes back to whoever owes it.
--   rial   credit(M) -r   outstanding(A) +r
--   point  credit(M) -r   points +r          (the money behind it stays in the pool's reserve)

-- Expires what no hold pins of lots that the caller has locked.
CREATE OR REPLACE FUNCTION ledger.expire_lots(p_mall uuid, p_lots uuid[], p_at timestamptz)
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_transfers uuid[] := ARRAY(SELECT uuidv7() FROM unnest(p_lots));
BEGIN
    INSERT INTO ledger.transfer (mall_id, id, kind, reference_id, occurred_at)
    SELECT p_mall, x.transfer_id, 'expiry', x.lot_id, p_at
    FROM unnest(p_lots, v_transfers) AS x (lot_id, transfer_id);
    INSERT INTO ledger.entry (mall_id, transfer_id, n, account, owner_id, unit, amount, scope_id, lot_id)
    SELECT p_mall, x.transfer_id, e.n, e.account, e.owner_id, l.unit, e.amount, l.scope_id, e.lot_id
    FROM unnest(p_lots, v_transfers) AS x (lot_id, transfer_id)
    JOIN ledger.lot l ON l.mall_id = p_mall AND l.id = x.lot_id
    CROSS JOIN LATERAL (VALUES
        (1, 'credit', l.holder_id, l.held - l.remaining, l.id),
        (2, CASE l.unit WHEN 'point' THEN 'points' ELSE 'outstanding' END,
            CASE l.unit WHEN 'point' THEN l.scope_id ELSE l.issuer_id END, l.remaining - l.held, NULL)
    ) AS e (n, account, owner_id, amount, lot_id);
    UPDATE ledger.lot l
    SET expired = l.expired + l.remaining - l.held, remaining = l.held, open = l.held > 0
    WHERE l.mall_id = p_mall AND l.id = ANY(p_lots);
END $$;

-- Expires up to `p_limit` lots of a mall and answers how many. A lot with an open hold waits; a
-- lot that a purchase is using right now is skipped and taken next time.
CREATE OR REPLACE FUNCTION ledger.expire_due(p_mall uuid, p_at timestamptz, p_limit int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lots uuid[];
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    -- In the order of their index, so that a batch does not read and sort all that is due. It needs
    -- no order of locks: what skips never waits.
    v_lots := ARRAY(
        SELECT l.id FROM ledger.lot l
        WHERE l.mall_id = p_mall AND l.open AND l.expires_at <= p_at AND l.held = 0
        ORDER BY l.expires_at LIMIT p_limit FOR UPDATE SKIP LOCKED
    );
    IF cardinality(v_lots) > 0 THEN
        PERFORM ledger.expire_lots(p_mall, v_lots, p_at);
    END IF;
    RETURN cardinality(v_lots);
END $$;

-- Ends all that a member has, before its time: they gave it up with their membership. It goes back to
-- whoever owes it, by the entries of an expiry; what was told of the person in its reasons goes too.
-- Answers how many lots it ended. Raises TM001 while a purchase pins any of them, or while there is
-- wallet money, which is the member's own.
CREATE OR REPLACE FUNCTION ledger.forfeit(
    p_mall uuid, p_member uuid, p_words text[], p_at timestamptz
) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_lots uuid[];
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    v_lots := ARRAY(
        SELECT l.id FROM ledger.lot l WHERE l.mall_id = p_mall AND l.holder_id = p_member AND l.open
    );
    PERFORM ledger.lock_free(p_mall, v_lots, p_at);
    IF EXISTS (
        SELECT 1 FROM ledger.lot l
        WHERE l.mall_id = p_mall AND l.id = ANY(v_lots) AND (l.held > 0 OR l.unit = 'wallet' AND l.open)
    ) THEN
        RAISE EXCEPTION 'a purchase is under way, or there is wallet money' USING ERRCODE = 'TM001';
    END IF;
    v_lots := ARRAY(
        SELECT l.id FROM ledger.lot l WHERE l.mall_id = p_mall AND l.id = ANY(v_lots) AND l.open
    );
    PERFORM ledger.expire_lots(p_mall, v_lots, p_at);
    UPDATE ledger.lot l SET reason = ''
    WHERE l.mall_id = p_mall AND l.holder_id = p_member AND kernel.mentions(l.reason, p_words);
    RETURN cardinality(v_lots);
END $$;

GRANT EXECUTE ON FUNCTION
    ledger.expire_due(uuid, timestamptz, int), ledger.forfeit(uuid, uuid, text[], timestamptz)
TO timcheh_app;
