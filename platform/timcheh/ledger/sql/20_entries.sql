-- Plans are made once and kept, often while a mall is empty and reading all of it looks cheap. So
-- that no plan ever can, hot statements look rows up in a LATERAL (... OFFSET 0) for each row of the
-- batch, and bound what they update by `= ANY(keys)`. See docs/adr/0012.
--
-- The postings of design table "Postings", as two linear formulas: a negative amount undoes what
-- the positive one did, so returns need no formulas of their own.

-- Entries of spends. A is the lot's issuer, B the acceptor, M the holder, f the fee.
--   rial, B = A   credit(M) -x   outstanding(A) +x
--   rial, B <> A  credit(M) -x   clearing(B) +(x-f)  fee +f  outstanding(A) +x  clearing(A) -x
--   point         credit(M) -p   points +p           reserve -v  clearing(B) +(v-f)  fee +f
--   wallet        wallet(M) -x   clearing(B) +(x-f)  fee +f
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
    CROSS JOIN LATERAL (
        SELECT l.unit = 'rial' AS is_rial,
               l.unit = 'point' AS is_point,
               l.unit = 'rial' AND l.issuer_id = s.acceptor_id AS at_issuer,
               CASE WHEN l.unit = 'rial' THEN l.issuer_id ELSE l.scope_id END AS other
    ) k
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN l.unit = 'wallet' THEN 'wallet' ELSE 'credit' END, l.holder_id,
            CASE WHEN k.is_point THEN 'point' ELSE 'rial' END, -s.amount, l.id, NULL::uuid, true),
        ('points', l.scope_id, 'point', s.amount, NULL, NULL, k.is_point),
        ('reserve', l.scope_id, 'rial', -s.value, NULL, s.acceptor_id, k.is_point),
        -- The fund's matrix is a sum of these: unlike clearing, they don't mix with what the
        -- issuer itself accepted of that shop.
        ('outstanding', l.issuer_id, 'rial', s.amount, NULL,
            CASE WHEN NOT k.at_issuer THEN s.acceptor_id END, k.is_rial),
        ('clearing', l.issuer_id, 'rial', -s.value, NULL, s.acceptor_id, k.is_rial AND NOT k.at_issuer),
        ('clearing', s.acceptor_id, 'rial', s.value - s.fee, NULL, k.other, NOT k.at_issuer),
        ('fee', p_mall, 'rial', s.fee, NULL, s.acceptor_id, NOT k.at_issuer)
    ) AS e (account, owner_id, unit, amount, lot_id, counterparty_id, holds)
    WHERE e.holds AND e.amount <> 0
$$;

-- Entries of grants, given lots that are already written (a batch may grant and take back).
--   rial   outstanding(A) -c   credit(M) +c
--   point  points -p           credit(M) +p   clearing(A) -p*i   reserve +p*i
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
    CROSS JOIN LATERAL (VALUES
        ('credit', g.holder_id, s.unit, g.amount, g.lot_id, NULL::uuid, true),
        ('outstanding', g.issuer_id, 'rial', -g.amount, NULL, NULL, s.unit = 'rial'),
        ('points', g.scope_id, 'point', -g.amount, NULL, NULL, s.unit = 'point'),
        ('clearing', g.issuer_id, 'rial', -g.amount * s.issue_price, NULL, g.scope_id, s.unit = 'point'),
        ('reserve', g.scope_id, 'rial', g.amount * s.issue_price, NULL, g.issuer_id, s.unit = 'point')
    ) AS e (account, owner_id, unit, amount, lot_id, counterparty_id, holds)
    WHERE e.holds AND e.amount <> 0 AND s.unit <> 'wallet'
$$;
