-- Parties, scopes and who accepts them.

CREATE OR REPLACE FUNCTION ledger.open_party(p_mall uuid, p_id uuid, p_kind text, p_limit bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    INSERT INTO ledger.party (mall_id, id, kind, credit_limit) VALUES (p_mall, p_id, p_kind, p_limit);
END $$;

CREATE OR REPLACE FUNCTION ledger.set_credit_limit(p_mall uuid, p_id uuid, p_limit bigint)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM ledger.take_headroom_back(p_mall, ARRAY[p_id]);
    UPDATE ledger.party p SET credit_limit = p_limit WHERE p.mall_id = p_mall AND p.id = p_id;
END $$;

CREATE OR REPLACE FUNCTION ledger.open_scope(
    p_mall uuid, p_id uuid, p_kind text, p_unit text, p_issuer uuid, p_issue bigint, p_redeem bigint,
    p_months bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    INSERT INTO ledger.scope (mall_id, id, kind, unit, issuer_id, issue_price, redeem_price,
                              lot_months)
    VALUES (p_mall, p_id, p_kind, p_unit, p_issuer, p_issue, p_redeem, p_months);
END $$;

-- Gives a scope the name by which people know it.
CREATE OR REPLACE FUNCTION ledger.name_scope(p_mall uuid, p_id uuid, p_name text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    UPDATE ledger.scope s SET name = p_name WHERE s.mall_id = p_mall AND s.id = p_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such scope' USING ERRCODE = 'TM004';
    END IF;
END $$;

-- A shop accepts a scope from now on, or on new terms.
CREATE OR REPLACE FUNCTION ledger.accept_scope(
    p_mall uuid, p_scope uuid, p_merchant uuid, p_branch uuid, p_fee_bps bigint, p_max_share_bps bigint,
    p_from timestamptz, p_until timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    INSERT INTO ledger.acceptor AS a (mall_id, scope_id, merchant_id, branch_id, issuer_id, fee_bps,
                                      max_share_bps, valid_from, valid_until)
    SELECT p_mall, s.id, p_merchant, coalesce(p_branch, kernel.nil()), s.issuer_id, p_fee_bps,
           p_max_share_bps, p_from, p_until
    FROM ledger.scope s WHERE s.mall_id = p_mall AND s.id = p_scope
    ON CONFLICT (mall_id, scope_id, merchant_id, branch_id) DO UPDATE
    SET fee_bps = excluded.fee_bps, max_share_bps = excluded.max_share_bps,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such scope' USING ERRCODE = 'TM004';
    END IF;
END $$;

-- A shop stops accepting a scope at the given time.
CREATE OR REPLACE FUNCTION ledger.end_acceptance(
    p_mall uuid, p_scope uuid, p_merchant uuid, p_until timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    UPDATE ledger.acceptor a SET valid_until = p_until
    WHERE a.mall_id = p_mall AND a.scope_id = p_scope AND a.merchant_id = p_merchant;
END $$;

GRANT EXECUTE ON FUNCTION
    ledger.open_party(uuid, uuid, text, bigint),
    ledger.set_credit_limit(uuid, uuid, bigint),
    ledger.open_scope(uuid, uuid, text, text, uuid, bigint, bigint, bigint),
    ledger.name_scope(uuid, uuid, text),
    ledger.accept_scope(uuid, uuid, uuid, uuid, bigint, bigint, timestamptz, timestamptz),
    ledger.end_acceptance(uuid, uuid, uuid, timestamptz)
TO timcheh_app;
