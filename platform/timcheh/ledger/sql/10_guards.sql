-- What holds whoever writes: entries balance, and nothing written is ever changed or removed.

-- Reads only its transition table, so that it also runs where rows live on many nodes.
CREATE OR REPLACE FUNCTION ledger.check_balanced() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    v_transfer uuid;
BEGIN
    SELECT w.transfer_id INTO v_transfer
    FROM written w
    GROUP BY w.mall_id, w.transfer_id, w.unit, CASE WHEN w.unit = 'point' THEN w.scope_id END
    HAVING sum(w.amount) <> 0
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transfer % does not sum to zero', v_transfer USING ERRCODE = 'TM010';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: correct it with a new transfer', TG_TABLE_NAME
        USING ERRCODE = 'TM011';
END $$;

CREATE OR REPLACE TRIGGER entry_balanced AFTER INSERT ON ledger.entry
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.check_balanced();

CREATE OR REPLACE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE OR REPLACE TRIGGER transfer_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE OR REPLACE TRIGGER seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
