"""The command line. One file for each command; each says its arguments and runs."""

import argparse
import logging
import sys
from collections.abc import Sequence

from timcheh.settings import SettingsError
from timcheh_app.cli import backup, demo, facts, mall, proof, replay, restore, serve
from timcheh_app.cli.options import refusal
from timcheh_app.errors import ServiceError
from timcheh_app.services.lock import DataDirectoryBusy
from timcheh_app.services.supervisor import Stopped

_COMMANDS = (serve, demo, mall, proof, replay, facts, backup, restore)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. 0: done; 1: it failed; 2: the command line or a setting is wrong."""
    parser = argparse.ArgumentParser(
        prog="timcheh", description="Timcheh: a loyalty network for shopping centres."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.register(commands)
    options = parser.parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="timcheh: %(message)s")
    try:
        return int(options.run(options))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except (ServiceError, DataDirectoryBusy) as error:
        print(error, file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        return 0
    except Exception as error:
        told = refusal(error)
        if told is None:
            raise
        print(told, file=sys.stderr)
        return 1
