-- Posting a batch. Locks are taken in one order everywhere: lots by id, then parties by id.

-- Takes spends out of their lots. Raises TM001 when any lot has too little, is held by another
-- purchase, has expired or is not yet open at the spend's time: nothing is spent in part.
CREATE OR REPLACE FUNCTION ledger.draw_lots(p_mall uuid, p_spends ledger.spend_in[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_lots uuid[] := ARRAY(SELECT DISTINCT s.lot_id FROM unnest(p_spends) s);
    v_any_held boolean;
    v_drawn int;
BEGIN
    SELECT bool_or(q.is_held) INTO v_any_held FROM (
        SELECT l.held > 0 AS is_held FROM ledger.lot l
        WHERE l.mall_id = p_mall AND l.id = ANY(v_lots)
        ORDER BY l.id FOR UPDATE
    ) q;
    IF v_any_held THEN
        PERFORM ledger.free_stale_holds(p_mall, v_lots, (SELECT max(s.at) FROM unnest(p_spends) s));
    END IF;
    UPDATE ledger.lot l
    SET remaining = l.remaining - w.amount,
        held = l.held - w.held,
        open = l.remaining > w.amount
    FROM (
        SELECT s.lot_id, sum(s.amount)::bigint AS amount, max(s.at) AS latest, min(s.at) AS earliest,
               coalesce(sum(s.amount) FILTER (WHERE s.held), 0)::bigint AS held
        FROM unnest(p_spends) s GROUP BY s.lot_id
    ) w
    WHERE l.mall_id = p_mall AND l.id = ANY(v_lots) AND l.id = w.lot_id
      AND l.held >= w.held
      AND l.remaining - l.held >= w.amount - w.held
      -- What was held in time may be confirmed after the lot's last day.
      AND (w.amount = w.held
           OR (l.available_from <= w.earliest AND (l.expires_at IS NULL OR l.expires_at > w.latest)));
    GET DIAGNOSTICS v_drawn = ROW_COUNT;
    IF v_drawn <> cardinality(v_lots) THEN
        RAISE EXCEPTION 'a lot has less than what is to be spent' USING ERRCODE = 'TM001';
    END IF;
END $$;

-- Writes the lots of grants. Raises TM003 when one cannot be written: a lot is granted once.
CREATE OR REPLACE FUNCTION ledger.open_lots(p_mall uuid, p_grants ledger.grant_in[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_opened int;
BEGIN
    INSERT INTO ledger.lot (mall_id, id, scope_id, unit, issuer_id, holder_kind, holder_id, granted,
                            remaining, open, available_from, expires_at, created_at, transfer_id, reason)
    SELECT p_mall, g.lot_id, g.scope_id, s.unit, g.issuer_id, g.holder_kind, g.holder_id, g.amount,
           g.amount, g.amount > 0, g.available_from, g.expires_at, clock_timestamp(), g.transfer_id,
           g.reason
    FROM unnest(p_grants) g
    CROSS JOIN LATERAL (
        SELECT x.unit, x.issuer_id FROM ledger.scope x
        WHERE x.mall_id = p_mall AND x.id = g.scope_id OFFSET 0
    ) s
    WHERE g.amount > 0 AND (s.issuer_id IS NULL OR s.issuer_id = g.issuer_id)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_opened = ROW_COUNT;
    IF v_opened <> cardinality(p_grants) THEN
        RAISE EXCEPTION 'a lot cannot be granted' USING ERRCODE = 'TM003';
    END IF;
END $$;

-- The whole of a batch: lots drawn and opened, transfers and entries written, limits kept.
-- All entries go in with one statement, because the trigger that proves their sum sees only that.
CREATE OR REPLACE FUNCTION ledger.post(
    p_mall uuid,
    p_transfers ledger.transfer_in[],
    p_spends ledger.spend_in[],
    p_grants ledger.grant_in[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    IF cardinality(p_spends) > 0 THEN
        PERFORM ledger.draw_lots(p_mall, p_spends);
    END IF;
    IF cardinality(p_grants) > 0 THEN
        PERFORM ledger.open_lots(p_mall, p_grants);
    END IF;
    PERFORM ledger.write_transfers(p_mall, p_transfers);
    INSERT INTO ledger.entry (mall_id, transfer_id, n, account, owner_id, unit, amount, scope_id,
                              lot_id, counterparty_id)
    SELECT p_mall, e.transfer_id, row_number() OVER (PARTITION BY e.transfer_id), e.account,
           e.owner_id, e.unit, e.amount, e.scope_id, e.lot_id, e.counterparty_id
    FROM (
        SELECT * FROM ledger.spend_entries(p_mall, p_spends)
        UNION ALL
        SELECT * FROM ledger.grant_entries(p_mall, p_grants)
    ) e;
    IF cardinality(p_grants) > 0 THEN
        PERFORM ledger.promise(p_mall, p_grants);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION ledger.write_transfers(p_mall uuid, p_transfers ledger.transfer_in[])
RETURNS void
LANGUAGE sql AS $$
    INSERT INTO ledger.transfer (mall_id, id, kind, reference_id, actor_id, reverses, occurred_at)
    SELECT p_mall, t.id, t.kind, t.reference_id, t.actor_id, t.reverses, t.occurred_at
    FROM unnest(p_transfers) t
$$;

GRANT EXECUTE ON FUNCTION ledger.post(
    uuid, ledger.transfer_in[], ledger.spend_in[], ledger.grant_in[]
) TO timcheh_app;
