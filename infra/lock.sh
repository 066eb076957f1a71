#!/bin/sh
# Resolves pyproject.toml into requirements.lock: exact versions with hashes, no address of any
# registry, so that each machine installs from wherever its own pip is told to.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp pyproject.toml README.md LICENSE "$work"/
uv lock --quiet --directory "$work" "$@"
uv export --quiet --directory "$work" --all-extras --no-emit-project --no-header --no-annotate \
    --output-file "$work/requirements.lock"
cp "$work/requirements.lock" requirements.lock
