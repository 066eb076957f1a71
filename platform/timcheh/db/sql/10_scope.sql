-- What a transaction may see. Every policy compares with these functions and nothing else, and
-- only kernel.enter sets what they read: a sharded deployment replaces that one body.

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- A setting that was local to an earlier transaction reads '' afterwards, hence nullif.
CREATE OR REPLACE FUNCTION kernel.mall() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('timcheh.mall', true), '')::uuid;

CREATE OR REPLACE FUNCTION kernel.merchant() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('timcheh.merchant', true), '')::uuid;

CREATE OR REPLACE FUNCTION kernel.member() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('timcheh.member', true), '')::uuid;

-- States the scope for the rest of the transaction. Stating another one later is an error, so
-- that no code path can widen what it was given.
CREATE OR REPLACE FUNCTION kernel.enter(
    p_mall uuid, p_merchant uuid DEFAULT NULL, p_member uuid DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF kernel.mall() IS NOT NULL AND (
        kernel.mall() <> p_mall
        OR kernel.merchant() IS DISTINCT FROM p_merchant
        OR kernel.member() IS DISTINCT FROM p_member
    ) THEN
        RAISE EXCEPTION 'the scope of this transaction is already stated' USING ERRCODE = 'TM100';
    END IF;
    PERFORM set_config('timcheh.mall', p_mall::text, true),
            set_config('timcheh.merchant', coalesce(p_merchant::text, ''), true),
            set_config('timcheh.member', coalesce(p_member::text, ''), true);
END $$;

-- Enters the mall's scope where a posting function may already be inside it: the functions that
-- do the work of one call state their own scope, and may be called from a unit of work too.
CREATE OR REPLACE FUNCTION kernel.enter_mall(p_mall uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF kernel.mall() IS NULL THEN
        PERFORM set_config('timcheh.mall', p_mall::text, true);
    ELSIF kernel.mall() <> p_mall THEN
        RAISE EXCEPTION 'the scope of this transaction is another mall' USING ERRCODE = 'TM100';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION kernel.nil() RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '00000000-0000-0000-0000-000000000000'::uuid;

GRANT EXECUTE ON FUNCTION kernel.nil(), kernel.mall(), kernel.merchant(), kernel.member(),
    kernel.enter(uuid, uuid, uuid), kernel.enter_mall(uuid)
TO timcheh_app, timcheh_merchant, timcheh_member, timcheh_posting;

-- The two questions that are asked before a mall is known. They belong to the owner, who sees
-- every mall, and answer with nothing a passer-by could not read off the mall's door.
CREATE OR REPLACE FUNCTION kernel.mall_by_slug(p_slug text)
RETURNS TABLE (mall_id uuid, slug text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.mall_id, m.slug, m.name FROM kernel.mall m WHERE m.slug = p_slug AND m.closed_at IS NULL;
END;

CREATE OR REPLACE FUNCTION kernel.mall_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.mall_id FROM kernel.mall m WHERE m.closed_at IS NULL ORDER BY m.mall_id;
END;

GRANT EXECUTE ON FUNCTION kernel.mall_by_slug(text), kernel.mall_ids() TO timcheh_app;
