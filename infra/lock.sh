#!/bin/sh
# Resolves pyproject.toml into requirements.lock: exact versions with hashes, no address of any
# registry, so that each machine installs from wherever its own pip is told to. What only the
# mutants need is resolved on top of that and installed by nobody else.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp pyproject.toml README.md LICENSE "$work"/
uv lock --quiet --directory "$work" "$@"
uv export --quiet --directory "$work" --all-extras --no-emit-project --no-header --no-annotate \
    --output-file "$work/requirements.lock"
cp "$work/requirements.lock" requirements.lock
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --constraint requirements.lock --output-file infra/mutants/requirements.lock \
    infra/mutants/requirements.in
