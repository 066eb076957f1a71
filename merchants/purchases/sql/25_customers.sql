-- What a shop knows of its customers from what they bought there. `customer_history` tells it from
-- the purchases; `note_customers` keeps it with each purchase, without looking back as long as
-- purchases come in their order; `refresh_customers` puts it right from the history in every other
-- case: a return, a sale that is entered late, a rebuild. docs/rules.md says what counts.

CREATE OR REPLACE FUNCTION merchants.mall_day(p_at timestamptz) RETURNS date
LANGUAGE sql STABLE AS $$ SELECT (p_at AT TIME ZONE 'Asia/Tehran')::date $$;

-- The bit of a day's Jalali month. Four years in 1461 days, a cycle of 33 years in 12053: exact
-- from 1799 to 2256.
CREATE OR REPLACE FUNCTION merchants.jalali_month_bit(p_day date) RETURNS smallint
LANGUAGE sql IMMUTABLE AS $$
    SELECT (1 << CASE WHEN y.day < 186 THEN y.day / 31 ELSE 6 + (y.day - 186) / 30 END)::smallint
    FROM (SELECT (p_day - DATE '1970-01-01' + 1075195) % 12053 % 1461) c (day)
    CROSS JOIN LATERAL (SELECT CASE WHEN c.day > 365 THEN (c.day - 1) % 365 ELSE c.day END) y (day)
$$;

-- A purchase that came back whole never was; of another what was kept counts.
-- `p_members`: null for all of the shop.
CREATE OR REPLACE FUNCTION merchants.customer_history(
    p_mall uuid, p_merchant uuid, p_members uuid[]
)
RETURNS TABLE (
    member_id uuid, purchases bigint, visits int, spend bigint, first_at timestamptz,
    last_at timestamptz, last_basket bigint, bought text[], months smallint
)
LANGUAGE sql STABLE AS $$
    WITH line AS (
        SELECT p.id, p.member_id, p.occurred_at, l."group",
               l.returned_milli < l.quantity_milli AS kept,
               l.total - l.discount - (l.total - l.discount) * l.returned_milli
                   / greatest(l.quantity_milli, 1) AS net
        FROM merchants.purchase p
        JOIN merchants.purchase_line l ON l.mall_id = p.mall_id AND l.purchase_id = p.id
        WHERE p.mall_id = p_mall AND p.merchant_id = p_merchant AND p.state = 'confirmed'
          AND (p_members IS NULL OR p.member_id = ANY(p_members))
    ), kept AS (
        SELECT l.id, l.member_id, l.occurred_at, sum(l.net)::bigint AS net
        FROM line l GROUP BY l.id, l.member_id, l.occurred_at HAVING bool_or(l.kept)
    ), goods AS (
        SELECT l.member_id, array_agg(DISTINCT l."group" COLLATE "C") AS groups
        FROM line l WHERE l.kept AND l."group" IS NOT NULL GROUP BY l.member_id
    )
    SELECT k.member_id, count(*), count(DISTINCT merchants.mall_day(k.occurred_at))::int,
           sum(k.net)::bigint, min(k.occurred_at), max(k.occurred_at),
           (array_agg(k.net ORDER BY k.occurred_at DESC, k.id DESC))[1],
           coalesce((SELECT g.groups FROM goods g WHERE g.member_id = k.member_id), '{}'),
           bit_or(merchants.jalali_month_bit(merchants.mall_day(k.occurred_at)))
    FROM kept k GROUP BY k.member_id
$$;

-- Puts some customers' facts (null: all of the shop's) to what their history tells; answers how
-- many were otherwise.
CREATE OR REPLACE FUNCTION merchants.refresh_customers(
    p_mall uuid, p_merchant uuid, p_members uuid[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_changed bigint;
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    -- First the locks, then the look: what was bought before them is counted, what comes later waits.
    PERFORM FROM merchants.customer c
    WHERE c.mall_id = p_mall AND c.merchant_id = p_merchant
      AND (p_members IS NULL OR c.member_id = ANY(p_members))
    ORDER BY c.member_id FOR UPDATE;
    UPDATE merchants.customer c
    SET purchases = coalesce(h.purchases, 0), visits = coalesce(h.visits, 0),
        spend = coalesce(h.spend, 0), first_at = h.first_at, last_at = h.last_at,
        last_basket = h.last_basket, bought = coalesce(h.bought, '{}'),
        months = coalesce(h.months, 0::smallint)
    FROM merchants.customer x
    LEFT JOIN merchants.customer_history(p_mall, p_merchant, p_members) h
        ON h.member_id = x.member_id
    WHERE x.mall_id = p_mall AND x.merchant_id = p_merchant
      AND (p_members IS NULL OR x.member_id = ANY(p_members))
      AND c.mall_id = x.mall_id AND c.merchant_id = x.merchant_id AND c.member_id = x.member_id
      AND ROW(x.purchases, x.visits, x.spend, x.first_at, x.last_at, x.last_basket, x.bought,
              x.months)
          IS DISTINCT FROM
          ROW(coalesce(h.purchases, 0), coalesce(h.visits, 0), coalesce(h.spend, 0), h.first_at,
              h.last_at, h.last_basket, coalesce(h.bought, '{}'), coalesce(h.months, 0::smallint));
    GET DIAGNOSTICS v_changed = ROW_COUNT;
    RETURN v_changed;
END $$;

-- A confirmed purchase makes its member the shop's customer and keeps the shop's facts of them.
DROP FUNCTION IF EXISTS merchants.note_customers(uuid, merchants.purchase_in[]);
CREATE OR REPLACE FUNCTION merchants.note_customers(
    p_mall uuid, p_purchases merchants.purchase_in[], p_lines merchants.line_in[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_late record;
BEGIN
    FOR v_late IN
        WITH batch AS (
            SELECT x.merchant_id, x.member_id, count(*) AS purchases,
                   count(DISTINCT merchants.mall_day(x.occurred_at))::int AS visits,
                   sum(x.total - x.discount)::bigint AS spend, min(x.occurred_at) AS first_at,
                   max(x.occurred_at) AS last_at,
                   (array_agg(x.total - x.discount ORDER BY x.occurred_at DESC, x.id DESC))[1]
                       AS last_basket,
                   bit_or(merchants.jalali_month_bit(merchants.mall_day(x.occurred_at))) AS months,
                   array_agg(x.id) AS ids
            FROM unnest(p_purchases) x
            GROUP BY x.merchant_id, x.member_id
            ORDER BY x.merchant_id, x.member_id
        ), noted AS (
            INSERT INTO merchants.customer AS c (mall_id, merchant_id, member_id, number, mobile,
                name, birthday, purchases, visits, spend, first_at, last_at, last_basket, bought,
                months, created_at)
            SELECT p_mall, b.merchant_id, b.member_id, m.number, m.mobile, m.name, m.birthday,
                   b.purchases, b.visits, b.spend, b.first_at, b.last_at, b.last_basket, ARRAY(
                       SELECT DISTINCT l."group" COLLATE "C" FROM unnest(p_lines) l
                       WHERE l.purchase_id = ANY(b.ids) AND l."group" IS NOT NULL ORDER BY 1
                   ), b.months, clock_timestamp()
            FROM batch b
            CROSS JOIN LATERAL (
                SELECT x.number, x.mobile, x.name, x.birthday FROM members.member x
                WHERE x.mall_id = p_mall AND x.id = b.member_id OFFSET 0
            ) m
            ON CONFLICT (mall_id, merchant_id, member_id) DO UPDATE
            SET purchases = c.purchases + excluded.purchases,
                visits = c.visits + excluded.visits - (
                    merchants.mall_day(excluded.first_at) IS NOT DISTINCT FROM
                    merchants.mall_day(c.last_at))::int,
                spend = c.spend + excluded.spend,
                first_at = least(c.first_at, excluded.first_at),
                last_at = greatest(c.last_at, excluded.last_at),
                last_basket = excluded.last_basket,
                bought = CASE WHEN c.bought @> excluded.bought THEN c.bought ELSE ARRAY(
                    SELECT DISTINCT g COLLATE "C" FROM unnest(c.bought || excluded.bought) g
                    ORDER BY 1
                ) END,
                months = c.months | excluded.months
            RETURNING c.merchant_id, c.member_id, old.last_at AS before
        )
        -- Entered after a later one: what came in between can't be told from the facts alone.
        SELECT n.merchant_id, array_agg(n.member_id) AS members
        FROM noted n CROSS JOIN LATERAL (
            SELECT FROM batch b
            WHERE b.merchant_id = n.merchant_id AND b.member_id = n.member_id
              AND b.first_at <= n.before
        ) b
        GROUP BY n.merchant_id ORDER BY n.merchant_id
    LOOP
        PERFORM merchants.refresh_customers(p_mall, v_late.merchant_id, v_late.members);
    END LOOP;
END $$;

GRANT EXECUTE ON FUNCTION merchants.refresh_customers(uuid, uuid, uuid[]),
    merchants.mall_day(timestamptz) TO timcheh_app;
