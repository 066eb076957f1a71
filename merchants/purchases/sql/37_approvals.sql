-- Uses members' approvals up, each once. Raises TM007 where one was used, or ran out, meanwhile: decide
-- again. Only the purchase of an approval's own key comes here, and that key is claimed before.
CREATE OR REPLACE FUNCTION merchants.use_approvals(p_mall uuid, p_rows merchants.approval_in[])
RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_used int;
BEGIN
    UPDATE merchants.spend_approval a SET state = 'used', purchase_id = r.purchase_id
    FROM unnest(p_rows) r
    WHERE a.mall_id = p_mall AND a.id = r.approval_id
      AND a.id = ANY(ARRAY(SELECT x.approval_id FROM unnest(p_rows) x))
      AND a.state = 'approved' AND a.expires_at > clock_timestamp();
    GET DIAGNOSTICS v_used = ROW_COUNT;
    IF v_used <> cardinality(p_rows) THEN
        RAISE EXCEPTION 'an approval is over' USING ERRCODE = 'TM007';
    END IF;
END $$;
