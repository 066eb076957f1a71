-- The day of the mall that a moment is in: Iran has kept one offset from UTC since 2023, and what is
-- counted by this day is never looked at later.
CREATE OR REPLACE FUNCTION merchants.day_of(p_at timestamptz) RETURNS date
LANGUAGE sql STABLE AS $$ SELECT (p_at AT TIME ZONE 'Asia/Tehran')::date $$;

-- A good as it is sold to someone of these customer groups: the lowest price of their lists applies.
CREATE OR REPLACE FUNCTION merchants.good_for(
    p_mall uuid, p_merchant uuid, p_sku text, p_groups text[]
)
RETURNS TABLE (
    sku text, name text, "group" text, price bigint, active boolean, discount_bps bigint,
    credit_bps bigint, credit_days bigint, credit_scope text, points bigint, list text
)
LANGUAGE sql STABLE AS $$
    SELECT p.sku, p.name, p."group", coalesce(l.price, p.price), p.active, p.discount_bps,
           p.credit_bps, p.credit_days, p.credit_scope, p.points, l.name
    FROM (
        SELECT x.* FROM merchants.product x
        WHERE x.mall_id = p_mall AND x.merchant_id = p_merchant AND x.sku = p_sku OFFSET 0
    ) p
    LEFT JOIN LATERAL (
        SELECT h.name, coalesce(own.price, p.price - p.price * h.discount_bps / 10000) AS price
        FROM unnest(p_groups) g (name)
        CROSS JOIN LATERAL (
            SELECT x.list_id FROM merchants.price_list_group x
            WHERE x.mall_id = p_mall AND x.merchant_id = p_merchant AND x."group" = g.name OFFSET 0
        ) given
        CROSS JOIN LATERAL (
            SELECT x.name, x.discount_bps FROM merchants.price_list x
            WHERE x.mall_id = p_mall AND x.merchant_id = p_merchant AND x.id = given.list_id
              AND x.active OFFSET 0
        ) h
        LEFT JOIN LATERAL (
            SELECT x.price FROM merchants.price_list_item x
            WHERE x.mall_id = p_mall AND x.merchant_id = p_merchant AND x.list_id = given.list_id
              AND x.sku = p.sku OFFSET 0
        ) own ON true
        ORDER BY 2, 1 LIMIT 1
    ) l ON true
$$;

-- The first of a purchase's two round trips: who it is, what the shop knows of them, and what they
-- can spend here on what terms. One row per item and lot; an item without lots has one row.

CREATE OR REPLACE FUNCTION merchants.quote_many(p_mall uuid, p_items merchants.quote_in[])
RETURNS TABLE (
    item int,
    stored_fingerprint bytea, stored_status int, stored_body bytea,
    merchant_state text, rules_version bigint, own_max_share_bps bigint, branch_state text,
    member_id uuid, number text, mobile text, member_state text, birthday date, card_kind text,
    is_customer boolean, purchases bigint, spend bigint, last_at timestamptz, debt bigint,
    groups text[], tier text, customer_of uuid[], usage text,
    entitlements text, activated text[], history text, holdings text, nearness text, products text,
    colleagues text, caps text, credit_today bigint, concession text, vat_bps bigint,
    vat_included boolean, approve_above bigint,
    lot_id uuid, holder_kind text, unit text, issuer_id uuid, scope_id uuid, scope_kind text,
    available bigint, expires_at timestamptz, created_at timestamptz, redeem_price bigint,
    fee_bps bigint, max_share_bps bigint, width bigint
)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    RETURN QUERY
    SELECT i.item, d.fingerprint, d.status, d.body,
           s.state, a.rules_version, a.own_max_share_bps,
           CASE WHEN i.branch_id IS NULL THEN 'open' ELSE (
               SELECT CASE WHEN b.closed_at IS NULL THEN 'open' ELSE 'closed' END
               FROM merchants.branch b
               WHERE b.mall_id = p_mall AND b.merchant_id = i.merchant_id AND b.id = i.branch_id
           ) END,
           m.id, m.number, m.mobile, m.state, m.birthday,
           -- A shop's own card counts at that shop.
           CASE WHEN m.card_merchant_id IS NULL OR m.card_merchant_id = i.merchant_id
                THEN m.card_kind END,
           c.member_id IS NOT NULL, c.purchases, c.spend, c.last_at, c.debt, c.groups, c.tier,
           CASE WHEN i.wants_network THEN ARRAY(
               SELECT o.merchant_id FROM merchants.customer o
               WHERE o.mall_id = p_mall AND o.member_id = m.id
           ) END,
           CASE WHEN i.wants_usage THEN (
               SELECT jsonb_agg(jsonb_build_array(
                   u.rule, u.member_id = m.id, u.used, u.times, u.day, u.day_used))::text
               FROM merchants.rule_usage u
               WHERE u.mall_id = p_mall AND u.merchant_id = i.merchant_id
                 AND u.member_id IN (m.id, kernel.nil())
           ) END,
           CASE WHEN i.wants_entitlements THEN (
               SELECT jsonb_agg(jsonb_build_array(e.rule, e.opened_at, e.expires_at, e.used_at))::text
               FROM merchants.entitlement e
               WHERE e.mall_id = p_mall AND e.merchant_id = i.merchant_id AND e.member_id = m.id
           ) END,
           CASE WHEN i.wants_activations THEN ARRAY(
               SELECT v.rule FROM merchants.offer_activation v
               WHERE v.mall_id = p_mall AND v.merchant_id = i.merchant_id AND v.member_id = m.id
                 AND v.ended_at IS NULL
           ) END,
           CASE WHEN i.wants_history THEN merchants.known_history(
               p_mall, i.merchant_id, c.member_id
           )::text END,
           CASE WHEN i.wants_holdings THEN (
               SELECT jsonb_build_object('credit', coalesce(sum(h.credit), 0),
                                         'points', coalesce(sum(h.points), 0))
               FROM merchants.holdings(p_mall, i.merchant_id, ARRAY[m.id], i.at) h
           )::text END,
           CASE WHEN i.wants_nearness THEN (
               SELECT jsonb_build_array(n.metres, n.seen_at)
               FROM merchants.nearness n
               WHERE n.mall_id = p_mall AND n.merchant_id = i.merchant_id AND n.member_id = m.id
           )::text END,
           -- What the till left out of a line, or a good's own terms; nothing where neither is.
           CASE WHEN i.wants_goods OR (a.item_terms AND cardinality(i.skus) > 0) THEN (
               SELECT jsonb_agg(to_jsonb(q))::text
               FROM (SELECT DISTINCT k FROM unnest(i.skus) k) asked (sku)
               CROSS JOIN LATERAL merchants.good_for(p_mall, i.merchant_id, asked.sku, c.groups) q
           ) END,
           CASE WHEN cardinality(i.colleagues) > 0 THEN (
               SELECT jsonb_agg(jsonb_build_array(asked.id, t."group", t.bps, t.amount))::text
               FROM (SELECT DISTINCT k FROM unnest(i.colleagues) k) asked (id)
               CROSS JOIN LATERAL (
                   SELECT FROM merchants.colleague x WHERE x.mall_id = p_mall
                     AND x.merchant_id = i.merchant_id AND x.id = asked.id AND x.active OFFSET 0
               ) known
               LEFT JOIN LATERAL (
                   SELECT x."group", x.bps, x.amount FROM merchants.colleague_terms x
                   WHERE x.mall_id = p_mall AND x.merchant_id = i.merchant_id
                     AND x.colleague_id = asked.id OFFSET 0
               ) t ON true
           ) END,
           CASE WHEN a.credit_caps AND i.wants_lots THEN (
               SELECT jsonb_agg(jsonb_build_array(k."group", k.per_invoice, k.per_day))::text
               FROM unnest(coalesce(c.groups, '{}') || '{""}'::text[]) g (name)
               CROSS JOIN LATERAL (
                   SELECT x."group", x.per_invoice, x.per_day FROM merchants.credit_cap x
                   WHERE x.mall_id = p_mall AND x.merchant_id = i.merchant_id
                     AND x."group" = g.name OFFSET 0
               ) k
           ) END,
           CASE WHEN a.credit_caps AND i.wants_lots THEN (
               SELECT x.used FROM merchants.credit_use x
               WHERE x.mall_id = p_mall AND x.merchant_id = i.merchant_id AND x.member_id = m.id
                 AND x.day = merchants.day_of(i.at)
           ) END,
           CASE WHEN i.concession_by IS NOT NULL THEN merchants.concession_room(
               p_mall, i.merchant_id, i.branch_id, i.concession_by, i.at
           )::text END,
           a.vat_bps, a.vat_included, a.approve_above,
           l.lot_id, l.holder_kind, l.unit, l.issuer_id, l.scope_id, l.scope_kind, l.available,
           l.expires_at, l.created_at, l.redeem_price, l.fee_bps, l.max_share_bps, l.width
    FROM unnest(p_items) i
    LEFT JOIN LATERAL (
        SELECT x.fingerprint, x.status, x.body FROM kernel.idempotency x
        WHERE x.mall_id = p_mall AND x.principal_id = i.principal_id AND x.key = i.key OFFSET 0
    ) d ON true
    LEFT JOIN LATERAL (
        SELECT x.state FROM merchants.merchant x
        WHERE x.mall_id = p_mall AND x.id = i.merchant_id OFFSET 0
    ) s ON true
    LEFT JOIN LATERAL (
        SELECT x.rules_version, x.own_max_share_bps, x.item_terms, x.credit_caps, x.vat_bps,
               x.vat_included, x.approve_above
        FROM merchants.merchant_account x
        WHERE x.mall_id = p_mall AND x.merchant_id = i.merchant_id OFFSET 0
    ) a ON true
    LEFT JOIN LATERAL (
        SELECT x.* FROM members.member x WHERE x.mall_id = p_mall AND x.mobile = i.mobile
        UNION ALL
        SELECT x.* FROM members.member x WHERE x.mall_id = p_mall AND x.number = i.number
        UNION ALL
        SELECT x.* FROM members.member x WHERE x.mall_id = p_mall AND x.id = i.member_id
    ) m ON true
    LEFT JOIN LATERAL (
        SELECT x.* FROM merchants.customer x
        WHERE x.mall_id = p_mall AND x.merchant_id = i.merchant_id AND x.member_id = m.id OFFSET 0
    ) c ON true
    LEFT JOIN LATERAL (
        SELECT x.id FROM merchants.gift_card x
        WHERE x.mall_id = p_mall AND x.number = i.gift_number AND x.state = 'active' OFFSET 0
    ) g ON true
    LEFT JOIN LATERAL merchants.spendable(
        p_mall, i.merchant_id, i.branch_id, ARRAY[m.id, g.id], i.at
    ) l ON i.wants_lots
    ORDER BY i.item;
END $$;

-- The lots of some holders that a shop accepts now, with its terms. What a hold that timed out had
-- pinned counts as free. Points without a price (shop-only points) pay nothing and are left out.
CREATE OR REPLACE FUNCTION merchants.spendable(
    p_mall uuid, p_merchant uuid, p_branch uuid, p_holders uuid[], p_at timestamptz
)
RETURNS TABLE (
    lot_id uuid, holder_kind text, unit text, issuer_id uuid, scope_id uuid, scope_kind text,
    available bigint, expires_at timestamptz, created_at timestamptz, redeem_price bigint,
    fee_bps bigint, max_share_bps bigint, width bigint
)
LANGUAGE sql STABLE AS $$
    SELECT l.id, l.holder_kind, l.unit, l.issuer_id, l.scope_id, s.kind,
           CASE WHEN l.held = 0 THEN l.remaining ELSE l.remaining - (
               SELECT coalesce(sum(h.amount), 0)::bigint FROM ledger.hold h
               WHERE h.mall_id = p_mall AND h.lot_id = l.id AND h.expires_at > p_at
           ) END,
           l.expires_at, l.created_at, s.redeem_price, a.fee_bps, a.max_share_bps,
           (SELECT count(*) FROM ledger.acceptor w
            WHERE w.mall_id = p_mall AND w.scope_id = l.scope_id AND w.valid_from <= p_at
              AND (w.valid_until IS NULL OR w.valid_until > p_at))
    FROM (
        SELECT x.* FROM ledger.lot x
        WHERE x.mall_id = p_mall AND x.holder_id = ANY(p_holders) AND x.open
          AND x.available_from <= p_at AND (x.expires_at IS NULL OR x.expires_at > p_at)
        OFFSET 0
    ) l
    CROSS JOIN LATERAL (
        SELECT x.kind, x.redeem_price FROM ledger.scope x
        WHERE x.mall_id = p_mall AND x.id = l.scope_id OFFSET 0
    ) s
    CROSS JOIN LATERAL (
        -- A branch's own terms come before its shop's.
        SELECT t.fee_bps, t.max_share_bps FROM ledger.acceptor t
        WHERE t.mall_id = p_mall AND t.scope_id = l.scope_id AND t.merchant_id = p_merchant
          AND (t.branch_id = kernel.nil() OR t.branch_id = p_branch)
          AND t.valid_from <= p_at AND (t.valid_until IS NULL OR t.valid_until > p_at)
        ORDER BY t.branch_id DESC LIMIT 1
    ) a
    WHERE l.unit <> 'point' OR s.redeem_price > 0
$$;

GRANT EXECUTE ON FUNCTION merchants.quote_many(uuid, merchants.quote_in[]),
    merchants.good_for(uuid, uuid, text, text[]), merchants.day_of(timestamptz),
    merchants.spendable(uuid, uuid, uuid, uuid[], timestamptz) TO timcheh_app;
