# Two commands on a fresh machine: `make lab` and `make test`. Both need only Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin
FIRST = $(patsubst notebooks/%,%,$(firstword $(sort $(wildcard notebooks/*/*.ipynb))))
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help lab test lint notebooks build lock clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

lab: .venv/lab ## open the course in JupyterLab
	jupyter lab --ServerApp.root_dir="$(CURDIR)/notebooks" --LabApp.default_url=/lab/tree/$(FIRST)

test: .venv/test lint notebooks ## run everything that must hold
	course build --check
	python -m pytest -n auto --dist loadfile --ignore=tests/grading
	python -m pytest tests/grading  # uses all cores by itself

lint: .venv/test ## check style and format
	ruff check
	ruff format --check

notebooks: .venv/test ## run every notebook again and compare the outputs
	python -m pytest -q -n auto --dist loadscope --nbval --nbval-sanitize-with tests/nbval.cfg --nbval-cell-timeout 120 solutions
	python -m pytest -q -n auto --dist loadscope --nbval-lax --nbval-cell-timeout 120 notebooks

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
