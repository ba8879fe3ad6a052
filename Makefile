# Two verbs do everything: `make lab` to learn and teach, `make test` to check. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh

VENV := .venv
# Windows' Python puts its programs in Scripts, everybody else's in bin.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python

# The first Python on this machine that is new enough and can make an environment.
# A name may exist and yet not run (a version manager's shim), so each one is tried.
PYTHON = $(shell for p in python3.12 python3.13 python3.11 python3.14 python3 python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$p"; break; }; done)

# The same clock and the same language on every machine, so that outputs are the same too.
export TZ := UTC
export LC_ALL := C.UTF-8
export PYTHONHASHSEED := 0

LAB_ARGS ?=
TEST_ARGS ?=

.PHONY: help env env-test lab fresh test notebooks data lint bench latest lock

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(VENV)/.lab ## build .venv from the lock (nothing to do when it is up to date)

env-test: $(VENV)/.test

$(VENV)/.lab: requirements.txt tools/lab_overrides.json
	@p="$(PYTHON)"; if [ -z "$$p" ]; then \
		echo "No Python 3.11 or newer with venv was found. Install one (Debian: apt install python3 python3-venv)."; exit 1; fi; \
	echo "Building $(VENV) with $$p. This happens once and takes a minute or two."; \
	"$$p" -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@mkdir -p $(VENV)/share/jupyter/lab/settings && cp tools/lab_overrides.json $(VENV)/share/jupyter/lab/settings/overrides.json
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.lab
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

lab: env ## open JupyterLab on your own copy of the lessons (LAB_ARGS="…" goes to JupyterLab)
	@$(PY) -m tools.student_copy
	@$(PY) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/my_notebooks/00_start_here.ipynb $(LAB_ARGS)

fresh: env ## put a new copy of one lesson beside your old one: make fresh LESSON=03
	@$(PY) -m tools.student_copy --fresh "$(LESSON)"

test: env-test ## run every test
	@$(PY) -m pytest $(TEST_ARGS)

notebooks: env-test ## run the lessons and store their outputs (changes nothing when nothing changed)
	@$(PY) -m tools.refresh_notebooks && $(PY) -m tools.gallery && $(PY) -m tools.lesson_table

data: env-test ## derive earliest and latest, sort the tables, refresh hashes and counts
	@$(PY) -m tools.refresh_data

lint: env-test ## ruff and mypy over code and notebooks
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

bench: env-test ## measure speed, as ratios against a baseline in the same run
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/bench -r benchmarks/requirements.txt
	@$(PY) -m benchmarks.run && $(PY) -m benchmarks.timeline

latest: env-test ## try the newest versions of everything and report (never fails the build)
	@$(PY) -m tools.try_latest

lock: env-test ## write the lock files anew from pyproject.toml
	@$(PY) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml -o requirements.txt
	@$(PY) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		pyproject.toml --extra test -c requirements.txt -o requirements-test.txt
