"""`python -m timcheh_app.scheduler`: the one scheduler process of the tree."""

from timcheh.jobs.scheduler import run_scheduler
from timcheh.settings import load_settings
from timcheh_app.logs import configure_logging
from timcheh_app.modules import modules
from timcheh_app.services.orphan import die_with_parent


def main() -> None:
    """Runs until SIGTERM or SIGINT."""
    die_with_parent()
    settings = load_settings()
    configure_logging(settings)
    run_scheduler(settings, modules())


if __name__ == "__main__":
    main()
