"""The worker."""

import signal

from timcheh_app.services.orphan import die_with_parent

if __name__ == "__main__":
    die_with_parent()
    signal.sigwait({signal.SIGTERM})
