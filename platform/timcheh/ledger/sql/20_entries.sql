-- Plans are made once and kept, often while a mall is empty and reading all of it looks cheap. So
-- that no plan ever can, hot statements look rows up in a LATERAL (... OFFSET 0) for each row of the
-- batch, and bound what they update by `= ANY(keys)`. See docs/adr/0012.
--
-- The postings of design table "Postings", as two linear formulas: a negative amount undoes what
-- the positive one did, so returns need no formulas of their own.

-- What a spend moves, given its lot's terms. A is the lot's issuer, B the acceptor, M the holder,
-- f the fee.
--   rial, B = A   credit(M) -x   outstanding(A) +x
--   rial, B <> A  credit(M) -x   clearing(B) +(x-f)  fee +f  outstanding(A) +x  clearing(A) -x
--   point         credit(M) -p   points +p           reserve -v  clearing(B) +(v-f)  fee +f
--   wallet        wallet(M) -x   clearing(B) +(x-f)  fee +f
--
-- An array, not VALUES: their expressions would be compiled anew for each spend of a batch.
CREATE OR REPLACE FUNCTION ledger.spend_postings(
    p_mall uuid, p_unit text, p_issuer uuid, p_holder uuid, p_scope uuid, p_lot uuid,
    p_acceptor uuid, p_amount bigint, p_value bigint, p_fee bigint
) RETURNS ledger.posting[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN p_unit = 'rial' AND p_issuer = p_acceptor THEN ARRAY[
            ROW('credit', p_holder, 'rial', -p_amount, p_lot, NULL),
            ROW('outstanding', p_issuer, 'rial', p_amount, NULL, NULL)
        ]::ledger.posting[]
        WHEN p_unit = 'rial' THEN ARRAY[
            ROW('credit', p_holder, 'rial', -p_amount, p_lot, NULL),
            -- The fund's matrix is a sum of these: unlike clearing, they don't mix with what the
            -- issuer itself accepted of that shop.
            ROW('outstanding', p_issuer, 'rial', p_amount, NULL, p_acceptor),
            ROW('clearing', p_issuer, 'rial', -p_value, NULL, p_acceptor),
            ROW('clearing', p_acceptor, 'rial', p_value - p_fee, NULL, p_issuer),
            ROW('fee', p_mall, 'rial', p_fee, NULL, p_acceptor)
        ]::ledger.posting[]
        WHEN p_unit = 'point' THEN ARRAY[
            ROW('credit', p_holder, 'point', -p_amount, p_lot, NULL),
            ROW('points', p_scope, 'point', p_amount, NULL, NULL),
            ROW('reserve', p_scope, 'rial', -p_value, NULL, p_acceptor),
            ROW('clearing', p_acceptor, 'rial', p_value - p_fee, NULL, p_scope),
            ROW('fee', p_mall, 'rial', p_fee, NULL, p_acceptor)
        ]::ledger.posting[]
        ELSE ARRAY[
            ROW('wallet', p_holder, 'rial', -p_amount, p_lot, NULL),
            ROW('clearing', p_acceptor, 'rial', p_value - p_fee, NULL, p_scope),
            ROW('fee', p_mall, 'rial', p_fee, NULL, p_acceptor)
        ]::ledger.posting[]
    END
$$;

CREATE OR REPLACE FUNCTION ledger.spend_entries(p_mall uuid, p_spends ledger.spend_in[])
RETURNS TABLE (
    transfer_id uuid, account text, owner_id uuid, unit text, amount bigint,
    scope_id uuid, lot_id uuid, counterparty_id uuid
)
LANGUAGE sql STABLE AS $$
    SELECT s.transfer_id, e.account, e.owner_id, e.unit, e.amount, l.scope_id, e.lot_id,
           e.counterparty_id
    FROM unnest(p_spends) s
    CROSS JOIN LATERAL (
        SELECT x.id, x.unit, x.issuer_id, x.holder_id, x.scope_id FROM ledger.lot x
        WHERE x.mall_id = p_mall AND x.id = s.lot_id OFFSET 0
    ) l
    CROSS JOIN LATERAL unnest(ledger.spend_postings(
        p_mall, l.unit, l.issuer_id, l.holder_id, l.scope_id, l.id, s.acceptor_id, s.amount, s.value,
        s.fee
    )) e
    WHERE e.amount <> 0
$$;

-- What a grant moves, given its scope's unit and issue price i.
--   rial   outstanding(A) -c   credit(M) +c
--   point  points -p           credit(M) +p   clearing(A) -p*i   reserve +p*i
--   wallet gateway -t          wallet(M) +t   (A: the mall)
CREATE OR REPLACE FUNCTION ledger.grant_postings(
    p_unit text, p_issue_price bigint, p_issuer uuid, p_holder uuid, p_scope uuid, p_lot uuid,
    p_amount bigint
) RETURNS ledger.posting[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_unit
        WHEN 'rial' THEN ARRAY[
            ROW('credit', p_holder, 'rial', p_amount, p_lot, NULL),
            ROW('outstanding', p_issuer, 'rial', -p_amount, NULL, NULL)
        ]::ledger.posting[]
        WHEN 'point' THEN ARRAY[
            ROW('credit', p_holder, 'point', p_amount, p_lot, NULL),
            ROW('points', p_scope, 'point', -p_amount, NULL, NULL),
            ROW('clearing', p_issuer, 'rial', -p_amount * p_issue_price, NULL, p_scope),
            ROW('reserve', p_scope, 'rial', p_amount * p_issue_price, NULL, p_issuer)
        ]::ledger.posting[]
        WHEN 'wallet' THEN ARRAY[
            ROW('gateway', p_issuer, 'rial', -p_amount, NULL, NULL),
            ROW('wallet', p_holder, 'rial', p_amount, p_lot, NULL)
        ]::ledger.posting[]
    END
$$;

CREATE OR REPLACE FUNCTION ledger.grant_entries(p_mall uuid, p_grants ledger.grant_in[])
RETURNS TABLE (
    transfer_id uuid, account text, owner_id uuid, unit text, amount bigint,
    scope_id uuid, lot_id uuid, counterparty_id uuid
)
LANGUAGE sql STABLE AS $$
    SELECT g.transfer_id, e.account, e.owner_id, e.unit, e.amount, g.scope_id, e.lot_id,
           e.counterparty_id
    FROM unnest(p_grants) g
    CROSS JOIN LATERAL (
        SELECT x.unit, x.issue_price FROM ledger.scope x
        WHERE x.mall_id = p_mall AND x.id = g.scope_id OFFSET 0
    ) s
    CROSS JOIN LATERAL unnest(ledger.grant_postings(
        s.unit, s.issue_price, g.issuer_id, g.holder_id, g.scope_id, g.lot_id, g.amount
    )) e
    WHERE e.amount <> 0
$$;
