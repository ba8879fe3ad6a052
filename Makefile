# Two commands do everything: `make lab` to learn and teach, `make test` to check. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh

VENV := .venv
# Windows' Python puts its programs in Scripts, everybody else's in bin.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python

# Another Python for the environment: make env PYTHON=/path/to/python3. By default the first that is able to.
PYTHON =

# The same clock and the same language on every machine, so that outputs are the same too.
export TZ := UTC
export LC_ALL := C.UTF-8
export PYTHONHASHSEED := 0
# What a person has set for other work is kept out: it would end Python, put other packages or kernels in the place of the
# course's, or change what a figure is drawn with. The kernels of this environment go before those of the person.
unexport PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONSAFEPATH PYTHONOPTIMIZE PYTHONWARNINGS PYTHONIOENCODING PYTHONPLATLIBDIR
unexport JUPYTER_PATH JUPYTER_CONFIG_PATH JUPYTERLAB_DIR MPLBACKEND
export JUPYTER_PREFER_ENV_PATH := 1

LAB_ARGS ?=
TEST_ARGS ?=

# The teacher's commands take their options in ARGS: make grade ARGS="ps1 --submissions ~/handed_in". CLASSROOM=--help explains.
ARGS ?=
CLASSROOM = $(PY) -m classroom

# Makes a part of the environment, or runs pip in it without the person's targets and constraints.
BUILD = tools/environment.py
# An environment is built anew when its Python was removed, or was replaced by one that does not see the packages.
KNOWS = import importlib.util as u; print(all(map(u.find_spec, ("jupyterlab", "pandas"))))
ANEW = $(shell test ! -e $(VENV)/.lab || $(PY) -I -c '$(KNOWS)' 2>/dev/null | grep -qx True || echo anew)

.PHONY: anew help env env-classroom env-hub env-site env-test lab fresh test quick notebooks translate data plan print changes release \
	bundle grade mark report hub new book slides poster site site-proof lint bench bench-hub latest lock

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(VENV)/.lab ## build .venv from the lock (nothing to do when it is up to date)

env-classroom: $(VENV)/.classroom

env-hub: $(VENV)/.hub

env-site: $(VENV)/.site

env-test: $(VENV)/.test

$(VENV)/.lab: requirements.txt tools/lab_overrides.json $(wildcard tools/lab_letters/*) $(ANEW)
	@p="$$(sh tools/find_python.sh $(if $(PYTHON),"$(PYTHON)"))" && \
	echo "Building $(VENV) with $$p. This happens once and takes a minute or two." && "$$p" -I $(BUILD) lab

# One lock for each further need. What the tests need holds the others.
$(VENV)/.classroom $(VENV)/.hub $(VENV)/.site $(VENV)/.test: $(VENV)/.%: requirements-%.txt $(VENV)/.lab
	@$(PY) -I $(BUILD) $*

# On a hub the teacher marks with this environment, and may not change it.
$(VENV)/.hub: $(VENV)/.classroom

# Where JupyterLab starts, and with what it reads files and finds kernels, is said in each of the places in which a person's own
# settings may say otherwise: a folder elsewhere, or a program that is not in this environment, would keep it from starting.
IN_THE_COURSE = --ServerApp.root_dir=. --FileContentsManager.root_dir=. --ServerApp.preferred_dir=. \
	--FileContentsManager.preferred_dir= \
	--ServerApp.contents_manager_class=jupyter_server.services.contents.largefilemanager.AsyncLargeFileManager \
	--ServerApp.kernel_spec_manager_class=jupyter_client.kernelspec.KernelSpecManager \
	--LabApp.default_url="/lab/tree/$$($(PY) -m classroom.lesson_files --last $(IN_LANGUAGE))"
# Lessons in another language: make lab LESSONS=ur
LESSONS =
IN_LANGUAGE = $(if $(LESSONS),--language "$(LESSONS)")

lab: env ## open JupyterLab on your own copy of the lessons, where you left off (LESSONS=ur or ar: those in Urdu or Arabic)
	@$(PY) -m classroom.lesson_files $(IN_LANGUAGE)
	@$(PY) -m jupyterlab $(IN_THE_COURSE) $(LAB_ARGS)

fresh: env ## put a new copy of one lesson beside your old one: make fresh LESSON=03
	@$(PY) -m classroom.lesson_files --fresh "$(LESSON)" $(IN_LANGUAGE)

test: env-test ## run every test
	@$(PY) -m pytest $(TEST_ARGS)

# None of these tests waits for anything, so that a process beyond a core would only collect them all once more.
quick: env-test ## run the unit tests alone, in a minute
	@$(PY) -m pytest -m "not slow" -n auto --maxprocesses 4 tests $(TEST_ARGS)

notebooks: env-test ## run the lessons and store their outputs (changes nothing when nothing changed)
	@$(PY) -m tools.content.refresh_notebooks && $(PY) -m tools.content.gallery && $(PY) -m tools.content.lesson_table

translate: env-test ## bring the .po files up to date and build the lessons of a language: make translate TO=ur
	@$(PY) -m tools.content.translate --to "$(TO)" $(ARGS)

data: env-test ## derive earliest and latest, sort the tables, refresh hashes and counts
	@$(PY) -m tools.content.refresh_data

plan: env-test ## sum the minutes, write the tables of the teacher's guide, the glossary and the links to it
	@$(PY) -m tools.content.glossary $(ARGS) && $(CLASSROOM) plan $(ARGS) && $(PY) -m tools.content.teaching_tables $(ARGS)

print: env-classroom ## make the kit for a lesson without computers, as PDF, in build/print
	@$(CLASSROOM) print $(ARGS)

changes: env-classroom ## list what sheets printed from older tables say wrongly today: make changes ARGS="0.2.0"
	@$(CLASSROOM) changes $(ARGS)

new: env-classroom ## begin a course on another article: make new ARGS="DIR"
	@$(CLASSROOM) new $(ARGS)

release: env-classroom ## make the student edition of an assignment: make release ARGS="ps1"
	@$(CLASSROOM) release $(ARGS)

bundle: env-classroom ## make one zip for a classroom
	@$(CLASSROOM) bundle $(ARGS)

hub: env-hub ## make a hub for a class, a folder that a teacher or admin runs: make hub ARGS="DIR"
	@$(CLASSROOM) hub $(ARGS)

grade: env-classroom ## mark what students handed in: make grade ARGS="ps1 --submissions DIR"
	@$(CLASSROOM) grade $(ARGS)

mark: env-classroom ## mark written answers, question by question: make mark ARGS="ps1"
	@$(CLASSROOM) mark $(ARGS)

report: env-classroom ## show a marked class at a glance: make report ARGS="ps1"
	@$(CLASSROOM) report $(ARGS)

book: env-test ## make the reading edition in build/book
	@$(PY) -m tools.editions.book $(ARGS)

slides: env-test ## make the slides of every lesson in build/slides
	@$(PY) -m tools.editions.slides $(ARGS)

poster: env-test ## make the poster for a wall in build/poster, A2 and A1 (ARGS="--verdicts": with what became of each claim)
	@$(PY) -m tools.editions.poster $(ARGS)

site: env-site ## make the edition that runs in a browser with no server, in build/site
	@$(PY) -m tools.editions.site $(ARGS)

site-proof: env-test ## run all lessons in a browser with the real packages: make site-proof ARGS="--wheels DIR"
	@$(PY) -m tools.editions.site.proof $(ARGS)

lint: env-test ## ruff and mypy over code and notebooks
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

bench: env-test ## measure speed, as ratios against a baseline in the same run
	@$(PY) -I $(BUILD) pip install --quiet --no-deps --upgrade --target $(VENV)/bench -r benchmarks/requirements.txt
	@$(PY) -m benchmarks.run && $(PY) -m benchmarks.timeline && $(PY) -m benchmarks.charts && $(PY) -m benchmarks.engine --quick && $(PY) -m benchmarks.grading && $(PY) -m benchmarks.parts

bench-hub: env-test ## thirty students on a hub of this machine, up to half an hour: make bench-hub ARGS="--system-users"
	@$(PY) -m benchmarks.hub $(ARGS)

latest: env-test ## try the newest versions of everything and report (never fails the build)
	@$(PY) -m tools.try_latest

COMPILE = $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml

lock: env-test ## write the lock files anew from pyproject.toml
	@$(COMPILE) -o requirements.txt
	@$(COMPILE) --all-extras -c requirements.txt -o requirements-test.txt
	@$(COMPILE) --extra classroom -c requirements-test.txt -o requirements-classroom.txt
	@$(COMPILE) --extra classroom --extra hub -c requirements-test.txt -o requirements-hub.txt
	@$(COMPILE) --extra site -c requirements-test.txt -o requirements-site.txt
