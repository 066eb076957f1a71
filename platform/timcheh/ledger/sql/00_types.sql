-- What the posting functions take: whole batches as arrays of rows. Dropped and made anew, with
-- the functions over them, whenever these files change.

DROP TYPE IF EXISTS ledger.transfer_in, ledger.spend_in, ledger.grant_in, ledger.move_in,
    ledger.posting CASCADE;

-- `at` is the business time that decides what is spendable; `occurred_at` is what the till says.
CREATE TYPE ledger.transfer_in AS (
    id uuid,
    kind text,
    reference_id uuid,
    actor_id uuid,
    reverses uuid,
    occurred_at timestamptz
);

-- `amount` in the lot's unit, `value` and `fee` in rial. Negative: the spend is undone.
CREATE TYPE ledger.spend_in AS (
    transfer_id uuid,
    lot_id uuid,
    amount bigint,
    value bigint,
    fee bigint,
    acceptor_id uuid,
    held boolean,
    at timestamptz
);

CREATE TYPE ledger.grant_in AS (
    transfer_id uuid,
    lot_id uuid,
    scope_id uuid,
    issuer_id uuid,
    holder_kind text,
    holder_id uuid,
    amount bigint,
    available_from timestamptz,
    expires_at timestamptz,
    reason text
);

-- A plain movement between accounts that touches no lot; rial.
CREATE TYPE ledger.move_in AS (
    account text,
    owner_id uuid,
    amount bigint,
    counterparty_id uuid
);

-- An entry before it is one: what an event moves on one account.
CREATE TYPE ledger.posting AS (
    account text,
    owner_id uuid,
    unit text,
    amount bigint,
    lot_id uuid,
    counterparty_id uuid
);
