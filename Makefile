# `make` or `make help` lists what can be made.
PYTHON ?= python3
BIN := .venv/bin
# Also for the isolated environments in which pip builds what has no wheel.
PIP := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip

# Real OpenSearch nodes come after the other tests: each of two workers starts nodes of its own.
TESTS := $(BIN)/python -m pytest -n auto --dist loadfile --ignore tests/opensearch
OPENSEARCH_TESTS := $(BIN)/python -m pytest -n 2 --dist loadfile tests/opensearch
# What every engine has to do, done by a cluster.
SAME_TESTS := env XUNWEN_ENGINE=opensearch $(BIN)/python -m pytest -n 2 --dist loadfile tests/golden tests/browser $(wildcard tests/engine/test_conformance_*.py)
# A server that hangs must not hang CI. An interrupt has pytest say where it was and end the nodes.
LIMIT := $(if $(XUNWEN_REQUIRE_ALL),timeout --verbose --signal=INT --kill-after=20 900)

.DEFAULT_GOAL := help
.PHONY: help setup run test test-opensearch lint bench soak screenshots catalogs clean

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.installed  ## make .venv and install what the commands need

run: .venv/.installed  ## index seeds/ and serve the page, its address printed
	@# A file that cannot be read is named and the rest is served; only an index that does not open
	@# (made by other code, damaged) is built again.
	@$(BIN)/search index --quiet seeds/ || $(BIN)/search status >/dev/null 2>&1 \
	  || $(BIN)/search index --quiet --rebuild seeds/ || $(BIN)/search status >/dev/null
	@$(BIN)/search serve

test: .venv/.installed-dev  ## run all tests and checks
	@$(TESTS)
	@$(LIMIT) $(OPENSEARCH_TESTS)
	@$(LIMIT) $(SAME_TESTS)
	@$(MAKE) --no-print-directory lint

test-opensearch: .venv/.installed-dev  ## fetch OpenSearch, once, and run the tests that need it
	@$(BIN)/python -m tests.opensearch.fetching
	@$(OPENSEARCH_TESTS)
	@$(SAME_TESTS)

lint: .venv/.installed-dev  ## check style and types
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet . && $(BIN)/mypy --no-error-summary && echo "lint: clean"

bench: .venv/.installed-bench  ## measure speed beside tantivy, stock Whoosh and SQLite
	@$(BIN)/python -m bench.speed

soak: .venv/.installed-dev  ## run the long tests whole
	@XUNWEN_SOAK=1 $(TESTS)
	@XUNWEN_SOAK=1 $(OPENSEARCH_TESTS)
	@XUNWEN_SOAK=1 $(SAME_TESTS)

screenshots: .venv/.installed-dev  ## draw the pages that the documents show again
	@XUNWEN_SCREENSHOTS=1 $(BIN)/python -m pytest -q tests/browser/test_screenshots.py

catalogs: .venv/.installed-dev  ## compile the translations
	@$(BIN)/python .ci/compile-catalogs

clean:  ## remove what make made, the index excepted
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "make: $(PYTHON) is older than 3.11; name a newer one with 'make PYTHON=python3.12 …'" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	@$(PIP) install --quiet --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed
	@$(PIP) install --quiet --editable '.[dev]'
	@touch $@

.venv/.installed-bench: .venv/.installed
	@$(PIP) install --quiet --editable '.[bench]'
	@touch $@
