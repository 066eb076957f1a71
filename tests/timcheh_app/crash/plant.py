"""`python -m tests.timcheh_app.crash.plant PART`: jobs with handlers that leave a trace.

`tree` is PostgreSQL, Valkey, two workers and the scheduler under the product's own supervisor:
`timcheh serve` without the web. The settings come from the environment.
"""

import random
import sys

from timcheh.audit import record
from timcheh.audit.service import SYSTEM
from timcheh.builtin.module import MODULES
from timcheh.db import UnitOfWork
from timcheh.jobs.scheduler import run_scheduler
from timcheh.jobs.worker import run_worker
from timcheh.module import Event, EventHandler, Module
from timcheh.settings import Settings, load_settings
from timcheh_app.logs import configure_logging
from timcheh_app.services import applications, embedded
from timcheh_app.services.orphan import die_with_parent
from timcheh_app.services.process import Service
from timcheh_app.services.supervisor import Stopped, Supervisor

HAPPENED = "plant.happened"
POISON = "plant.poison"
WORKERS = ("worker-a", "worker-b")


async def note(uow: UnitOfWork, event: Event) -> None:
    """The effect: a row that nothing keeps from being there twice."""
    await record(uow, SYSTEM, "plant.noted", "event", event.id)


async def stumble(uow: UnitOfWork, event: Event) -> None:
    """An effect of a handler that fails now and then, after its work."""
    await record(uow, SYSTEM, "plant.stumbled", "event", event.id)
    if random.random() < 0.02:
        raise RuntimeError("stumbled")


async def fail(uow: UnitOfWork, event: Event) -> None:
    """Always, after its work."""
    await record(uow, SYSTEM, "plant.failed", "event", event.id)
    raise RuntimeError("poison")


PLANT = Module(
    name="plant",
    package="timcheh",
    handlers={
        HAPPENED: [EventHandler("note", note), EventHandler("stumble", stumble)],
        POISON: [EventHandler("fail", fail), EventHandler("note", note)],
    },
)


def tree(settings: Settings) -> None:
    def part(name: str, argument: str) -> Service:
        command = [sys.executable, "-m", __spec__.name, argument, name]
        return Service(name, command, settings.environment())

    with Supervisor() as supervisor:
        supervisor.start(*embedded.services(settings))
        supervisor.run_to_end(applications.migration(settings))
        supervisor.start(*(part(name, "worker") for name in WORKERS))
        supervisor.start(part("scheduler", "scheduler"))
        print(f"ready http://127.0.0.1:{settings.port}", flush=True)
        supervisor.run()


def main() -> None:
    part = sys.argv[1]
    settings = load_settings()
    if part == "tree":
        try:
            tree(settings)
        except Stopped:
            return
    die_with_parent()
    configure_logging(settings)
    run = {"worker": run_worker, "scheduler": run_scheduler}[part]
    run(settings, (*MODULES, PLANT))


if __name__ == "__main__":
    main()
