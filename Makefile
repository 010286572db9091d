# Two commands do all the set-up on a machine that has Python 3.11 to 3.13 and make:
#   make demo    installs into .venv, scans the sample articles, says where the report lies
#   make test    the same .venv, then lint, types and tests
# Further: make format, make check-wheel, make clean.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

# The first Python that can run this; a name on the path may be a shim without a Python behind it, so each is tried.
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
	$$name -c '$(FITS)' >/dev/null 2>&1 && { echo $$name; break; }; done)

# The constraints pin what CI ran, torch above all: see "Set-up" in README.md.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test format check-wheel browser clean

demo: $(INSTALLED)
	$(BIN)/contradict scan corpus -o out/demo

test: $(INSTALLED_DEV) browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

format: $(INSTALLED_DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The wheel in an environment that is empty indeed: every dependency is installed anew, some minutes.
check-wheel: $(INSTALLED_DEV)
	EMPTY_ENVIRONMENT=1 $(BIN)/pytest -m wheel

# The browser that the tests of the pages drive. Where it cannot be had they are skipped, and say so.
browser:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing chromium." && \
		{ apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1; } || true

clean:
	rm -rf $(VENV) build dist out

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "no Python 3.11 to 3.13 with venv found; name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing contradict and the libraries it needs into $(VENV); this takes some minutes the first time."
	$(INSTALL) -e .
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	@echo "Installing what the tests need into $(VENV)."
	$(INSTALL) -e '.[dev]'
	@touch $@
