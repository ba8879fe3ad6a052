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

# The teacher's verbs take their options in ARGS: make grade ARGS="ps1 --submissions ~/handed_in". CLASSROOM=--help explains.
ARGS ?=
CLASSROOM = $(PY) -m helpers.classroom

.PHONY: help env env-classroom env-site env-test lab fresh test notebooks data plan print release bundle grade report new \
	book slides site lint bench latest lock

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(VENV)/.lab ## build .venv from the lock (nothing to do when it is up to date)

env-classroom: $(VENV)/.classroom

env-site: $(VENV)/.site

env-test: $(VENV)/.test

$(VENV)/.lab: requirements.txt tools/lab_overrides.json
	@p="$(PYTHON)"; if [ -z "$$p" ]; then \
		echo "No Python 3.11 or newer with venv was found. Install one (Debian: apt install python3 python3-venv)."; exit 1; fi; \
	echo "Building $(VENV) with $$p. This happens once and takes a minute or two."; \
	"$$p" -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@mkdir -p $(VENV)/share/jupyter/lab/settings && cp tools/lab_overrides.json $(VENV)/share/jupyter/lab/settings/overrides.json
	@touch $@

# One lock for each further need. What the tests need holds the two others.
$(VENV)/.classroom $(VENV)/.site $(VENV)/.test: $(VENV)/.%: requirements-%.txt $(VENV)/.lab
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
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

plan: env-test ## sum the minutes, write the tables of the teacher's guide, the glossary and the links to it
	@$(PY) -m tools.glossary $(ARGS) && $(CLASSROOM) plan $(ARGS) && $(PY) -m tools.teaching_tables $(ARGS)

print: env-classroom ## make the kit for a lesson without computers, as PDF, in build/print
	@$(CLASSROOM) print $(ARGS)

new: env-classroom ## begin a course on another article: make new ARGS="DIR"
	@$(CLASSROOM) new $(ARGS)

release: env-classroom ## make the student edition of an assignment: make release ARGS="ps1"
	@$(CLASSROOM) release $(ARGS)

bundle: env-classroom ## make one zip for the room
	@$(CLASSROOM) bundle $(ARGS)

grade: env-classroom ## mark what students handed in: make grade ARGS="ps1 --submissions DIR"
	@$(CLASSROOM) grade $(ARGS)

report: env-classroom ## show a marked class at a glance: make report ARGS="ps1"
	@$(CLASSROOM) report $(ARGS)

book: env-test ## make the reading edition in build/book
	@$(PY) -m tools.book $(ARGS)

slides: env-test ## make the slides of every lesson in build/slides
	@$(PY) -m tools.slides $(ARGS)

site: env-site ## make the edition that runs in a browser with no server, in build/site
	@$(PY) -m tools.site $(ARGS)

lint: env-test ## ruff and mypy over code and notebooks
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

bench: env-test ## measure speed, as ratios against a baseline in the same run
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/bench -r benchmarks/requirements.txt
	@$(PY) -m benchmarks.run && $(PY) -m benchmarks.timeline && $(PY) -m benchmarks.engine --quick && $(PY) -m benchmarks.grading

latest: env-test ## try the newest versions of everything and report (never fails the build)
	@$(PY) -m tools.try_latest

COMPILE = $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml

lock: env-test ## write the lock files anew from pyproject.toml
	@$(COMPILE) -o requirements.txt
	@$(COMPILE) --all-extras -c requirements.txt -o requirements-test.txt
	@$(COMPILE) --extra classroom -c requirements-test.txt -o requirements-classroom.txt
	@$(COMPILE) --extra site -c requirements-test.txt -o requirements-site.txt
