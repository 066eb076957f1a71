-- Posting a batch. Locks are taken in one order everywhere: lots by id, then parties by id.

-- Locks the lots of spends. What timed-out purchases had pinned of them is free again.
CREATE OR REPLACE FUNCTION ledger.lock_spent(p_mall uuid, p_spends ledger.spend_in[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_any_held boolean;
BEGIN
    SELECT bool_or(q.is_held) INTO v_any_held FROM (
        SELECT l.held > 0 AS is_held FROM ledger.lot l
        WHERE l.mall_id = p_mall AND l.id = ANY(ARRAY(SELECT s.lot_id FROM unnest(p_spends) s))
        ORDER BY l.id FOR UPDATE
    ) q;
    IF v_any_held THEN
        PERFORM ledger.free_stale_holds(
            p_mall, ARRAY(SELECT s.lot_id FROM unnest(p_spends) s WHERE NOT s.held),
            (SELECT max(s.at) FROM unnest(p_spends) s)
        );
    END IF;
END $$;

CREATE OR REPLACE FUNCTION ledger.write_transfers(p_mall uuid, p_transfers ledger.transfer_in[])
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger.transfer (mall_id, id, kind, reference_id, actor_id, reverses, occurred_at)
    SELECT p_mall, t.id, t.kind, t.reference_id, t.actor_id, t.reverses, t.occurred_at
    FROM unnest(p_transfers) t;
END $$;

-- The whole of a batch: lots drawn and opened, transfers and entries written, limits kept. Raises
-- TM001 when any lot has too little, is held by another purchase, has expired or is not yet open at
-- the spend's time, TM003 when a lot cannot be granted: then nothing is posted.
--
-- Lots and entries change in one statement: what a lot's terms are is read once, and the trigger that
-- proves the entries' sum sees those of one statement only.
CREATE OR REPLACE FUNCTION ledger.post_rows(
    p_mall uuid,
    p_transfers ledger.transfer_in[],
    p_spends ledger.spend_in[],
    p_grants ledger.grant_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_all_drawn boolean;
    v_all_opened boolean;
BEGIN
    IF cardinality(p_spends) > 0 THEN
        PERFORM ledger.lock_spent(p_mall, p_spends);
    END IF;
    WITH wanted AS (
        SELECT s.lot_id, sum(s.amount)::bigint AS amount, max(s.at) AS latest, min(s.at) AS earliest,
               coalesce(sum(s.amount) FILTER (WHERE s.held), 0)::bigint AS held
        FROM unnest(p_spends) s GROUP BY s.lot_id
    ), drawn AS (
        UPDATE ledger.lot l
        SET remaining = l.remaining - w.amount,
            held = l.held - w.held,
            open = l.remaining > w.amount
        FROM wanted w
        WHERE l.mall_id = p_mall AND l.id = ANY(ARRAY(SELECT s.lot_id FROM unnest(p_spends) s))
          AND l.id = w.lot_id
          AND l.held >= w.held
          AND l.remaining - l.held >= w.amount - w.held
          -- What was held in time may be confirmed after the lot's last day.
          AND (w.amount = w.held
               OR (l.available_from <= w.earliest
                   AND (l.expires_at IS NULL OR l.expires_at > w.latest)))
        RETURNING l.id, l.unit, l.issuer_id, l.holder_id, l.scope_id
    ), granted AS (
        SELECT g.*, s.unit, s.issue_price
        FROM unnest(p_grants) g
        CROSS JOIN LATERAL (
            SELECT x.unit, x.issue_price FROM ledger.scope x
            WHERE x.mall_id = p_mall AND x.id = g.scope_id
              AND (x.issuer_id IS NULL OR x.issuer_id = g.issuer_id) OFFSET 0
        ) s
        WHERE g.amount > 0
    ), opened AS (
        INSERT INTO ledger.lot (mall_id, id, scope_id, unit, issuer_id, holder_kind, holder_id,
                                granted, remaining, open, available_from, expires_at, created_at,
                                transfer_id, reason)
        SELECT p_mall, g.lot_id, g.scope_id, g.unit, g.issuer_id, g.holder_kind, g.holder_id, g.amount,
               g.amount, true, g.available_from, g.expires_at, clock_timestamp(), g.transfer_id,
               g.reason
        FROM granted g
        ON CONFLICT DO NOTHING
        RETURNING 1
    ), entries AS (
        INSERT INTO ledger.entry (mall_id, transfer_id, n, account, owner_id, unit, amount, scope_id,
                                  lot_id, counterparty_id)
        SELECT p_mall, e.transfer_id, row_number() OVER (PARTITION BY e.transfer_id), e.account,
               e.owner_id, e.unit, e.amount, e.scope_id, e.lot_id, e.counterparty_id
        FROM (
            SELECT s.transfer_id, d.scope_id, e.*
            FROM unnest(p_spends) s
            JOIN drawn d ON d.id = s.lot_id
            CROSS JOIN LATERAL unnest(ledger.spend_postings(
                p_mall, d.unit, d.issuer_id, d.holder_id, d.scope_id, d.id, s.acceptor_id, s.amount,
                s.value, s.fee
            )) e
            UNION ALL
            SELECT g.transfer_id, g.scope_id, e.*
            FROM granted g
            CROSS JOIN LATERAL unnest(ledger.grant_postings(
                g.unit, g.issue_price, g.issuer_id, g.holder_id, g.scope_id, g.lot_id, g.amount
            )) e
        ) e
        WHERE e.amount <> 0
    )
    SELECT (SELECT count(*) FROM drawn) = (SELECT count(*) FROM wanted),
           (SELECT count(*) FROM opened) = cardinality(p_grants)
    INTO v_all_drawn, v_all_opened;
    IF NOT v_all_drawn THEN
        RAISE EXCEPTION 'a lot has less than what is to be spent' USING ERRCODE = 'TM001';
    ELSIF NOT v_all_opened THEN
        RAISE EXCEPTION 'a lot cannot be granted' USING ERRCODE = 'TM003';
    END IF;
    PERFORM ledger.write_transfers(p_mall, p_transfers);
    IF cardinality(p_grants) > 0 THEN
        PERFORM ledger.promise(p_mall, p_grants);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION ledger.post(
    p_mall uuid,
    p_transfers ledger.transfer_in[],
    p_spends ledger.spend_in[],
    p_grants ledger.grant_in[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.post_rows(p_mall, p_transfers, p_spends, p_grants);
END $$;

GRANT EXECUTE ON FUNCTION ledger.post(
    uuid, ledger.transfer_in[], ledger.spend_in[], ledger.grant_in[]
) TO timcheh_app;
