# The house from outside. `make` alone lists what there is; Python 3.11 or newer and make are all that is needed.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

FIND_PYTHON = for name in $(IISG_PYTHON) python3.11 python3 python3.12 python3.13 python3.14 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { command -v "$$name"; exit 0; }; done; true
PYTHON := $(shell $(FIND_PYTHON))
BIN := .venv/bin

.PHONY: help demo run test check bench docs lock clean format environment development frontend python

help: ## this list
	@echo "make demo    set up, load the demonstration data, print the mapping, serve on http://127.0.0.1:8000 (PORT=)"
	@echo "make run     serve what is in the database (IISG_MODE, IISG_DATABASE, PORT=), worker inside"
	@echo "make test    everything: style, types, order of imports, tests on SQLite, in Chromium and on PostgreSQL"
	@echo "make check   the quick part of it: style, types, order of imports, the laws of the house"
	@echo "make bench   the figures: suggestions and readers against real files and other people's data"
	@echo "make docs    write the pages of docs/ that come from the code, and check every link"
	@echo "make format  lay out the code the one way"
	@echo "make lock    resolve requirements.txt and requirements-dev.txt anew, with hashes"
	@echo "make clean   remove what was built; the database under var/ stays"

python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found."; \
	echo "Cure: install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: IISG_PYTHON=/path/to/python make demo"; \
	exit 1; }

environment: python
	@"$(PYTHON)" config/installation.py runtime

development: python
	@"$(PYTHON)" config/installation.py development

frontend:
	@$(BIN)/python -m config.frontend

demo: environment frontend
	@exec $(BIN)/iisg demo

run: environment frontend
	@exec $(BIN)/iisg serve

check: development
	@$(BIN)/python -m tests.lanes check

test: development frontend
	@$(BIN)/python -m tests.lanes test

bench: development
	@$(BIN)/python -m tests.lanes bench

docs: development
	@$(BIN)/python -m config.handbook

format: development
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

LOCK = $(BIN)/uv pip compile pyproject.toml --no-config --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: development
	@$(LOCK) $(UPGRADE) --output-file requirements.txt
	@$(LOCK) $(UPGRADE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	@echo "Locks written. UPGRADE=--upgrade takes newer releases; the next make installs them."

clean:
	@rm -rf .venv build node_modules var/frontend var/frontend.stamp var/static var/log .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	.import_linter_cache .coverage .coverage.* htmlcov *.egg-info
	@find config iisg tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean. The database and the uploaded files under var/ were left alone."
