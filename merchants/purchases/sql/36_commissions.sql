-- What sales colleagues earn of purchases and lose by returns. Every movement is a transfer of the
-- ledger and a row here, under one id.

CREATE OR REPLACE FUNCTION merchants.move_commission(
    p_mall uuid, p_merchant uuid, p_colleague uuid, p_kind text, p_purchase uuid, p_amount bigint,
    p_actor uuid, p_at timestamptz
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_id uuid := uuidv7();
BEGIN
    PERFORM ledger.commission(
        p_mall, ROW(v_id, 'commission', p_purchase, p_actor, NULL, p_at)::ledger.transfer_in,
        p_merchant, p_colleague, p_amount
    );
    INSERT INTO merchants.commission (mall_id, id, merchant_id, colleague_id, kind, purchase_id,
                                      amount, actor_id, created_at)
    VALUES (p_mall, v_id, p_merchant, p_colleague, p_kind, p_purchase, p_amount, p_actor, p_at);
END $$;

-- What the lines of confirmed purchases earn their colleagues.
CREATE OR REPLACE FUNCTION merchants.pay_commissions(
    p_mall uuid, p_purchases merchants.purchase_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_earned record;
BEGIN
    FOR v_earned IN
        SELECT p.id, p.merchant_id, l.colleague_id, p.actor_id, p.at,
               sum(l.commission)::bigint AS amount
        FROM unnest(p_purchases) p
        CROSS JOIN LATERAL (
            SELECT x.colleague_id, x.commission FROM merchants.purchase_line x
            WHERE x.mall_id = p_mall AND x.purchase_id = p.id AND x.commission > 0 OFFSET 0
        ) l
        WHERE p.commission > 0
        GROUP BY p.id, p.merchant_id, l.colleague_id, p.actor_id, p.at
        ORDER BY p.id, l.colleague_id
    LOOP
        PERFORM merchants.move_commission(p_mall, v_earned.merchant_id, v_earned.colleague_id, 'sale',
                                          v_earned.id, v_earned.amount, v_earned.actor_id, v_earned.at);
    END LOOP;
END $$;

-- Takes back what lines that came back had earned a colleague: `p_amount` > 0, rial.
CREATE OR REPLACE FUNCTION merchants.take_commission(
    p_mall uuid, p_purchase uuid, p_colleague uuid, p_amount bigint, p_actor uuid, p_at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM merchants.move_commission(p_mall, p.merchant_id, p_colleague, 'return', p.id, -p_amount,
                                      p_actor, p_at)
    FROM merchants.purchase p WHERE p.mall_id = p_mall AND p.id = p_purchase;
END $$;

-- A shop has paid a colleague, never more than it owes them. Raises TM020.
CREATE OR REPLACE FUNCTION merchants.pay_colleague(
    p_mall uuid, p_merchant uuid, p_colleague uuid, p_amount bigint, p_actor uuid, p_at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM FROM merchants.colleague c
    WHERE c.mall_id = p_mall AND c.merchant_id = p_merchant AND c.id = p_colleague FOR UPDATE;
    IF NOT FOUND OR p_amount <= 0 OR p_amount > (
        SELECT coalesce(sum(c.amount), 0) FROM merchants.commission c
        WHERE c.mall_id = p_mall AND c.merchant_id = p_merchant AND c.colleague_id = p_colleague
    ) THEN
        RAISE EXCEPTION 'less is owed to the colleague' USING ERRCODE = 'TM020';
    END IF;
    PERFORM merchants.move_commission(p_mall, p_merchant, p_colleague, 'payout', NULL, -p_amount,
                                      p_actor, p_at);
END $$;

GRANT EXECUTE ON FUNCTION
    merchants.take_commission(uuid, uuid, uuid, bigint, uuid, timestamptz),
    merchants.pay_colleague(uuid, uuid, uuid, bigint, uuid, timestamptz)
TO timcheh_app;
