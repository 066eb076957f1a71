"""`timcheh demo`: `serve` with a mall on real purchase data, and who can sign in where."""

import argparse
import sys

from timcheh_app.cli.options import Commands, command, listening, settings_from

DEFAULT_WEEKS = 4


def register(commands: Commands) -> None:
    parser = command(commands, "demo", run, "serve a demo mall on real purchase data")
    listening(parser)
    parser.add_argument(
        "--weeks",
        type=int,
        default=DEFAULT_WEEKS,
        metavar="N",
        help=f"how many of the newest weeks to load (default {DEFAULT_WEEKS})",
    )


def run(options: argparse.Namespace) -> int:
    from timcheh_app.cli.serve import announce
    from timcheh_app.services.process import Service
    from timcheh_app.services.runtime import tree

    settings = settings_from(options, dev_inbox=True)
    # A process of its own: what reading the data takes of memory and threads ends with it.
    loader = Service(
        "demo data",
        [sys.executable, "-m", "timcheh_app.cli.demo_loader", str(options.weeks)],
        settings.environment(),
    )
    with tree(settings) as running:
        running.start_servers()
        running.run_once(loader)
        running.start_applications()
        announce(settings)
        running.watch()
    return 0
