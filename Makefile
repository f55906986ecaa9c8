# Sauma. `make` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
UV := .venv/bin/uv
PO := $(wildcard placement/translations/*/LC_MESSAGES/*.po)
CODE := placement matching jobs tests benchmarks hatch_build.py
export OMP_NUM_THREADS := 1

.PHONY: help setup run test lint unit postgresql journeys messages bench browser check-wheel clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready ## Make .venv and install everything

.venv/.ready: pyproject.toml requirements-dev.txt hatch_build.py
	@test -x $(PY) || python3 -m venv .venv
	@test -x $(UV) || .venv/bin/pip install --quiet --disable-pip-version-check uv || true
	@if test -x $(UV); then $(UV) pip install --quiet --python $(PY) --require-hashes -r requirements-dev.txt; \
	 else .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt; fi
	@if test -x $(UV); then $(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation -e .; \
	 else .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; fi
	@touch $@

.venv/.translated: .venv/.ready $(PO)
	@for po in $(PO); do $(PY) -m babel.messages.frontend compile --input-file $$po --output-file $${po%.po}.mo --locale $$(basename $$(dirname $$(dirname $$po))) >/dev/null 2>&1 || exit 1; done
	@touch $@

run: .venv/.translated ## Start the demo: web and jobs, with invented data
	@$(PY) -m placement.cli run-demo

test: .venv/.translated browser ## Everything: lint, types, layers, tests on both databases, browser journeys
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory postgresql
	@$(MAKE) --no-print-directory journeys

lint: .venv/.translated ## Style, types, import layers, templates
	$(PY) -m ruff check $(CODE)
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --profile jinja --lint templates --quiet

unit: .venv/.translated ## Tests on SQLite, without a browser
	$(PY) -m pytest -n 2 -m "not browser" tests

postgresql: .venv/.translated ## The tests that talk to the database, on PostgreSQL
	$(PY) -m pytest -n 2 --postgresql -m "not browser" tests/domain tests/web tests/jobs

journeys: .venv/.translated browser ## Journeys in a real browser, with accessibility checks
	$(PY) -m pytest -n 2 --dist loadfile -m browser tests/journeys

browser: ## Chromium for the journeys and Pango for PDF, from the system's packages where they are missing
	@ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || { \
	 echo "Pango is missing: trying to install it with apt-get."; \
	 { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core >/dev/null; } \
	 || echo "!!! No Pango: PDF files cannot be made, the print pages work."; }
	@command -v chromium >/dev/null 2>&1 || { \
	 echo "Chromium is missing: trying to install it with apt-get."; \
	 { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
	 || echo "!!! No Chromium: the browser journeys will be skipped, or fail under CI."; }

messages: .venv/.ready ## Take new texts into the catalogues
	$(PY) -m babel.messages.frontend extract -F babel.cfg -k _l -k pgettext:1c,2 --no-location --sort-output --project Sauma --version 1 --copyright-holder Sauma --msgid-bugs-address "" -o placement/translations/messages.pot placement templates jobs
	@for code in fi sv; do $(PY) -m babel.messages.frontend update --ignore-pot-creation-date --ignore-obsolete --no-fuzzy-matching --no-wrap -i placement/translations/messages.pot -d placement/translations -l $$code 2>/dev/null || \
	 $(PY) -m babel.messages.frontend init --no-wrap -i placement/translations/messages.pot -d placement/translations -l $$code; done

bench: .venv/.translated ## Speed of ranking and pages
	@for bench in benchmarks/*.py; do case $$bench in */__init__.py) ;; *) PYTHONPATH=. $(PY) $$bench || exit 1;; esac; done

check-wheel: .venv/.ready ## Build the wheel and start the app from it in an empty folder
	@bash tests/support/check_wheel.sh

clean: ## Remove what was made, but not the instance folder
	rm -rf .venv build dist *.egg-info .ruff_cache .mypy_cache .hypothesis
