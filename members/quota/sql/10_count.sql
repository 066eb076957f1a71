-- Members are counted only for a mall whose plan has a ceiling, and only when someone is enrolled:
-- a purchase of who is a member already comes by here no more than before.

-- Whoever sets a quota counts what is there, and must neither miss who is being enrolled nor be
-- passed by: enrolments share this lock, setting a quota has it alone.
CREATE OR REPLACE FUNCTION members.quota_lock(p_mall uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT hashtextextended('members.quota ' || p_mall, 0) $$;

CREATE OR REPLACE FUNCTION members.count_arrived() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    v_came record;
    v_over boolean;
BEGIN
    FOR v_came IN SELECT a.mall_id, count(*)::int AS people FROM arrived a GROUP BY 1 ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock_shared(members.quota_lock(v_came.mall_id));
        UPDATE members.quota q SET members = q.members + v_came.people
        WHERE q.mall_id = v_came.mall_id RETURNING q.members > q.most INTO v_over;
        IF v_over THEN
            RAISE EXCEPTION 'the plan allows no more members' USING ERRCODE = 'TM009';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION members.count_gone() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE members.quota q SET members = q.members - g.people
    FROM (SELECT x.mall_id, count(*)::int AS people FROM gone x GROUP BY 1) g
    WHERE q.mall_id = g.mall_id;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS member_arrived ON members.member;
CREATE TRIGGER member_arrived AFTER INSERT ON members.member
REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION members.count_arrived();

DROP TRIGGER IF EXISTS member_gone ON members.member;
CREATE TRIGGER member_gone AFTER DELETE ON members.member
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION members.count_gone();

GRANT EXECUTE ON FUNCTION members.quota_lock(uuid) TO timcheh_app;
