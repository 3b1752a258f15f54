# The two commands for a newcomer are `make run` and `make test`; `make help` lists them all.
PYTHON ?= python3
BIN := .venv/bin
REQUESTS ?= 1000
LISTENERS ?= 2000

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test lint bench lock clean

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Settings: PORT=8000  DATABASE_URL=postgresql://…  PYTHON=/path/to/python3  CHROMIUM=/path/to/chromium"

setup:  ## make the virtual environment in .venv
	@tools/setup requirements.txt "$(PYTHON)"

setup-test:
	@tools/setup requirements-test.txt "$(PYTHON)"

run: setup  ## start Rostrum, on PORT (8000), with DATABASE_URL or a SQLite file in instance/
	@exec $(BIN)/rostrum serve

test: setup-test  ## linters, types, import contracts and every test, on both databases and in Chromium
	@tools/chromium >/dev/null
	@$(MAKE) --no-print-directory lint
	@# Files come in the order of tests/conftest.py, the longest first; loadfile would put those of the most tests first.
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

lint: setup-test  ## linters, types and import contracts alone
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache

bench: setup-test  ## how fast it is on this machine, on both set-ups (REQUESTS=1000 LISTENERS=2000)
	@$(BIN)/python -m bench --requests $(REQUESTS) --listeners $(LISTENERS)

lock:  ## write the hash-locked requirement files anew from pyproject.toml (needs uv; UPGRADE=--upgrade for newer versions)
	@tools/lock $(UPGRADE)

clean:  ## remove what make has made: the virtual environment and caches (never instance/, which holds data)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
