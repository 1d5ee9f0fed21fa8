# Two commands do everything on a machine that has git, make and Python 3.11+:
#   make refresh   set up .venv, then documents -> released warehouse on the bundled samples
#   make test      the whole test suite
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
unexport PYTHONDONTWRITEBYTECODE  # compiled once, not in each process that a test starts
STAMP := $(VENV)/.installed

.PHONY: setup refresh test test-fast check format docs bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m compileall -q errors.py extract transform schemas warehouse scoring reports flows
	-$(BIN)/python -m flows.prefect_server make-template  # saves the first refresh its migrations
	touch $(STAMP)

refresh: setup
	$(BIN)/admissions refresh --data $(DATA)

test: setup
	$(BIN)/python -m pytest -n auto

test-fast: setup
	$(BIN)/python -m pytest -n auto -m 'not slow'

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: setup
	$(BIN)/python -m docs.build

bench: setup
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist *.egg-info
