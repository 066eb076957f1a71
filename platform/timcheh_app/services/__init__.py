"""The process tree: embedded PostgreSQL and Valkey, web, worker, scheduler, one supervisor."""
