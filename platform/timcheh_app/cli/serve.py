"""`timcheh serve`: everything a user needs, in one process tree, in the foreground."""

import argparse

from timcheh.settings import Settings
from timcheh_app.cli.options import Commands, command, listening, settings_from


def register(commands: Commands) -> None:
    listening(command(commands, "serve", run, "serve the product until SIGINT or SIGTERM"))


def run(options: argparse.Namespace) -> int:
    from timcheh_app.services.runtime import tree

    settings = settings_from(options)
    with tree(settings) as running:
        running.start()
        announce(settings)
        running.watch()
    return 0


def announce(settings: Settings) -> None:
    """The one line on standard output that says where people are served."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    print(f"ready http://{host}:{settings.port}", flush=True)
