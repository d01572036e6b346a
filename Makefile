# `make demo` shows Alphorn on this machine, `make test` checks it; both bring everything they need.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
DATA ?= var/demo
ARGS ?=

PY := .venv/bin/python
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
# One test process per core; each has a database of its own.
PYTEST := $(PY) -m pytest -n logical --dist worksteal

.PHONY: help demo test check-style check-sqlite check-postgres format screenshots lock environment \
	test-environment translations clean

help:
	@echo "make demo           show Alphorn on this machine       PORT=8000 DATA=var/demo"
	@echo "make test           every check, on SQLite and on PostgreSQL"
	@echo "make check-style    style, templates and migrations only"
	@echo "make check-sqlite   the tests on SQLite                ARGS='tests/forum -k reply'"
	@echo "make check-postgres the tests on PostgreSQL            DATABASE_URL_TEST=postgres://..."
	@echo "make format         write the code in the house style"
	@echo "make screenshots    take the pictures of the docs anew"
	@echo "make lock           renew the lock files after a change of pyproject.toml"
	@echo "make clean          remove the environment and the demo's data"

# Variables of a real site, if there are any, must not reach the demo. Ctrl-C goes to the demo itself, not to a shell
# around it, so that make has nothing to complain of.
demo: environment translations
	@exec env -u DATABASE_URL -u EMAIL_URL -u REDIS_URL -u DJANGO_SETTINGS_MODULE \
		DEMO=1 DATA="$(DATA)" SITE_URL="http://localhost:$(PORT)" $(PY) manage.py demo

test: check-style check-sqlite check-postgres

check-style: test-environment
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run --settings tests.settings

check-sqlite: test-environment translations
	$(PYTEST) $(ARGS)

check-postgres: test-environment translations
	$(PY) -m tests.postgres $(PYTEST) $(ARGS)

format: test-environment
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

screenshots: test-environment translations
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && DJANGO_SETTINGS_MODULE=config.settings DEMO=1 DATA="$$data" \
		SITE_URL=http://localhost:8765 $(PY) -m docs.screenshots

environment:
	@$(PYTHON) config/environment.py requirements.lock

test-environment:
	@$(PYTHON) config/environment.py requirements-test.lock --also requirements.lock

translations: $(CATALOGUES)

%.mo: %.po
	@$(PY) -m babel.messages.frontend compile --input-file $< --output-file $@

# The test lock contains the other one, so that both can share an environment.
LOCK = $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml
lock: test-environment
	@$(PY) -m pip install --quiet uv==0.13.8
	$(LOCK) --output-file requirements.lock
	$(LOCK) --output-file requirements-test.lock --extra test --constraint requirements.lock

clean:
	rm -rf .venv var/demo
