-- The second round trip: a batch of decided purchases becomes true, or none of it does.

-- Claims idempotency keys with their outcomes, in key order so that two batches cannot lock each
-- other out. Raises TM006 when a key is taken: its first outcome is what the caller must answer.
DROP FUNCTION IF EXISTS merchants.claim_keys(uuid, uuid[], text[], bytea[], bytea[], int);
CREATE OR REPLACE FUNCTION merchants.claim_keys(
    p_mall uuid, p_claims merchants.claim_in[], p_status int
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_claimed int;
BEGIN
    INSERT INTO kernel.idempotency (mall_id, principal_id, key, fingerprint, status, body, created_at)
    SELECT p_mall, k.principal_id, k.key, k.fingerprint, p_status, k.response, clock_timestamp()
    FROM unnest(p_claims) k
    ORDER BY k.principal_id, k.key
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_claimed = ROW_COUNT;
    IF v_claimed <> cardinality(p_claims) THEN
        RAISE EXCEPTION 'an idempotency key is taken' USING ERRCODE = 'TM006';
    END IF;
END $$;

-- Counts what rules with bounds give. Raises TM007 when one has less left: decide again.
CREATE OR REPLACE FUNCTION merchants.count_usage(p_mall uuid, p_usage merchants.usage_in[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_over boolean;
BEGIN
    WITH counted AS (
        INSERT INTO merchants.rule_usage AS r (mall_id, merchant_id, rule, member_id, used, times,
                                               day, day_used)
        SELECT p_mall, w.merchant_id, w.rule, w.holder, sum(w.value), count(*), max(w.day), sum(w.value)
        FROM (
            SELECT u.merchant_id, u.rule, u.member_id AS holder, u.value, u.day FROM unnest(p_usage) u
            UNION ALL
            SELECT u.merchant_id, u.rule, kernel.nil(), u.value, u.day FROM unnest(p_usage) u
        ) w
        GROUP BY w.merchant_id, w.rule, w.holder
        ORDER BY w.merchant_id, w.rule, w.holder
        ON CONFLICT (mall_id, merchant_id, rule, member_id) DO UPDATE
        SET used = r.used + excluded.used,
            times = r.times + excluded.times,
            -- A purchase that comes after midnight's first counts to the new day.
            day = greatest(r.day, excluded.day),
            day_used = CASE WHEN r.day >= excluded.day THEN r.day_used ELSE 0 END + excluded.day_used
        RETURNING r.merchant_id, r.rule, r.member_id, r.used, r.times, r.day_used
    )
    SELECT true INTO v_over
    FROM counted n
    JOIN unnest(p_usage) u ON u.merchant_id = n.merchant_id AND u.rule = n.rule
    WHERE (n.member_id = u.member_id AND n.times > u.member_uses)
        OR (u.value > 0 AND n.member_id = u.member_id AND n.used > u.member_cap)
        OR (u.value > 0 AND n.member_id = kernel.nil()
            AND (n.used > u.budget OR n.day_used > u.daily_budget))
    LIMIT 1;
    IF v_over THEN
        RAISE EXCEPTION 'a rule has less of a bound left' USING ERRCODE = 'TM007';
    END IF;
END $$;

-- Takes back what purchases that were given up had counted. Not by count_usage with a minus: the
-- check of a new row comes before the conflict with the old one. Rows are locked in its order.
CREATE OR REPLACE FUNCTION merchants.uncount_usage(p_mall uuid, p_usage merchants.usage_in[])
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM merchants.rule_usage r
    WHERE r.mall_id = p_mall AND (r.merchant_id, r.rule, r.member_id) IN (
        SELECT u.merchant_id, u.rule, w.holder
        FROM unnest(p_usage) u CROSS JOIN LATERAL (VALUES (u.member_id), (kernel.nil())) w (holder)
    ) ORDER BY r.merchant_id, r.rule, r.member_id FOR UPDATE;
    UPDATE merchants.rule_usage r
    SET used = r.used - w.value, times = r.times - w.times,
        day_used = r.day_used - (
            SELECT coalesce(sum(u.value), 0)::bigint FROM unnest(p_usage) u
            WHERE u.merchant_id = r.merchant_id AND u.rule = r.rule AND u.day = r.day
              AND r.member_id IN (u.member_id, kernel.nil())
        )
    FROM (
        SELECT u.merchant_id, u.rule, h.holder, sum(u.value)::bigint AS value, count(*) AS times
        FROM unnest(p_usage) u CROSS JOIN LATERAL (VALUES (u.member_id), (kernel.nil())) h (holder)
        GROUP BY u.merchant_id, u.rule, h.holder
    ) w
    WHERE r.mall_id = p_mall AND r.merchant_id = w.merchant_id AND r.rule = w.rule
      AND r.member_id = w.holder;
END $$;

-- Opens and uses one-time rules. Raises TM007 when one was used or ran out meanwhile: decide again.
CREATE OR REPLACE FUNCTION merchants.note_entitlements(p_mall uuid, p_rows merchants.entitle_in[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_done int;
BEGIN
    WITH noted AS (
        INSERT INTO merchants.entitlement AS e (mall_id, merchant_id, rule, member_id, held_out,
                                                opened_at, expires_at, used_at, purchase_id)
        SELECT p_mall, x.merchant_id, x.rule, x.member_id, x.held_out, x.opened_at, x.expires_at,
               x.used_at, CASE WHEN x.used_at IS NOT NULL THEN x.purchase_id END
        FROM unnest(p_rows) x
        ORDER BY x.merchant_id, x.rule, x.member_id
        ON CONFLICT (mall_id, merchant_id, member_id, rule) DO UPDATE
        SET used_at = excluded.used_at, purchase_id = excluded.purchase_id
        WHERE e.used_at IS NULL AND (excluded.used_at IS NULL OR e.expires_at > excluded.used_at)
        RETURNING e.merchant_id, e.member_id, e.rule, e.held_out, e.used_at, e.opened_at, e.expires_at,
                  e.xmax = 0 AS is_new
    ), told AS (
        -- What begins here and isn't used here, the member is told of, as when it begins by itself.
        INSERT INTO kernel.outbox_event (mall_id, id, topic, payload, created_at, due_at)
        SELECT p_mall, uuidv7(), 'merchants.offer_opened', jsonb_build_object(
                   'merchant_id', n.merchant_id, 'member_id', n.member_id, 'rule', n.rule,
                   'expires_at', n.expires_at
               ), n.opened_at, clock_timestamp()
        FROM noted n WHERE n.is_new AND n.used_at IS NULL AND NOT n.held_out
    )
    SELECT count(*) INTO v_done FROM noted;
    IF v_done <> cardinality(p_rows) THEN
        RAISE EXCEPTION 'a one-time offer is no longer open' USING ERRCODE = 'TM007';
    END IF;
END $$;

-- What a rule that holds members out did to a purchase, for the report of its effect.
CREATE OR REPLACE FUNCTION merchants.note_exposures(p_mall uuid, p_rows merchants.exposure_in[])
RETURNS void
LANGUAGE sql AS $$
    INSERT INTO merchants.offer_exposure (mall_id, merchant_id, rule, purchase_id, member_id, held_out,
                                          value, rules_version, occurred_at)
    SELECT p_mall, x.merchant_id, x.rule, x.purchase_id, x.member_id, x.held_out, x.value,
           x.rules_version, x.occurred_at
    FROM unnest(p_rows) x
$$;

-- Earned credit that pays a customer's debt, from the moment that it is decided: two open purchases
-- cannot both pay it. `p_sign` -1: a purchase that is given up leaves the debt as it was. The
-- constraint on `debt` refuses to pay more than there is.
CREATE OR REPLACE FUNCTION merchants.pay_debts(p_mall uuid, p_purchases uuid[], p_sign int)
RETURNS void
LANGUAGE sql AS $$
    SELECT FROM merchants.customer c
    WHERE c.mall_id = p_mall AND (c.merchant_id, c.member_id) IN (
        SELECT x.merchant_id, x.member_id FROM merchants.purchase x
        WHERE x.mall_id = p_mall AND x.id = ANY(p_purchases) AND x.debt_paid > 0
    ) ORDER BY c.merchant_id, c.member_id FOR UPDATE;
    UPDATE merchants.customer c SET debt = c.debt - p_sign * p.paid
    FROM (
        SELECT x.merchant_id, x.member_id, sum(x.debt_paid)::bigint AS paid
        FROM merchants.purchase x
        WHERE x.mall_id = p_mall AND x.id = ANY(p_purchases) AND x.debt_paid > 0
        GROUP BY x.merchant_id, x.member_id
        ORDER BY x.merchant_id, x.member_id
    ) p
    WHERE c.mall_id = p_mall AND c.merchant_id = p.merchant_id AND c.member_id = p.member_id
$$;

-- What the outbox tells the rest of the product: ids only, whoever cares reads the rest.
CREATE OR REPLACE FUNCTION merchants.tell_confirmed(
    p_mall uuid, p_purchases merchants.purchase_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kernel.outbox_event (mall_id, id, topic, payload, created_at, due_at)
    SELECT p_mall, uuidv7(), 'merchants.purchase_confirmed', jsonb_build_object(
               'purchase_id', p.id, 'merchant_id', p.merchant_id, 'member_id', p.member_id
           ), p.at, clock_timestamp()
    FROM unnest(p_purchases) p;
END $$;

-- The purchases with all that belongs to them, in one statement: each has its price.
CREATE OR REPLACE FUNCTION merchants.write_purchases(
    p_mall uuid,
    p_purchases merchants.purchase_in[],
    p_lines merchants.line_in[],
    p_spends merchants.spend_in[],
    p_earns merchants.earn_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    WITH purchases AS (
        INSERT INTO merchants.purchase (mall_id, id, merchant_id, branch_id, terminal_id, member_id,
            actor_id, total, discount, spent_value, to_pay, debt_paid, rules_version, occurred_at,
            created_at, expires_at, closed_at, state, reasons, usage, vat_bps, vat_added, commission,
            credit_counted)
        SELECT p_mall, p.id, p.merchant_id, p.branch_id, p.terminal_id, p.member_id, p.actor_id,
               p.total, p.discount, p.spent_value, p.to_pay, p.debt_paid, p.rules_version,
               p.occurred_at, p.at, p.expires_at, CASE WHEN p.expires_at IS NULL THEN p.at END,
               CASE WHEN p.expires_at IS NULL THEN 'confirmed' ELSE 'authorized' END,
               p.reasons::jsonb, p.usage::jsonb, p.vat_bps, p.vat_added, p.commission,
               p.credit_counted
        FROM unnest(p_purchases) p
    ), spends AS (
        INSERT INTO merchants.purchase_spend (mall_id, purchase_id, n, merchant_id, member_id, lot_id,
            issuer_id, scope_id, unit, amount, value, fee, shares, value_shares)
        SELECT p_mall, s.purchase_id, s.n, s.merchant_id, s.member_id, s.lot_id, s.issuer_id,
               s.scope_id, s.unit, s.amount, s.value, s.fee, s.shares, s.value_shares
        FROM unnest(p_spends) s
    ), earns AS (
        INSERT INTO merchants.purchase_earn (mall_id, purchase_id, n, merchant_id, member_id, lot_id,
            scope_id, unit, amount, value, available_from, expires_at, rule, shares)
        SELECT p_mall, e.purchase_id, e.n, e.merchant_id, e.member_id, e.lot_id, e.scope_id, e.unit,
               e.amount, e.value, e.available_from, e.expires_at, e.rule, e.shares
        FROM unnest(p_earns) e
    )
    INSERT INTO merchants.purchase_line (mall_id, purchase_id, line, merchant_id, member_id,
        quantity_milli, unit_price, total, discount, spent_value, paid, sku, name, "group",
        colleague_id, commission)
    SELECT p_mall, l.purchase_id, l.line, l.merchant_id, l.member_id, l.quantity_milli, l.unit_price,
           l.total, l.discount, l.spent_value, l.paid, l.sku, l.name, l."group", l.colleague_id,
           l.commission
    FROM unnest(p_lines) l;
END $$;

CREATE OR REPLACE FUNCTION merchants.record_many(
    p_mall uuid,
    p_claims merchants.claim_in[],
    p_purchases merchants.purchase_in[],
    p_enrolments members.enrol_in[],
    p_lines merchants.line_in[],
    p_spends merchants.spend_in[],
    p_earns merchants.earn_in[],
    p_usage merchants.usage_in[],
    p_entitlements merchants.entitle_in[],
    p_exposures merchants.exposure_in[],
    p_concessions merchants.concession_in[],
    p_approvals merchants.approval_in[]
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_captured merchants.purchase_in[];
    v_any_pinned boolean;
    v_any_debt_paid boolean;
    v_any_counted boolean;
    v_any_commission boolean;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    PERFORM merchants.claim_keys(p_mall, p_claims, 201);
    IF cardinality(p_approvals) > 0 THEN
        PERFORM merchants.use_approvals(p_mall, p_approvals);
    END IF;
    IF cardinality(p_enrolments) > 0 THEN
        PERFORM members.enrol_many(p_mall, p_enrolments);
    END IF;
    PERFORM merchants.write_purchases(p_mall, p_purchases, p_lines, p_spends, p_earns);
    SELECT array_agg(p) FILTER (WHERE p.expires_at IS NULL), bool_or(p.expires_at IS NOT NULL),
           bool_or(p.debt_paid > 0), bool_or(p.credit_counted > 0), bool_or(p.commission > 0)
    INTO v_captured, v_any_pinned, v_any_debt_paid, v_any_counted, v_any_commission
    FROM unnest(p_purchases) p;
    IF v_any_pinned THEN
        -- Posting goes on to limits: the lots that are only pinned, after it, are locked before.
        PERFORM ledger.lock_free(
            p_mall, ARRAY(SELECT s.lot_id FROM unnest(p_spends) s),
            (SELECT max(p.at) FROM unnest(p_purchases) p)
        );
    END IF;
    IF v_captured IS NOT NULL THEN
        PERFORM merchants.post_purchases(p_mall, v_captured, p_spends, p_earns, false);
        IF v_any_commission THEN
            PERFORM merchants.pay_commissions(p_mall, v_captured);
        END IF;
        PERFORM merchants.tell_confirmed(p_mall, v_captured);
    END IF;
    IF v_any_pinned THEN
        PERFORM merchants.hold_purchases(p_mall, p_purchases, p_spends);
    END IF;
    IF cardinality(p_usage) > 0 THEN
        PERFORM merchants.count_usage(p_mall, p_usage);
    END IF;
    IF cardinality(p_entitlements) > 0 THEN
        PERFORM merchants.note_entitlements(p_mall, p_entitlements);
    END IF;
    IF cardinality(p_exposures) > 0 THEN
        PERFORM merchants.note_exposures(p_mall, p_exposures);
    END IF;
    IF v_any_counted THEN
        PERFORM merchants.count_credit(p_mall, p_purchases);
    END IF;
    IF cardinality(p_concessions) > 0 THEN
        PERFORM merchants.note_concessions(p_mall, p_concessions);
    END IF;
    IF v_captured IS NOT NULL THEN
        PERFORM merchants.note_customers(p_mall, v_captured, p_lines);
    END IF;
    IF v_any_debt_paid THEN
        PERFORM merchants.pay_debts(p_mall, ARRAY(SELECT p.id FROM unnest(p_purchases) p), 1);
    END IF;
END $$;

-- Posts what purchases spent and earned. A purchase that moved no value has no transfer. What
-- belongs to none of `p_purchases` is left out. `p_held`: its spends were pinned before.
DROP FUNCTION IF EXISTS merchants.post_purchases(uuid, uuid[], boolean, timestamptz);
CREATE OR REPLACE FUNCTION merchants.post_purchases(
    p_mall uuid,
    p_purchases merchants.purchase_in[],
    p_spends merchants.spend_in[],
    p_earns merchants.earn_in[],
    p_held boolean
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger.post_rows(
        p_mall,
        ARRAY(
            SELECT ROW(p.id, 'purchase', p.id, p.actor_id, NULL, p.occurred_at)::ledger.transfer_in
            FROM unnest(p_purchases) p
            WHERE EXISTS (SELECT FROM unnest(p_spends) s WHERE s.purchase_id = p.id)
               OR EXISTS (SELECT FROM unnest(p_earns) e WHERE e.purchase_id = p.id)
        ),
        ARRAY(
            SELECT ROW(s.purchase_id, s.lot_id, s.amount, s.value, s.fee, s.merchant_id, p_held, p.at
                   )::ledger.spend_in
            FROM unnest(p_spends) s JOIN unnest(p_purchases) p ON p.id = s.purchase_id
        ),
        ARRAY(
            SELECT ROW(e.purchase_id, e.lot_id, e.scope_id, e.merchant_id, 'member', e.member_id,
                   e.amount, e.available_from, e.expires_at, e.rule)::ledger.grant_in
            FROM unnest(p_earns) e JOIN unnest(p_purchases) p ON p.id = e.purchase_id
        )
    );
END $$;

-- Pins what authorised purchases will spend.
CREATE OR REPLACE FUNCTION merchants.hold_purchases(
    p_mall uuid, p_purchases merchants.purchase_in[], p_spends merchants.spend_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_open record;
BEGIN
    FOR v_open IN
        SELECT p.id, p.expires_at, array_agg(ROW(
            p.id, s.lot_id, s.amount, s.value, s.fee, p.merchant_id, true, p.at
        )::ledger.spend_in) AS spends
        FROM unnest(p_purchases) p JOIN unnest(p_spends) s ON s.purchase_id = p.id
        WHERE p.expires_at IS NOT NULL GROUP BY p.id, p.expires_at
    LOOP
        PERFORM ledger.hold(p_mall, v_open.id, v_open.spends, v_open.expires_at);
    END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION merchants.record_many(
    uuid, merchants.claim_in[], merchants.purchase_in[], members.enrol_in[], merchants.line_in[],
    merchants.spend_in[], merchants.earn_in[], merchants.usage_in[], merchants.entitle_in[],
    merchants.exposure_in[], merchants.concession_in[], merchants.approval_in[]
) TO timcheh_app;
