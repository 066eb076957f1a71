-- What the purchase functions take: one array a table, so that a batch of purchases is one call.

DROP TYPE IF EXISTS merchants.quote_in, merchants.purchase_in, merchants.line_in, merchants.spend_in,
    merchants.earn_in, merchants.usage_in, merchants.event_in, merchants.confirm_in,
    merchants.claim_in, merchants.exposure_in, merchants.entitle_in, merchants.concession_in,
    merchants.approval_in CASCADE;

CREATE TYPE merchants.quote_in AS (
    item int,
    merchant_id uuid,
    branch_id uuid,
    mobile text,
    number text,
    member_id uuid,
    gift_number text,
    principal_id uuid,
    key text,
    wants_lots boolean,
    wants_network boolean,
    wants_usage boolean,
    wants_entitlements boolean,
    wants_activations boolean,
    wants_history boolean,
    wants_holdings boolean,
    wants_nearness boolean,
    skus text[],
    wants_goods boolean,
    colleagues uuid[],
    concession_by uuid,
    at timestamptz
);

-- `expires_at` is given for an authorisation and absent where the purchase is captured at once.
-- `credit_counted` is credit spent where a cap of `credit_day_cap` rial a day holds.
CREATE TYPE merchants.purchase_in AS (
    id uuid,
    merchant_id uuid,
    branch_id uuid,
    terminal_id uuid,
    member_id uuid,
    actor_id uuid,
    total bigint,
    discount bigint,
    spent_value bigint,
    to_pay bigint,
    debt_paid bigint,
    rules_version bigint,
    occurred_at timestamptz,
    at timestamptz,
    expires_at timestamptz,
    reasons text,
    usage text,
    vat_bps bigint,
    vat_added bigint,
    commission bigint,
    credit_counted bigint,
    credit_day_cap bigint
);

-- An idempotency key with its outcome.
CREATE TYPE merchants.claim_in AS (
    principal_id uuid,
    key text,
    fingerprint bytea,
    response bytea
);

CREATE TYPE merchants.line_in AS (
    purchase_id uuid,
    line smallint,
    merchant_id uuid,
    member_id uuid,
    quantity_milli bigint,
    unit_price bigint,
    total bigint,
    discount bigint,
    spent_value bigint,
    paid bigint,
    sku text,
    name text,
    "group" text,
    colleague_id uuid,
    commission bigint
);

CREATE TYPE merchants.spend_in AS (
    purchase_id uuid,
    n smallint,
    merchant_id uuid,
    member_id uuid,
    lot_id uuid,
    issuer_id uuid,
    scope_id uuid,
    unit text,
    amount bigint,
    value bigint,
    fee bigint,
    shares bigint[],
    value_shares bigint[]
);

CREATE TYPE merchants.earn_in AS (
    purchase_id uuid,
    n smallint,
    merchant_id uuid,
    member_id uuid,
    lot_id uuid,
    scope_id uuid,
    unit text,
    amount bigint,
    value bigint,
    available_from timestamptz,
    expires_at timestamptz,
    rule text,
    shares bigint[]
);

-- What a rule with bounds gives, on which local day; the bounds (rial, and times for a member) are
-- absent where there are none.
CREATE TYPE merchants.usage_in AS (
    merchant_id uuid,
    rule text,
    member_id uuid,
    value bigint,
    day date,
    member_cap bigint,
    member_uses bigint,
    daily_budget bigint,
    budget bigint
);

-- A purchase to which a rule that holds some members out applied, or would have.
CREATE TYPE merchants.exposure_in AS (
    purchase_id uuid,
    merchant_id uuid,
    rule text,
    member_id uuid,
    held_out boolean,
    value bigint,
    rules_version bigint,
    occurred_at timestamptz
);

-- A one-time rule that begins for a member with a purchase, or is used by it, or both.
CREATE TYPE merchants.entitle_in AS (
    purchase_id uuid,
    merchant_id uuid,
    rule text,
    member_id uuid,
    held_out boolean,
    opened_at timestamptz,
    expires_at timestamptz,
    used_at timestamptz
);

-- A discount of the seller's own accord, and what whoever answers for it (`by_id`) may take off in a
-- day; absent: without bound.
CREATE TYPE merchants.concession_in AS (
    purchase_id uuid,
    n smallint,
    line smallint,
    merchant_id uuid,
    branch_id uuid,
    member_id uuid,
    actor_id uuid,
    by_id uuid,
    bps int,
    amount bigint,
    reason text,
    at timestamptz,
    day_limit bigint
);

-- A member's approval that a purchase uses up.
CREATE TYPE merchants.approval_in AS (approval_id uuid, purchase_id uuid);

CREATE TYPE merchants.confirm_in AS (purchase_id uuid, merchant_id uuid, at timestamptz);
