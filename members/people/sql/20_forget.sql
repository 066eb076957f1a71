-- A person goes out of the log of who did what: their name as the one who did it, and what changed
-- of them. Who did it to which object, and when, stays.
CREATE OR REPLACE FUNCTION members.forget_in_log(p_mall uuid, p_member uuid, p_words text[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM kernel.enter_mall(p_mall);
    UPDATE kernel.audit_entry a
    SET actor_name = CASE
            WHEN a.actor_id = p_member AND a.actor_kind = 'member' THEN '' ELSE a.actor_name END,
        before = CASE
            WHEN a.object_id = p_member THEN NULL
            ELSE kernel.unnamed(a.before::text, p_words)::jsonb END,
        after = CASE
            WHEN a.object_id = p_member THEN NULL
            ELSE kernel.unnamed(a.after::text, p_words)::jsonb END
    WHERE a.mall_id = p_mall AND (
        a.actor_id = p_member OR a.object_id = p_member
        OR kernel.mentions(a.before::text, p_words) OR kernel.mentions(a.after::text, p_words)
    );
END $$;

GRANT EXECUTE ON FUNCTION members.forget_in_log(uuid, uuid, text[]) TO timcheh_app;
