# make serve · make test · make check · make bench · make drills · make mutants: each does all its own set-up.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
CATALOGUES := $(wildcard helpcenter/translations/*/LC_MESSAGES/messages.po)
PORT ?= 8000

.PHONY: serve test check bench drills coverage covered mutants clean

serve: $(VENV)/.product $(VENV)/.translations
	$(RUN)/helpcenter demo --port $(PORT)

test: $(VENV)/.development $(VENV)/.translations
	$(RUN)/pytest $(TESTS)

check: $(VENV)/.development
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/bandit --quiet --configfile pyproject.toml --recursive helpcenter config.py

bench: $(VENV)/.development $(VENV)/.bench $(VENV)/.translations
	$(RUN)/python -m benchmarks $(BENCH)

drills: $(VENV)/.development $(VENV)/.translations
	$(RUN)/python -m drills $(DRILLS)

# What must be run to the last line and branch: rendering, permissions, sessions, journeys, storage.
COMPLETE := $(addprefix helpcenter/,core/markdown/* articles/rendering.py \
	accounts/permissions.py accounts/role.py accounts/viewer.py topics/audience.py */visibility.py \
	accounts/session.py accounts/sign_in.py accounts/token.py accounts/views/sessions.py accounts/second_step/* \
	journeys/* \
	core/db.py core/append_only.py core/content_version.py core/lease.py core/merge.py core/page_store.py \
	core/pause.py core/writing_turn.py core/migration.py core/migration_turn.py files/*)
comma := ,
empty :=
MEASURED := $(RUN)/python -m pytest -p tests.in_one_process --cov --cov-append --cov-report= $(TESTS)

coverage: $(VENV)/.development $(VENV)/.translations
	rm -rf .coverage && mkdir .coverage
	env -u TEST_DATABASE_URL $(MEASURED)
	test -z "$$TEST_DATABASE_URL" || HELPCENTER_TESTS_DATABASE_ONLY=1 $(MEASURED)
	$(MAKE) --no-print-directory covered

covered:
	$(RUN)/coverage report --fail-under=100 --include=$(subst $(empty) ,$(comma),$(COMPLETE))
	$(RUN)/coverage report --fail-under=95 --omit=$(subst $(empty) ,$(comma),$(COMPLETE))

mutants: $(VENV)/.development $(VENV)/.translations
	$(RUN)/python -m mutants $(MUTANTS)

clean:
	rm -rf $(VENV) demo helpcenter.egg-info

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.product: $(VENV)/bin/pip requirements.txt pyproject.toml
	test -f $(VENV)/.development || $(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.development: $(VENV)/bin/pip requirements-dev.txt pyproject.toml
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(RUN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.product

# What is measured beside, in no other use.
$(VENV)/.bench: $(VENV)/.development requirements-bench.txt
	$(RUN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	touch $@

$(VENV)/.translations: $(VENV)/.product $(CATALOGUES)
	$(RUN)/pybabel --quiet compile -d helpcenter/translations
	touch $@
