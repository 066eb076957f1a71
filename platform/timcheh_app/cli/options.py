"""Options that several commands share."""

import argparse
from collections.abc import Callable
from typing import Any

from timcheh.settings import Settings, load_settings

# argparse's own type for what `add_subparsers` returns is private.
Commands = Any
Run = Callable[[argparse.Namespace], int]


def command(commands: Commands, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """A command with `--data-dir`, whose function is `run`."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument(
        "--data-dir",
        metavar="D",
        help="directory of the embedded database and the rest (default ~/.local/share/timcheh)",
    )
    parser.set_defaults(run=run)
    return parser


def listening(parser: argparse.ArgumentParser) -> None:
    """`--host` and `--port`, for commands that serve."""
    parser.add_argument("--host", metavar="H", help="address to listen on (default 127.0.0.1)")
    parser.add_argument(
        "--port", metavar="P", type=int, help="port to listen on (default 8000; 0: any free one)"
    )


def settings_from(options: argparse.Namespace, **more: Any) -> Settings:
    """The settings, with what the command line says on top."""
    given = {
        name: getattr(options, name)
        for name in ("data_dir", "host", "port")
        if getattr(options, name, None) is not None
    }
    if given.get("port") == 0:
        from timcheh_app.services.applications import free_port

        given["port"] = free_port(given.get("host", "127.0.0.1"))
    return load_settings(**given, **more)


def refusal(error: Exception) -> str | None:
    """What to say of an error of the product's own; None for any other."""
    # Imported when something went wrong, and not by every command.
    from timcheh.errors import TimchehError, error_detail
    from timcheh.text.catalogue import install
    from timcheh.text.locale import Locale
    from timcheh_app.modules import modules

    if not isinstance(error, TimchehError):
        return None
    install([module.package for module in modules()])
    return f"{error.code}: {error_detail(error, Locale.EN)}"
