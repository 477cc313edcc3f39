# Two commands on a fresh machine: `make lab` and `make test`. Both need only Python 3.11+ and make.
# ARGS is handed on: make test ARGS="-k softmax"
PYTHON ?= python3
BIN := .venv/bin
FIRST = $(patsubst notebooks/%,%,$(firstword $(sort $(wildcard notebooks/*/*.ipynb))))
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help lab check test test-all build lock clean

help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/'

lab: .venv/lab ## open the course in JupyterLab
	jupyter lab --ServerApp.root_dir="$(CURDIR)/notebooks" --LabApp.default_url=/lab/tree/$(FIRST)

check: .venv/test ## while working: style, sources and the quick tests, about a minute
	$(CURDIR)/$(BIN)/python -m tests check $(ARGS)

test: .venv/test ## before a commit: all that guards a user
	$(CURDIR)/$(BIN)/python -m tests test $(ARGS)

test-all: .venv/test ## after `make test`: what it leaves out for its time
	$(CURDIR)/$(BIN)/python -m tests full $(ARGS)

build: .venv/test ## make the notebooks from their text sources
	course build

lock: .venv/test ## pin anew what the course and its tests need
	pip install --quiet uv
	uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --upgrade requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --upgrade requirements-test.in -o requirements-test.txt

clean: ## remove the environment and what tests left
	rm -rf .venv artifacts .pytest_cache .ruff_cache .hypothesis

.venv/lab: requirements.txt pyproject.toml | .venv/bin
	pip install --quiet -r requirements.txt
	@touch $@

.venv/test: requirements-test.txt pyproject.toml | .venv/bin
	pip install --quiet -r requirements-test.txt
	@touch $@ .venv/lab

.venv/bin:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "The course needs Python 3.11 or newer; this is %d.%d. Say which to use: make lab PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
