"""`python -m timcheh_app.cli.demo_loader WEEKS`: loads the demo mall, prints the sign-ins."""

import sys

from timcheh.settings import load_settings
from timcheh_app.services.orphan import die_with_parent


def main() -> int:
    from timcheh_app.demo import run_demo
    from timcheh_app.demo.source import DemoDataMissing

    die_with_parent()
    try:
        run_demo(load_settings(), weeks=int(sys.argv[1]))
    except DemoDataMissing as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
