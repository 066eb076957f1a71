"""The composition root of the web: what Granian serves."""

import gc

from timcheh.settings import load_settings
from timcheh.web.app import build_app
from timcheh.web.shell import Shell
from timcheh_app.logs import configure_logging
from timcheh_app.modules import modules
from timcheh_app.services.orphan import die_with_parent


def create_app() -> Shell:
    """The application of one web process, with the settings of its environment."""
    die_with_parent()
    settings = load_settings()
    configure_logging(settings)
    app = build_app(settings, modules())
    _spare_the_collector()
    return app


def _spare_the_collector() -> None:
    """Lets the collector of reference cycles pass over what lives as long as the process.

    With Python's own thresholds it looked through all of it several times a second, for a fifth of
    a purchase's time; requests hardly make cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
