"""`python -m timcheh_app.cli` is `timcheh`."""

import sys

from timcheh_app.cli import main

sys.exit(main())
