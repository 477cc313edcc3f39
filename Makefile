# On a fresh machine: `make lab`, then `make test`. Both need only Python 3.11+ and make.
# ARGS is handed on: make lab ARGS=--no-browser, make test ARGS="-k softmax".
# The make of macOS, 3.81, looks programs up in the old PATH: those of .venv are named in full.
PYTHON ?= python3
BIN := $(CURDIR)/.venv/bin
SETUP = "$(PYTHON)" "$(CURDIR)/bootstrap.py"
export BOOTSTRAP_TYPED = make $(MAKECMDGOALS)

.PHONY: help lab desk check test test-all build lock clean environment

help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/'

lab: ## set up what is missing, and open the course in JupyterLab
	@$(SETUP) lab $(ARGS)

desk: ## the same for instructors: sources, Formgrader
	@$(SETUP) desk $(ARGS)

check: environment ## while working: style, sources and the quick tests, about a minute
	"$(BIN)/python" -m tests check $(ARGS)

test: environment ## before a commit: all that guards a user
	"$(BIN)/python" -m tests test $(ARGS)

test-all: environment ## after `make test`: what it leaves out for its time
	"$(BIN)/python" -m tests full $(ARGS)

build: environment ## make the notebooks from their text sources
	"$(BIN)/python" -m helpers.course.cli build

COMPILE = "$(BIN)/python" -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --extra build --extra lab

lock: environment ## pin anew what the course, its tests and Binder need
	"$(BIN)/python" -m pip install --quiet uv
	$(COMPILE) --extra course --upgrade -o requirements.txt
	$(COMPILE) --extra course --extra test --extra cluster --upgrade -c requirements.txt -o requirements-test.txt
	$(COMPILE) --upgrade -c requirements.txt -o binder/requirements.txt

clean: ## remove the environment and what tests left
	rm -rf .venv artifacts .pytest_cache .ruff_cache .hypothesis

environment: # what the tests need
	@$(SETUP) test-environment
