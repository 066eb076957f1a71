"""`timcheh restore`: a new data directory from a backup."""

import argparse

from timcheh_app.cli.options import Commands, command, settings_from


def register(commands: Commands) -> None:
    parser = command(commands, "restore", run, "make a new data directory from a backup")
    parser.add_argument("--from", required=True, metavar="DIR", dest="source", help="the backup")


def run(options: argparse.Namespace) -> int:
    from pathlib import Path

    from timcheh_app.services.backup import restore

    settings = settings_from(options)
    restore(settings, Path(options.source).absolute())
    print(f"restored {settings.data_dir}")
    return 0
