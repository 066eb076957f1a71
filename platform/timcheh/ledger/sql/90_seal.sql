-- The chain: each link hashes the transfers of a range of finished transactions, and the link
-- before. Made by a job, off the hot path. What superusers alter, remove, add or reorder later
-- no longer hashes to what is written here.

-- A transfer with its entries as one digest. Times as seconds, so that no session setting counts.
CREATE OR REPLACE FUNCTION ledger.transfer_digest(t ledger.transfer) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(concat_ws('|',
        t.id, t.kind, coalesce(t.reference_id::text, '-'), coalesce(t.actor_id::text, '-'),
        coalesce(t.reverses::text, '-'), extract(epoch FROM t.occurred_at),
        extract(epoch FROM t.created_at), t.xact,
        (SELECT string_agg(concat_ws(',', e.n, e.account, e.owner_id, e.unit, e.amount,
                    coalesce(e.scope_id::text, '-'), coalesce(e.lot_id::text, '-'),
                    coalesce(e.counterparty_id::text, '-')), ';' ORDER BY e.n)
         FROM ledger.entry e WHERE e.mall_id = t.mall_id AND e.transfer_id = t.id)
    ), 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION ledger.range_digest(p_mall uuid, p_from xid8, p_upto xid8)
RETURNS TABLE (transfers bigint, content bytea)
LANGUAGE sql STABLE AS $$
    SELECT count(*), sha256(coalesce(string_agg(ledger.transfer_digest(t), '' ORDER BY t.xact, t.id), ''))
    FROM ledger.transfer t
    WHERE t.mall_id = p_mall AND t.xact >= p_from AND t.xact < p_upto
$$;

-- Adds one link over at most about `p_limit` transfers (transactions are never cut in two).
-- Answers how many transfers it sealed; none: there is nothing new that is finished.
CREATE OR REPLACE FUNCTION ledger.seal(p_mall uuid, p_limit int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_last ledger.seal;
    v_from xid8;
    v_upto xid8;
    v_cut xid8;
    v_count bigint;
    v_content bytea;
    v_previous bytea;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    SELECT * INTO v_last FROM ledger.seal s
    WHERE s.mall_id = p_mall ORDER BY s.number DESC LIMIT 1;
    v_from := coalesce(v_last.upto_xact, '0');
    v_previous := coalesce(v_last.hash, sha256(convert_to(p_mall::text, 'UTF8')));
    v_upto := pg_snapshot_xmin(pg_current_snapshot());
    -- The transaction of the last transfer that fits goes in whole, however large it is.
    SELECT t.xact INTO v_cut FROM ledger.transfer t
    WHERE t.mall_id = p_mall AND t.xact >= v_from AND t.xact < v_upto
    ORDER BY t.xact OFFSET p_limit - 1 LIMIT 1;
    IF FOUND THEN
        v_upto := (v_cut::text::numeric + 1)::text::xid8;
    END IF;
    SELECT d.transfers, d.content INTO v_count, v_content
    FROM ledger.range_digest(p_mall, v_from, v_upto) d;
    IF v_count > 0 THEN
        -- Two sealers at once: the second one's number is taken and its work is dropped.
        INSERT INTO ledger.seal (mall_id, number, from_xact, upto_xact, transfers, content,
                                 previous, hash)
        VALUES (p_mall, coalesce(v_last.number, 0) + 1, v_from, v_upto, v_count, v_content,
                v_previous, sha256(v_previous || v_content))
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN v_count;
END $$;

GRANT EXECUTE ON FUNCTION ledger.seal(uuid, int) TO timcheh_app;
