-- Balances are sums: the roll-up up to the checkpoint, plus the tail of entries after it. No row
-- is hot. The cut is by transaction id and at the oldest transaction still running: our own ids
-- are not in commit order, and an entry that commits late must not fall behind the checkpoint.

CREATE OR REPLACE FUNCTION ledger.checkpoint_of(p_mall uuid) RETURNS xid8
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT c.upto FROM ledger.checkpoint c WHERE c.mall_id = p_mall), '0'::xid8)
$$;

-- What the checkpoint does not hold yet, members' own lots left out. Found by transfer, because
-- entries cost more than all else to write and are in no index for this.
CREATE OR REPLACE FUNCTION ledger.tail(p_mall uuid)
RETURNS TABLE (
    account text, owner_id uuid, unit text, scope_id uuid, counterparty_id uuid, amount bigint
)
LANGUAGE sql STABLE AS $$
    SELECT e.account, e.owner_id, e.unit, coalesce(e.scope_id, kernel.nil()),
           coalesce(e.counterparty_id, kernel.nil()), e.amount
    FROM ledger.transfer t
    CROSS JOIN LATERAL (
        SELECT x.* FROM ledger.entry x
        WHERE x.mall_id = p_mall AND x.transfer_id = t.id AND x.account <> 'credit' OFFSET 0
    ) e
    WHERE t.mall_id = p_mall AND t.xact >= ledger.checkpoint_of(p_mall)
$$;

-- Every balance of a mall but the members' own (those are their lots).
CREATE OR REPLACE FUNCTION ledger.balances(p_mall uuid)
RETURNS TABLE (
    account text, owner_id uuid, unit text, scope_id uuid, counterparty_id uuid, amount bigint
)
LANGUAGE sql STABLE AS $$
    SELECT b.account, b.owner_id, b.unit, b.scope_id, b.counterparty_id, sum(b.amount)::bigint
    FROM (
        SELECT r.account, r.owner_id, r.unit, r.scope_id, r.counterparty_id, r.amount
        FROM ledger.balance r WHERE r.mall_id = p_mall
        UNION ALL
        SELECT e.account, e.owner_id, e.unit, e.scope_id, e.counterparty_id, e.amount
        FROM ledger.tail(p_mall) e
    ) b
    GROUP BY 1, 2, 3, 4, 5
$$;

CREATE OR REPLACE FUNCTION ledger.balance_of(p_mall uuid, p_account text, p_owner uuid)
RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(b.amount), 0)::bigint FROM (
        SELECT r.amount FROM ledger.balance r
        WHERE r.mall_id = p_mall AND r.account = p_account AND r.owner_id = p_owner
        UNION ALL
        SELECT e.amount FROM ledger.tail(p_mall) e
        WHERE e.account = p_account AND e.owner_id = p_owner
    ) b
$$;

-- What issuers have promised beyond their own counter, what they owe the fund, and what covers it.
CREATE OR REPLACE FUNCTION ledger.exposure(p_mall uuid, p_parties uuid[])
RETURNS TABLE (party_id uuid, partner_outstanding bigint, owed bigint, deposit bigint)
LANGUAGE sql STABLE AS $$
    SELECT b.owner_id,
           -coalesce(sum(b.amount) FILTER (WHERE b.account = 'outstanding' AND s.kind <> 'own'), 0)::bigint,
           greatest(-coalesce(sum(b.amount) FILTER (WHERE b.account = 'clearing'), 0), 0)::bigint,
           coalesce(sum(b.amount) FILTER (WHERE b.account = 'deposit'), 0)::bigint
    FROM (
        SELECT r.account, r.owner_id, r.scope_id, r.amount FROM ledger.balance r
        WHERE r.mall_id = p_mall AND r.account = ANY('{outstanding,clearing,deposit}')
          AND r.owner_id = ANY(p_parties)
        UNION ALL
        SELECT e.account, e.owner_id, e.scope_id, e.amount FROM ledger.tail(p_mall) e
        WHERE e.account = ANY('{outstanding,clearing,deposit}') AND e.owner_id = ANY(p_parties)
    ) b
    LEFT JOIN ledger.scope s ON s.mall_id = p_mall AND s.id = b.scope_id
    GROUP BY b.owner_id
$$;

-- Moves the checkpoint up to the oldest running transaction. Answers how many balances moved.
CREATE OR REPLACE FUNCTION ledger.roll_up(p_mall uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_from xid8;
    v_upto xid8;
    v_entries bigint;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    INSERT INTO ledger.checkpoint (mall_id, upto) VALUES (p_mall, '0') ON CONFLICT DO NOTHING;
    SELECT c.upto INTO v_from FROM ledger.checkpoint c WHERE c.mall_id = p_mall FOR UPDATE;
    v_upto := pg_snapshot_xmin(pg_current_snapshot());
    INSERT INTO ledger.balance AS b (mall_id, account, owner_id, unit, scope_id, counterparty_id,
                                     amount, entries)
    SELECT p_mall, e.account, e.owner_id, e.unit, coalesce(e.scope_id, kernel.nil()),
           coalesce(e.counterparty_id, kernel.nil()), sum(e.amount), count(*)
    FROM ledger.transfer t
    CROSS JOIN LATERAL (
        SELECT x.* FROM ledger.entry x
        WHERE x.mall_id = p_mall AND x.transfer_id = t.id AND x.account <> 'credit' OFFSET 0
    ) e
    WHERE t.mall_id = p_mall AND t.xact >= v_from AND t.xact < v_upto
    GROUP BY 2, 3, 4, 5, 6
    ON CONFLICT (mall_id, account, owner_id, unit, scope_id, counterparty_id)
    DO UPDATE SET amount = b.amount + excluded.amount, entries = b.entries + excluded.entries;
    GET DIAGNOSTICS v_entries = ROW_COUNT;
    IF v_entries > 0 THEN  -- a mall that sleeps writes nothing
        UPDATE ledger.checkpoint c SET upto = v_upto WHERE c.mall_id = p_mall;
    END IF;
    RETURN v_entries;
END $$;

GRANT EXECUTE ON FUNCTION ledger.roll_up(uuid), ledger.balances(uuid), ledger.tail(uuid),
    ledger.balance_of(uuid, text, uuid), ledger.exposure(uuid, uuid[]), ledger.checkpoint_of(uuid)
TO timcheh_app;
-- A transfer names no owner, so a shop's part of the tail can't be told by policy: shops ask in the
-- mall's scope for their own.
REVOKE EXECUTE ON FUNCTION ledger.roll_up(uuid), ledger.balances(uuid), ledger.tail(uuid),
    ledger.balance_of(uuid, text, uuid), ledger.exposure(uuid, uuid[]), ledger.checkpoint_of(uuid)
FROM timcheh_merchant;
