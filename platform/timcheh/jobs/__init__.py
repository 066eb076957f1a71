"""Work outside requests: the worker, the scheduler, periodic jobs."""
