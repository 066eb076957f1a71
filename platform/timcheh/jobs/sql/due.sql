-- What the scheduler asks across malls. The functions belong to the owner, who sees every mall,
-- and tell ids, names of jobs and counts only; the work itself is done mall by mall in its scope.
CREATE OR REPLACE FUNCTION kernel.malls_with_due_events(p_now timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.mall_id FROM kernel.mall m
    WHERE m.closed_at IS NULL AND EXISTS (
        SELECT FROM kernel.outbox_event e
        WHERE e.mall_id = m.mall_id AND e.state = 'pending' AND e.due_at <= p_now
    );
END;

CREATE OR REPLACE FUNCTION kernel.due_recurring_runs(p_now timestamptz)
RETURNS TABLE (mall_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT r.mall_id, r.name FROM kernel.recurring_run r
    WHERE r.due_at <= p_now AND (r.leased_until IS NULL OR r.leased_until <= p_now)
      AND EXISTS (SELECT FROM kernel.mall m WHERE m.mall_id = r.mall_id AND m.closed_at IS NULL);
END;

-- For the metrics: how much waits and how much gave up, over all malls.
CREATE OR REPLACE FUNCTION kernel.backlog()
RETURNS TABLE (events_pending bigint, events_dead bigint, messages_queued bigint,
               deliveries_pending bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT (SELECT count(*) FROM kernel.outbox_event WHERE state = 'pending'),
           (SELECT count(*) FROM kernel.outbox_event WHERE state = 'dead'),
           (SELECT count(*) FROM kernel.message WHERE state IN ('queued', 'sending')),
           (SELECT count(*) FROM kernel.webhook_delivery WHERE state = 'pending');
END;

GRANT EXECUTE ON FUNCTION kernel.malls_with_due_events(timestamptz),
    kernel.due_recurring_runs(timestamptz), kernel.backlog() TO timcheh_app;
