-- The audit log only grows. Grants already keep the application's roles from changing it; the
-- trigger keeps the owner from doing so by mistake. One thing may change: the name and the words of
-- a person who has had themselves erased, by members.forget_in_log, which may touch nothing else.
CREATE OR REPLACE FUNCTION kernel.refuse_audit_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_user = 'timcheh_posting' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'TM101';
END $$;

DROP TRIGGER IF EXISTS audit_entry_append_only ON kernel.audit_entry;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel.audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_audit_change();
