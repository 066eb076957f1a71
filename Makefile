# A fresh Debian with python3, pip and make is enough for each target.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
WORKERS ?= auto
SOURCES := platform billing members merchants exchange shared_pool lottery mall_portal infra tests

# Where the environment forbids it to keep what it compiled, Python compiles all of the product anew in
# each of its processes: six seconds of CPU instead of two, six times for each tree that a test starts.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test nightly mutants check bench lighthouse features docs format migration lock clean

setup: $(INSTALLED)

$(BIN)/python:
	$(PYTHON) -m venv --without-pip $(VENV)

# The pip of the system installs into the environment: a bare Debian has no ensurepip.
$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --require-hashes -r requirements.lock
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	$(BIN)/timcheh demo $(ARGS)

test: setup
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

# The same tests with what takes hours: many more examples, rounds of kills, minutes of load.
nightly: setup
	HYPOTHESIS_PROFILE=nightly $(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

# Small mistakes in the rules, the lots and the ledger, one at a time: do the tests notice?
# make mutants ARGS="sql draw_lots" tries some only.
mutants: $(VENV)/.mutants
ifdef ARGS
	$(BIN)/python -m infra.mutants $(ARGS)
else
	$(BIN)/python -m infra.mutants python
	$(BIN)/python -m infra.mutants sql
endif

$(VENV)/.mutants: infra/mutants/requirements.lock $(INSTALLED)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --require-hashes -r $<
	@touch $@

check: setup
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: setup
	$(BIN)/python -m timcheh_app.bench $(if $(QUICK),--quick) $(ARGS)

# On a running demo: make lighthouse URL=http://127.0.0.1:8000. Needs Node and Chromium, as nothing else does.
LIGHTHOUSE := infra/lighthouse
URL ?= http://127.0.0.1:8000

lighthouse: setup
	@command -v npm >/dev/null || { echo "Lighthouse needs Node 18.16 or newer with npm; nothing else of Timcheh does." >&2; exit 2; }
	test $(LIGHTHOUSE)/node_modules/.package-lock.json -nt $(LIGHTHOUSE)/package-lock.json || npm ci --prefix $(LIGHTHOUSE) --ignore-scripts
	$(BIN)/python -m infra.lighthouse $(URL) $(if $(DATA_DIR),--data-dir $(DATA_DIR)) $(ARGS)

features: setup
	$(BIN)/python infra/features.py

# Writes docs/settings.md anew from the settings themselves.
docs: setup
	$(BIN)/python -m timcheh.settings_reference docs/settings.md

format: setup
	$(BIN)/ruff check --quiet --fix $(SOURCES)
	$(BIN)/ruff format --quiet $(SOURCES)

# make migration NAME="what changed": the next revision, from the difference to the models.
migration: setup
	$(BIN)/python -m timcheh_app.revise "$(NAME)"
	$(BIN)/ruff check --quiet --fix platform/timcheh_app/migrations/versions
	$(BIN)/ruff format --quiet platform/timcheh_app/migrations/versions

# Needs uv; everything else needs only the result.
lock:
	infra/lock.sh

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
