-- Limits: what an issuer has promised beyond its own counter, and owes, stays within its deposit and
-- credit limit. Summing that up for each grant, under a lock until the commit, would make a shop's
-- tills wait for each other. So parts of what is free are set aside, a few for each issuer; a grant
-- takes from its connection's part and asks no further. Always, for each issuer:
--     exposure (committed) + all parts set aside  <=  limit + deposit
-- A transaction takes from a part exactly what it adds to the exposure, so the sum also holds for
-- whoever does not see it yet. What adds to the exposure by another way takes the parts back first.

-- How many parts: about as many as connections that grant at once.
CREATE OR REPLACE FUNCTION ledger.headroom_slot() RETURNS smallint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (pg_backend_pid() % 8)::smallint;

-- Takes what grants promise out of their issuers' headroom; the entries are written already. Locks
-- are taken issuer by issuer in id order. Raises TM002 when an issuer's limit has less left.
CREATE OR REPLACE FUNCTION ledger.promise(p_mall uuid, p_grants ledger.grant_in[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v record;
BEGIN
    FOR v IN
        SELECT g.issuer_id, sum(
            CASE s.unit WHEN 'point' THEN g.amount * s.issue_price ELSE g.amount END
        )::bigint AS value
        FROM unnest(p_grants) g
        CROSS JOIN LATERAL (
            SELECT x.unit, x.issue_price FROM ledger.scope x
            WHERE x.mall_id = p_mall AND x.id = g.scope_id AND x.kind NOT IN ('own', 'own_points')
            OFFSET 0
        ) s
        CROSS JOIN LATERAL (
            SELECT FROM ledger.party x
            WHERE x.mall_id = p_mall AND x.id = g.issuer_id AND x.credit_limit IS NOT NULL OFFSET 0
        ) p
        GROUP BY g.issuer_id ORDER BY g.issuer_id
    LOOP
        -- The own part if nobody has it, else another that is free. Never waiting for one: whoever
        -- waited would hold it afterwards, also if too little is left, and go on to the party,
        -- whose holder may be taking the parts back.
        UPDATE ledger.headroom h SET unused = h.unused - v.value
        WHERE h.mall_id = p_mall AND h.party_id = v.issuer_id AND h.slot = (
            SELECT x.slot FROM ledger.headroom x
            WHERE x.mall_id = p_mall AND x.party_id = v.issuer_id AND x.unused >= v.value
            ORDER BY x.slot = ledger.headroom_slot() DESC LIMIT 1 FOR UPDATE SKIP LOCKED
        );
        IF NOT FOUND THEN
            PERFORM ledger.set_headroom_aside(p_mall, v.issuer_id);
        END IF;
    END LOOP;
END $$;

-- What a limit has left beyond what is set aside; below zero, it is exceeded. None: no limit.
CREATE OR REPLACE FUNCTION ledger.headroom_left(p_mall uuid, p_party uuid) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT p.credit_limit
        + coalesce((
            SELECT x.deposit - x.partner_outstanding - x.owed
            FROM ledger.exposure(p_mall, ARRAY[p_party]) x
        ), 0)
        - coalesce((
            SELECT sum(h.unused) FROM ledger.headroom h
            WHERE h.mall_id = p_mall AND h.party_id = p_party
        ), 0)::bigint
    FROM ledger.party p WHERE p.mall_id = p_mall AND p.id = p_party
$$;

-- Refills the connection's part with a quarter of what is left, after what this transaction has
-- granted. If that is more than is left, the other parts are taken back and it is worked out anew:
-- so the last rial of a limit can be granted, and no more.
CREATE OR REPLACE FUNCTION ledger.set_headroom_aside(p_mall uuid, p_party uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_left bigint;
BEGIN
    PERFORM 1 FROM ledger.party p WHERE p.mall_id = p_mall AND p.id = p_party FOR UPDATE;
    v_left := ledger.headroom_left(p_mall, p_party);
    IF v_left < 0 THEN
        PERFORM ledger.take_headroom_back(p_mall, ARRAY[p_party]);
        v_left := ledger.headroom_left(p_mall, p_party);
        IF v_left < 0 THEN
            RAISE EXCEPTION 'the limit of an issuer is exceeded'
                USING ERRCODE = 'TM002', DETAIL = p_party;
        END IF;
    END IF;
    INSERT INTO ledger.headroom AS h (mall_id, party_id, slot, unused)
    VALUES (p_mall, p_party, ledger.headroom_slot(), v_left / 4)
    ON CONFLICT (mall_id, party_id, slot) DO UPDATE SET unused = h.unused + excluded.unused;
END $$;

-- Nothing stays set aside for these parties, and nothing is until this transaction ends: whatever
-- it does to their exposure, the next grant works it out anew.
CREATE OR REPLACE FUNCTION ledger.take_headroom_back(p_mall uuid, p_parties uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_party uuid;
BEGIN
    -- Party by party as `promise` goes: it may have a part of the first and come to the second.
    FOR v_party IN SELECT p FROM unnest(p_parties) p ORDER BY p LOOP
        PERFORM 1 FROM ledger.party p WHERE p.mall_id = p_mall AND p.id = v_party FOR UPDATE;
        PERFORM 1 FROM ledger.headroom h
        WHERE h.mall_id = p_mall AND h.party_id = v_party ORDER BY h.slot FOR UPDATE;
    END LOOP;
    UPDATE ledger.headroom h SET unused = 0
    WHERE h.mall_id = p_mall AND h.party_id = ANY(p_parties) AND h.unused <> 0;
END $$;

-- Raises TM002 when one of these parties has promised and owes more than its deposit and limit.
-- The caller has taken their headroom back.
DROP FUNCTION IF EXISTS ledger.check_limits(uuid, uuid[]);
CREATE OR REPLACE FUNCTION ledger.refuse_over_limit(p_mall uuid, p_parties uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_over uuid;
BEGIN
    SELECT p INTO v_over FROM unnest(p_parties) p WHERE ledger.headroom_left(p_mall, p) < 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the limit of an issuer is exceeded' USING ERRCODE = 'TM002', DETAIL = v_over;
    END IF;
END $$;
