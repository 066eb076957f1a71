-- Enrolling inside a sale: the member's row is written in the purchase's own transaction.

DROP TYPE IF EXISTS members.enrol_in CASCADE;
CREATE TYPE members.enrol_in AS (
    id uuid, number text, mobile text, merchant_id uuid, branch_id uuid, actor_id uuid, at timestamptz
);

-- Raises TM005 when a mobile or a number is taken: another till was faster, ask again.
CREATE OR REPLACE FUNCTION members.enrol_many(p_mall uuid, p_members members.enrol_in[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_new int;
BEGIN
    INSERT INTO members.member (mall_id, id, number, mobile, source, enrolled_merchant_id,
                                enrolled_branch_id, enrolled_actor_id, created_at)
    SELECT p_mall, n.id, n.number, n.mobile, 'till', n.merchant_id, n.branch_id, n.actor_id, n.at
    FROM unnest(p_members) n ORDER BY n.mobile
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS v_new = ROW_COUNT;
    IF v_new <> cardinality(p_members) THEN
        RAISE EXCEPTION 'the mobile or number is taken' USING ERRCODE = 'TM005';
    END IF;
END $$;
