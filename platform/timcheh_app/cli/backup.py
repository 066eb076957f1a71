"""`timcheh backup`: a verified copy of the embedded database, the secrets and the files."""

import argparse

from timcheh_app.cli.options import Commands, command, settings_from


def register(commands: Commands) -> None:
    parser = command(commands, "backup", run, "write a verified backup, also while serving")
    parser.add_argument("--to", required=True, metavar="DIR", help="a directory that is not there")


def run(options: argparse.Namespace) -> int:
    from pathlib import Path

    from timcheh_app.services import embedded
    from timcheh_app.services.backup import backup

    settings = settings_from(options)
    target = Path(options.to).absolute()
    with embedded.prepared(settings):
        backup(settings, target)
    print(f"backup {target}")
    return 0
