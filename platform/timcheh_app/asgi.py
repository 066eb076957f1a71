"""The composition root of the web: what Granian serves."""

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
    return build_app(settings, modules())
