"""`timcheh replay`: plays the real purchase history through the public purchase path."""

import argparse

from timcheh_app.cli.options import Commands, command, settings_from


def register(commands: Commands) -> None:
    parser = command(commands, "replay", run, "play the real purchase history and prove it")
    parser.add_argument(
        "--weeks", type=int, default=52, metavar="N", help="weeks of history (default 52: all)"
    )
    parser.add_argument("--mall", metavar="SLUG", help="the mall to play into (default: a new one)")


def run(options: argparse.Namespace) -> int:
    from timcheh_app.demo import run_replay
    from timcheh_app.services import embedded

    settings = settings_from(options)
    with embedded.prepared(settings):
        return int(run_replay(settings, weeks=options.weeks, mall=options.mall))
