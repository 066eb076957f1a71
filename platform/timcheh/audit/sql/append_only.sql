-- The audit log only grows. Grants already keep the application's roles from changing it; the
-- trigger keeps the owner from doing so by mistake.
CREATE OR REPLACE FUNCTION kernel.refuse_audit_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'TM101';
END $$;

DROP TRIGGER IF EXISTS audit_entry_append_only ON kernel.audit_entry;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kernel.audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION kernel.refuse_audit_change();
