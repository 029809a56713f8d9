# civic-etl. Two commands matter: `make demo` runs the main job on sample sites, `make test` checks everything.
# Needs Python 3.11 or later with venv and pip, make and git; nothing else.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock
# Named after what was installed, so that a changed lock or pyproject.toml installs again and nothing else does.
STAMP = $(VENV)/.installed-$(shell cat $(LOCK) pyproject.toml 2>/dev/null | cksum | tr -d ' ')
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_WARN_SCRIPT_LOCATION=1 $(BIN)/python -m pip -qq

.PHONY: help demo test test-storage bench drills fuzz sbom soak install lint types sql unit picture docs explorer screenshots clean check-python

help:
	@echo "make demo     install into .venv and run the whole job on sample sites served on this machine"
	@echo "make test     install and run every check: ruff, mypy, sqlfluff, pytest"
	@echo "make test-storage  the archive in S3 and the warehouse in DuckLake, in .venv-ducklake (needs a PostgreSQL server's programs)"
	@echo "make drills   the fault drills in full (hours): nights killed (KILLS=200), full disks, damage, sites, clocks, Prefect"
	@echo "make fuzz     fuzz what reads strangers' bytes, an hour a target (SECONDS=3600, TARGETS=\"html feed\"), interrupted and continued as you like; uses .venv-fuzz"
	@echo "make sbom     write the bills of materials of both locks to dist (CycloneDX); uses .venv-sbom"
	@echo "make soak     30 nights in a row on a clock of their own, some minutes to an hour (NIGHTS=30); uses .venv-soak"
	@echo "make bench    measure against peers, which go into .venv-bench (PARTS=\"extract parse\", AEB=folder); writes benchmarks/RESULTS.md"
	@echo "make install  install into .venv only"
	@echo "make docs     write docs/settings.md and .env.example from the settings"
	@echo "make picture  run the demo; from its release draw docs/img/ward-year.svg and write the tables in README.md"
	@echo "make explorer rebuild the explorer's assets from their sources (the only thing that needs Node and npm)"
	@echo "make screenshots  draw the pictures of the explorer in docs/img from the demo's release"
	@echo "make clean    remove .venv and caches; the warehouse stays"

demo: install
	@$(BIN)/civic-etl demo

# What takes a second first; then the tests, and beside them one after the other what would leave the other cores idle.
test: install lint
	@$(MAKE) --no-print-directory -j2 unit types sql

install: $(STAMP)

$(STAMP):
	@$(MAKE) --no-print-directory check-python
	@echo "installing into $(VENV) (a few minutes the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --no-deps --require-hashes -r $(LOCK) || { \
	  echo "Installing failed. If a package could not be reached, check the network or the proxy; then run again." >&2; exit 1; }
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/.installed-*
	@touch $@

check-python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "$(PYTHON) is missing. Install Python 3.11 or later, or name one: make demo PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' || { \
	  echo "$$($(PYTHON) --version) is outside 3.11 to 3.14. Name another: make demo PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python has no venv or no pip. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@test -f $(LOCK) || { echo "$(LOCK) is missing: run make in the folder of the checkout" >&2; exit 1; }

lint:
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet

types:
	@$(BIN)/mypy

sql:
	@$(BIN)/sqlfluff lint --nocolor --disable-progress-bar sql src/civic_etl/explorer/queries

unit:
	@$(BIN)/pytest $(PYTEST_OPTIONS)

KILLS ?= 200

drills: install
	@$(BIN)/pytest tests/drills tests/flows/test_dask_lost.py --long --kills $(KILLS) $(PYTEST_OPTIONS)

LAKE := .venv-ducklake
LAKE_LOCK := requirements-ducklake.lock

$(LAKE)/.installed: $(LAKE_LOCK) pyproject.toml
	@$(MAKE) --no-print-directory check-python
	@test -x $(LAKE)/bin/python || $(PYTHON) -m venv $(LAKE)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(LAKE)/bin/python -m pip -qq install --no-deps --require-hashes -r $(LAKE_LOCK)
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(LAKE)/bin/python -m pip -qq install --no-deps --no-build-isolation --editable .
	@touch $@

test-storage: $(LAKE)/.installed
	@$(LAKE)/bin/python -m pytest tests/lake tests/archive/test_objects.py $(PYTEST_OPTIONS)

FUZZ := .venv-fuzz
SOAK := .venv-soak
SBOM := .venv-sbom
SECONDS ?= 3600
NIGHTS ?= 30
SITE_PACKAGES = $(shell $(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

$(FUZZ)/.installed: tests/fuzz/requirements.txt
$(SOAK)/.installed: tests/drills/requirements.txt
$(SBOM)/.installed: tests/supply/requirements.txt
$(FUZZ)/.installed $(SOAK)/.installed $(SBOM)/.installed:
	@test -x $(@D)/bin/python || $(BIN)/python -m venv $(@D)
	@$(@D)/bin/python -m pip -qq install -r $<
	@touch $@

fuzz: install $(FUZZ)/.installed
	@PYTHONPATH="$(SITE_PACKAGES):$(CURDIR)/src" nice -n 19 $(FUZZ)/bin/python tests/fuzz/run.py --record tests/fuzz/record.json \
	  --until $(SECONDS) $(TARGETS)

# Without time, random numbers and the address of any mirror, so that a lock gives the same file everywhere.
sbom: install $(SBOM)/.installed
	@mkdir -p dist
	@for pair in $(LOCK):civic-etl $(LAKE_LOCK):civic-etl-ducklake; do \
	  env -u SOURCE_DATE_EPOCH -u PIP_INDEX_URL PYTHONWARNINGS=ignore $(SBOM)/bin/cyclonedx-py requirements "$${pair%%:*}" \
	    --pyproject pyproject.toml --output-reproducible --output-file "dist/$${pair##*:}.cdx.json" || exit 1; \
	done
	@ls dist/*.cdx.json

soak: install $(SOAK)/.installed
	@PYTHONPATH="$(SITE_PACKAGES):$(CURDIR)/src" nice $(SOAK)/bin/python -m pytest tests/drills/test_soak.py --long \
	  --nights $(NIGHTS) $(PYTEST_OPTIONS)

BENCH := .venv-bench
PEERS := benchmarks/requirements-peers.txt
# The product's packages go before the peers', so that what is measured runs with its own versions.
BENCH_PATH = $(SITE_PACKAGES):$(CURDIR)/src

$(BENCH)/.installed: $(PEERS)
	@test -x $(BENCH)/bin/python || $(BIN)/python -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip -qq install --upgrade pip
	@$(BENCH)/bin/python -m pip -qq install -r $(PEERS)
	@touch $@

bench: install $(BENCH)/.installed $(if $(filter storage,$(PARTS)),$(LAKE)/.installed)
	@PYTHONPATH="$(BENCH_PATH)" nice $(BENCH)/bin/python benchmarks/run.py $(PARTS) $(if $(AEB),--aeb "$(AEB)")

docs: install
	@mkdir -p docs
	@$(BIN)/civic-etl settings --format markdown > docs/settings.md
	@$(BIN)/civic-etl settings --format env > .env.example

picture: demo
	@$(BIN)/python docs/picture.py warehouse/demo docs/img/ward-year.svg
	@$(BIN)/python docs/readme_tables.py warehouse/demo

EXPLORER := src/civic_etl/explorer/frontend

explorer:
	@command -v npm >/dev/null 2>&1 || { echo "npm is missing: install Node 20 or later" >&2; exit 1; }
	@cd $(EXPLORER) && npm ci --no-audit --no-fund --ignore-scripts --loglevel error && npm run --silent build

screenshots: demo
	@CIVIC_ETL_SCREENSHOTS=$(CURDIR)/docs/img CIVIC_ETL_SCREENSHOTS_OF=$(CURDIR)/warehouse/demo/current \
	  $(BIN)/pytest tests/explorer/test_screenshots.py

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis sql/target sql/logs
