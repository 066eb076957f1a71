-- Movements of the shared fund that touch no lot, and the member's wallet.

-- Writes one transfer of plain movements. Not granted: the functions below give it meaning.
CREATE OR REPLACE FUNCTION ledger.move(
    p_mall uuid, p_transfer ledger.transfer_in, p_moves ledger.move_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger.write_transfers(p_mall, ARRAY[p_transfer]);
    INSERT INTO ledger.entry (mall_id, transfer_id, n, account, owner_id, unit, amount, counterparty_id)
    SELECT p_mall, (p_transfer).id, row_number() OVER (ORDER BY m.n), m.account, m.owner_id, 'rial',
           m.amount, m.counterparty_id
    FROM unnest(p_moves) WITH ORDINALITY AS m (account, owner_id, amount, counterparty_id, n)
    WHERE m.amount <> 0;
END $$;

-- A shop brings collateral (amount > 0) or takes some back (amount < 0), never more than is there
-- nor so much that its limit no longer covers what it owes.
--   cash -d   deposit(A) +d
CREATE OR REPLACE FUNCTION ledger.deposit(
    p_mall uuid, p_transfer ledger.transfer_in, p_party uuid, p_amount bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM 1 FROM ledger.party p WHERE p.mall_id = p_mall AND p.id = p_party FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such party' USING ERRCODE = 'TM004';
    END IF;
    PERFORM ledger.move(p_mall, p_transfer, ARRAY[
        ROW('cash', p_mall, -p_amount, p_party), ROW('deposit', p_party, p_amount, NULL)
    ]::ledger.move_in[]);
    IF p_amount < 0 THEN
        IF ledger.balance_of(p_mall, 'deposit', p_party) < 0 THEN
            RAISE EXCEPTION 'the deposit is smaller' USING ERRCODE = 'TM002', DETAIL = p_party;
        END IF;
        PERFORM ledger.take_headroom_back(p_mall, ARRAY[p_party]);
        PERFORM ledger.refuse_over_limit(p_mall, ARRAY[p_party]);
    END IF;
END $$;

-- What a shop owes is paid from its collateral (amount > 0), or that is put back (amount < 0). Never
-- more than is there nor than it owes: what covers it and what it owes fall alike, and so the room
-- under its limit stays as it was.
--   deposit(A) -n   clearing(A) +n
CREATE OR REPLACE FUNCTION ledger.draw_deposit(
    p_mall uuid, p_transfer ledger.transfer_in, p_party uuid, p_amount bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.take_headroom_back(p_mall, ARRAY[p_party]);
    IF p_amount > ledger.balance_of(p_mall, 'deposit', p_party)
        OR p_amount > 0 AND p_amount > -ledger.balance_of(p_mall, 'clearing', p_party) THEN
        RAISE EXCEPTION 'the deposit or the debt is smaller' USING ERRCODE = 'TM002', DETAIL = p_party;
    END IF;
    PERFORM ledger.move(p_mall, p_transfer, ARRAY[
        ROW('deposit', p_party, -p_amount, NULL), ROW('clearing', p_party, p_amount, NULL)
    ]::ledger.move_in[]);
END $$;

-- Settlement: shops that owe (net < 0) pay, shops that are due (net > 0) are paid, and the mall
-- draws its fees. `p_nets[i]` belongs to `p_parties[i]`.
--   A pays n: cash -n clearing(A) +n   B is paid n: clearing(B) -n cash +n   fees n: fee -n cash +n
CREATE OR REPLACE FUNCTION ledger.settle(
    p_mall uuid, p_transfer ledger.transfer_in, p_parties uuid[], p_nets bigint[], p_fees bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.move(p_mall, p_transfer, ARRAY(
        SELECT m FROM (
            SELECT ROW('clearing', l.party, -l.net, NULL)::ledger.move_in AS m
            FROM unnest(p_parties, p_nets) AS l (party, net)
            UNION ALL
            SELECT ROW('cash', p_mall, l.net, l.party)::ledger.move_in
            FROM unnest(p_parties, p_nets) AS l (party, net)
            UNION ALL
            VALUES (ROW('fee', p_mall, -p_fees, NULL)::ledger.move_in),
                   (ROW('cash', p_mall, p_fees, NULL)::ledger.move_in)
        ) moves
    ));
    -- A shop that is paid more than it is due by then owes the rest.
    PERFORM ledger.take_headroom_back(p_mall, p_parties);
END $$;

-- A member's money arrives at the payment provider and becomes a wallet lot.
CREATE OR REPLACE FUNCTION ledger.top_up(
    p_mall uuid, p_transfer ledger.transfer_in, p_lot uuid, p_scope uuid, p_member uuid, p_amount bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.post_rows(p_mall, ARRAY[p_transfer], '{}', ARRAY[
        ROW((p_transfer).id, p_lot, p_scope, p_mall, 'member', p_member, p_amount,
            (p_transfer).occurred_at, NULL, 'top_up')
    ]::ledger.grant_in[]);
END $$;

-- The provider pays out to the fund's bank account.
--   cash -t   gateway +t
CREATE OR REPLACE FUNCTION ledger.settle_gateway(
    p_mall uuid, p_transfer ledger.transfer_in, p_amount bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.move(p_mall, p_transfer, ARRAY[
        ROW('cash', p_mall, -p_amount, NULL), ROW('gateway', p_mall, p_amount, NULL)
    ]::ledger.move_in[]);
END $$;

-- A sales colleague or referrer earns from a shop (amount > 0), or is paid or loses it (< 0).
--   commission_due(A) -c   commission(person) +c
CREATE OR REPLACE FUNCTION ledger.commission(
    p_mall uuid, p_transfer ledger.transfer_in, p_party uuid, p_person uuid, p_amount bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.move(p_mall, p_transfer, ARRAY[
        ROW('commission_due', p_party, -p_amount, p_person),
        ROW('commission', p_person, p_amount, p_party)
    ]::ledger.move_in[]);
END $$;

GRANT EXECUTE ON FUNCTION
    ledger.deposit(uuid, ledger.transfer_in, uuid, bigint),
    ledger.draw_deposit(uuid, ledger.transfer_in, uuid, bigint),
    ledger.settle(uuid, ledger.transfer_in, uuid[], bigint[], bigint),
    ledger.top_up(uuid, ledger.transfer_in, uuid, uuid, uuid, bigint),
    ledger.settle_gateway(uuid, ledger.transfer_in, bigint),
    ledger.commission(uuid, ledger.transfer_in, uuid, uuid, bigint)
TO timcheh_app;
