-- What a return changes on the purchase's own rows; the value itself moves by ledger.unwind.

CREATE OR REPLACE FUNCTION merchants.lock_purchase(p_mall uuid, p_merchant uuid, p_purchase uuid)
RETURNS SETOF merchants.purchase
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    RETURN QUERY SELECT p.* FROM merchants.purchase p
    WHERE p.mall_id = p_mall AND p.merchant_id = p_merchant AND p.id = p_purchase FOR UPDATE;
END $$;

-- `p_lines`/`p_quantities`: what comes back now. `p_spends`/`p_restored` and `p_earns`/`p_settled`/
-- `p_absorbed`: by `n`, what this return adds. `p_debt` is added to the customer's debt; their facts
-- are told anew from what they kept.
DROP FUNCTION IF EXISTS merchants.note_return(uuid, uuid, bigint[], bigint[], bigint[], bigint[],
    bigint[], bigint[], bigint[], bigint, bigint, bigint);
CREATE OR REPLACE FUNCTION merchants.note_return(
    p_mall uuid, p_purchase uuid,
    p_lines bigint[], p_quantities bigint[],
    p_spends bigint[], p_restored bigint[],
    p_earns bigint[], p_settled bigint[], p_absorbed bigint[],
    p_debt bigint
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_customer record;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    UPDATE merchants.purchase_line l SET returned_milli = l.returned_milli + r.quantity
    FROM unnest(p_lines, p_quantities) AS r (line, quantity)
    WHERE l.mall_id = p_mall AND l.purchase_id = p_purchase AND l.line = r.line;
    UPDATE merchants.purchase_spend s SET restored = s.restored + r.amount
    FROM unnest(p_spends, p_restored) AS r (n, amount)
    WHERE s.mall_id = p_mall AND s.purchase_id = p_purchase AND s.n = r.n;
    UPDATE merchants.purchase_earn e
    SET settled = e.settled + r.settled, absorbed = e.absorbed + r.absorbed
    FROM unnest(p_earns, p_settled, p_absorbed) AS r (n, settled, absorbed)
    WHERE e.mall_id = p_mall AND e.purchase_id = p_purchase AND e.n = r.n;
    UPDATE merchants.customer c SET debt = c.debt + p_debt
    FROM merchants.purchase p
    WHERE p.mall_id = p_mall AND p.id = p_purchase AND c.mall_id = p_mall
      AND c.merchant_id = p.merchant_id AND c.member_id = p.member_id
    RETURNING c.merchant_id, c.member_id INTO v_customer;
    PERFORM merchants.refresh_customers(
        p_mall, v_customer.merchant_id, ARRAY[v_customer.member_id]
    );
END $$;

GRANT EXECUTE ON FUNCTION
    merchants.lock_purchase(uuid, uuid, uuid),
    merchants.note_return(uuid, uuid, bigint[], bigint[], bigint[], bigint[], bigint[], bigint[],
                          bigint[], bigint)
TO timcheh_app;
