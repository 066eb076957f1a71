-- The proof: every invariant of the ledger, over all of a mall's rows. Reads, changes nothing.

-- Balances recomputed from nothing but entries, for the checks below.
CREATE OR REPLACE FUNCTION ledger.proof(p_mall uuid)
RETURNS TABLE (name text, ok boolean, detail text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_bad bigint;
    v_sum numeric;
BEGIN
    PERFORM kernel.enter_mall(p_mall);

    SELECT count(*) INTO v_bad FROM (
        SELECT sum(e.amount) AS total FROM ledger.entry e
        WHERE e.mall_id = p_mall
        GROUP BY e.transfer_id, e.unit, CASE WHEN e.unit = 'point' THEN e.scope_id END
    ) q WHERE q.total <> 0;
    RETURN QUERY SELECT 'transfers_balanced', v_bad = 0,
        format('%s transfers do not sum to zero in each unit', v_bad);

    SELECT count(*) INTO v_bad FROM ledger.transfer t FULL JOIN (
        SELECT e.transfer_id, max(e.n) AS last, count(*) AS entries
        FROM ledger.entry e WHERE e.mall_id = p_mall GROUP BY e.transfer_id
    ) e ON e.transfer_id = t.id
    WHERE coalesce(t.mall_id, p_mall) = p_mall AND (
        t.id IS NULL OR e.transfer_id IS NULL OR e.last <> e.entries
    );
    RETURN QUERY SELECT 'transfers_whole', v_bad = 0,
        format('%s transfers without entries, entries without transfer, or with a gap', v_bad);

    SELECT count(*) INTO v_bad FROM (
        SELECT e.owner_id, sum(e.amount) AS amount FROM ledger.entry e
        WHERE e.mall_id = p_mall AND e.account = 'outstanding' GROUP BY e.owner_id
    ) o FULL JOIN (
        SELECT l.issuer_id, sum(l.remaining) AS amount FROM ledger.lot l
        WHERE l.mall_id = p_mall AND l.unit = 'rial' GROUP BY l.issuer_id
    ) l ON l.issuer_id = o.owner_id
    WHERE coalesce(o.amount, 0) <> -coalesce(l.amount, 0);
    RETURN QUERY SELECT 'outstanding_equals_lots', v_bad = 0,
        format('%s issuers whose outstanding is not minus the sum of their live lots', v_bad);

    SELECT count(*) INTO v_bad FROM (
        SELECT e.owner_id, sum(e.amount) AS amount FROM ledger.entry e
        WHERE e.mall_id = p_mall AND e.account = 'points' GROUP BY e.owner_id
    ) o FULL JOIN (
        SELECT l.scope_id, sum(l.remaining) AS amount FROM ledger.lot l
        WHERE l.mall_id = p_mall AND l.unit = 'point' GROUP BY l.scope_id
    ) l ON l.scope_id = o.owner_id
    WHERE coalesce(o.amount, 0) <> -coalesce(l.amount, 0);
    RETURN QUERY SELECT 'points_equal_lots', v_bad = 0,
        format('%s pools whose points are not minus the sum of their lots', v_bad);

    SELECT count(*) INTO v_bad FROM (
        SELECT x.id, x.remaining FROM ledger.lot x WHERE x.mall_id = p_mall
    ) l FULL JOIN (
        SELECT x.lot_id, sum(x.amount) AS amount FROM ledger.entry x
        WHERE x.mall_id = p_mall AND x.lot_id IS NOT NULL GROUP BY x.lot_id
    ) e ON e.lot_id = l.id
    WHERE l.remaining IS DISTINCT FROM e.amount;
    RETURN QUERY SELECT 'lots_equal_entries', v_bad = 0,
        format('%s lots whose remainder is not the sum of their entries', v_bad);

    -- A lot is still what its entries made of it: whose, where, by whom, how much, and what of it
    -- expired or was taken back. What corrects an expiry or a return counts with it.
    SELECT count(*) INTO v_bad FROM ledger.lot l
    JOIN ledger.scope s ON s.mall_id = p_mall AND s.id = l.scope_id
    LEFT JOIN (
        SELECT e.lot_id,
               bool_and(e.owner_id = x.holder_id AND e.scope_id = x.scope_id
                   AND e.account = CASE x.unit WHEN 'wallet' THEN 'wallet' ELSE 'credit' END) AS same,
               sum(e.amount) FILTER (WHERE e.transfer_id = x.transfer_id) AS granted,
               sum(e.amount) FILTER (WHERE k.kind = 'expiry') AS expired,
               sum(e.amount) FILTER (
                   WHERE t.reverses = x.transfer_id AND t.kind = 'reversal'
                      OR k.kind = 'return' AND e.amount * k.sign < 0
               ) AS taken_back
        FROM ledger.entry e
        JOIN ledger.lot x ON x.mall_id = p_mall AND x.id = e.lot_id
        JOIN ledger.transfer t ON t.mall_id = p_mall AND t.id = e.transfer_id
        LEFT JOIN ledger.transfer o
            ON o.mall_id = p_mall AND o.id = t.reverses AND t.kind = 'reversal'
        CROSS JOIN LATERAL (
            SELECT coalesce(o.kind, t.kind) AS kind, CASE WHEN o.id IS NULL THEN 1 ELSE -1 END AS sign
        ) k
        WHERE e.mall_id = p_mall AND e.lot_id IS NOT NULL
        GROUP BY e.lot_id
    ) e ON e.lot_id = l.id
    LEFT JOIN (
        SELECT e.transfer_id, e.owner_id, coalesce(e.counterparty_id, e.scope_id) AS scope_id
        FROM ledger.entry e
        WHERE e.mall_id = p_mall AND e.account IN ('outstanding', 'clearing') AND e.amount < 0
        GROUP BY 1, 2, 3
    ) i ON i.transfer_id = l.transfer_id AND i.owner_id = l.issuer_id AND i.scope_id = l.scope_id
    WHERE l.mall_id = p_mall AND NOT (
        coalesce(e.same AND e.granted = l.granted, false)
        AND l.expired = -coalesce(e.expired, 0) AND l.taken_back = -coalesce(e.taken_back, 0)
        AND CASE
            WHEN s.unit = 'wallet' THEN l.issuer_id = p_mall
            WHEN s.unit = 'rial' OR s.issue_price > 0 THEN i.transfer_id IS NOT NULL
            ELSE s.issuer_id IS NULL OR s.issuer_id = l.issuer_id
        END
    );
    RETURN QUERY SELECT 'lots_as_granted', v_bad = 0,
        format('%s lots that are not what their entries made of them', v_bad);

    SELECT count(*) INTO v_bad FROM ledger.lot l
    WHERE l.mall_id = p_mall AND (
        l.remaining < 0 OR l.held < 0 OR l.held > l.remaining OR l.open <> (l.remaining > 0)
        OR l.granted < l.remaining + l.expired + l.taken_back OR l.granted <= 0
    );
    RETURN QUERY SELECT 'lots_within_bounds', v_bad = 0,
        format('%s lots below zero, held above what is left, or above what was granted', v_bad);

    SELECT count(*) INTO v_bad FROM (
        SELECT x.id, x.held FROM ledger.lot x WHERE x.mall_id = p_mall AND x.held <> 0
    ) l FULL JOIN (
        SELECT x.lot_id, sum(x.amount) AS amount FROM ledger.hold x
        WHERE x.mall_id = p_mall GROUP BY x.lot_id
    ) h ON h.lot_id = l.id
    WHERE l.held IS DISTINCT FROM h.amount;
    RETURN QUERY SELECT 'holds_equal_lots', v_bad = 0,
        format('%s lots whose held part is not the sum of their holds', v_bad);

    SELECT coalesce(sum(e.amount), 0) INTO v_sum FROM ledger.entry e
    WHERE e.mall_id = p_mall AND e.unit = 'rial'
      AND e.account IN ('clearing', 'fee', 'deposit', 'reserve', 'wallet', 'gateway', 'cash');
    RETURN QUERY SELECT 'fund_sums_to_zero', v_sum = 0,
        format('the fund''s accounts sum to %s rial', v_sum);

    SELECT coalesce(sum(e.amount), 0) INTO v_sum FROM ledger.entry e
    WHERE e.mall_id = p_mall AND e.account IN ('commission', 'commission_due');
    RETURN QUERY SELECT 'commissions_balanced', v_sum = 0,
        format('commissions due and earned differ by %s rial', v_sum);

    SELECT count(*) INTO v_bad FROM (
        SELECT e.owner_id FROM ledger.entry e
        WHERE e.mall_id = p_mall AND e.account = 'reserve' GROUP BY e.owner_id HAVING sum(e.amount) < 0
    ) q;
    RETURN QUERY SELECT 'reserves_cover_points', v_bad = 0 AND NOT EXISTS (
        SELECT 1 FROM ledger.scope s
        JOIN (
            SELECT l.scope_id, sum(l.remaining) AS points FROM ledger.lot l
            WHERE l.mall_id = p_mall AND l.unit = 'point' GROUP BY l.scope_id
        ) p ON p.scope_id = s.id
        LEFT JOIN (
            SELECT e.owner_id, sum(e.amount) AS money FROM ledger.entry e
            WHERE e.mall_id = p_mall AND e.account = 'reserve' GROUP BY e.owner_id
        ) r ON r.owner_id = s.id
        WHERE s.mall_id = p_mall AND p.points * s.redeem_price > coalesce(r.money, 0)
    ), 'the money behind each pool covers its points at their redeem price';

    SELECT count(*) INTO v_bad FROM (
        SELECT r.account, r.owner_id, r.unit, r.scope_id, r.counterparty_id, r.amount, r.entries
        FROM ledger.balance r WHERE r.mall_id = p_mall
    ) b FULL JOIN (
        SELECT e.account, e.owner_id, e.unit, coalesce(e.scope_id, kernel.nil()) AS scope_id,
               coalesce(e.counterparty_id, kernel.nil()) AS counterparty_id,
               sum(e.amount) AS amount, count(*) AS entries
        FROM ledger.entry e
        JOIN ledger.transfer t ON t.mall_id = p_mall AND t.id = e.transfer_id
        WHERE e.mall_id = p_mall AND e.account <> 'credit'
          AND t.xact < ledger.checkpoint_of(p_mall)
        GROUP BY 1, 2, 3, 4, 5
    ) e USING (account, owner_id, unit, scope_id, counterparty_id)
    WHERE b.amount IS DISTINCT FROM e.amount OR b.entries IS DISTINCT FROM e.entries;
    RETURN QUERY SELECT 'balances_equal_entries', v_bad = 0,
        format('%s balances are not the sum of their entries', v_bad);

    -- Foreign keys that the hot path does without.
    SELECT count(*) INTO v_bad FROM ledger.lot l
    LEFT JOIN ledger.scope s ON s.mall_id = l.mall_id AND s.id = l.scope_id
    LEFT JOIN ledger.party p ON p.mall_id = l.mall_id AND p.id = l.issuer_id
    LEFT JOIN ledger.transfer t ON t.mall_id = l.mall_id AND t.id = l.transfer_id
    WHERE l.mall_id = p_mall AND (s.id IS NULL OR p.id IS NULL OR t.id IS NULL OR s.unit <> l.unit);
    RETURN QUERY SELECT 'lots_refer', v_bad = 0,
        format('%s lots without their scope, issuer or granting transfer', v_bad);

    SELECT count(*) INTO v_bad FROM (
        SELECT s.number, s.from_xact, s.upto_xact, s.transfers, s.content, s.previous, s.hash,
               lag(s.hash, 1, sha256(convert_to(p_mall::text, 'UTF8'))) OVER w AS before,
               lag(s.upto_xact, 1, '0'::xid8) OVER w AS before_upto,
               row_number() OVER w AS position
        FROM ledger.seal s WHERE s.mall_id = p_mall WINDOW w AS (ORDER BY s.number)
    ) s
    CROSS JOIN LATERAL ledger.range_digest(p_mall, s.from_xact, s.upto_xact) d
    WHERE s.previous <> s.before OR s.from_xact <> s.before_upto OR s.number <> s.position
       OR s.transfers <> d.transfers OR s.content <> d.content
       OR s.hash <> sha256(s.previous || s.content);
    RETURN QUERY SELECT 'chain_intact', v_bad = 0,
        format('%s links of the chain do not match what they seal', v_bad);
END $$;

GRANT EXECUTE ON FUNCTION ledger.proof(uuid) TO timcheh_app;
