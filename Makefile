# make serve · make test · make check · make bench: each does all its own set-up.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
CATALOGUES := $(wildcard helpcenter/translations/*/LC_MESSAGES/messages.po)
PORT ?= 8000

.PHONY: serve test check bench clean

serve: $(VENV)/.product $(VENV)/.translations
	$(RUN)/helpcenter demo --port $(PORT)

test: $(VENV)/.development $(VENV)/.translations
	$(RUN)/pytest $(TESTS)

check: $(VENV)/.development
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

bench: $(VENV)/.development $(VENV)/.translations
	$(RUN)/python -m benchmarks

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

$(VENV)/.translations: $(VENV)/.product $(CATALOGUES)
	$(RUN)/pybabel --quiet compile -d helpcenter/translations
	touch $@
