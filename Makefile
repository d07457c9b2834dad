# Everything here works in a fresh clone with python3 (3.11 or newer, with venv) and make.
#
#   make demo     clean the pages in fixtures/ and show what was found
#   make test     run the whole suite (SLOW=0: without the slow tests)
#   make check    style, types, import contracts, generated pages, the site, and the suite
#   make docs     build the documentation's site in out/site
#   make pictures take the pictures of docs/ anew, with chromium
#   make rules    write the rules' pages in docs/rules anew
#   make bench    measure speed against trafilatura
#   make clean    remove what the targets above made

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

DEMO := out/demo
PAGES := $(sort $(wildcard fixtures/pages/*/page.*))
SHOWN ?= 6

.PHONY: help demo test check lint generated docs pictures rules bench clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#   //p' Makefile

# pip 23.2 fails on two packages that ask for the same extra of lxml, so pip comes first
$(VENV)/.pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11; try: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade pip
	@touch $@

$(VENV)/.installed: $(VENV)/.pip pyproject.toml
	$(PIP) install --editable '.[report]'
	@touch $@

$(VENV)/.dev: $(VENV)/.pip pyproject.toml
	$(PIP) install --editable '.[dev]'
	@touch $(VENV)/.installed $@

demo: $(VENV)/.installed
	@test -n "$(PAGES)" || { echo "fixtures/pages holds no page" >&2; exit 1; }
	@rm -rf $(DEMO)
	@mkdir -p $(DEMO)
	@$(BIN)/stripper batch 'fixtures/pages/*/page.*' -o $(DEMO)/articles.jsonl --removed --quiet
	@$(BIN)/stripper batch 'fixtures/pages/*/page.*' -o $(DEMO)/articles --format md
	@$(BIN)/stripper explain $(PAGES) --html $(DEMO)/explained.html --quiet
	@$(BIN)/stripper report $(DEMO)/articles.jsonl -o $(DEMO)/report.html
	@for page in $$(printf '%s\n' $(PAGES) | awk -v pages=$(words $(PAGES)) -v shown=$(SHOWN) 'NR % (int((pages - 1) / shown) + 1) == 1 || pages <= shown'); do \
	  echo; echo "==> $$page"; $(BIN)/stripper explain "$$page" --summary --quiet || exit 1; \
	done
	@echo
	@echo "$(words $(PAGES)) pages cleaned. Every article lies under $(DEMO)/articles/, and, with all removed spans, as a line of $(DEMO)/articles.jsonl."
	@echo "Look at them in a browser: $(DEMO)/explained.html has every page with its spans in colour, $(DEMO)/report.html what became of all."

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal $(if $(filter 0,$(SLOW)),-m "not slow")

check: lint generated docs test

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

generated: $(VENV)/.dev
	@rm -rf out/rules && mkdir -p out/rules && cp docs/rules/measured.csv out/rules
	@$(BIN)/stripper rules docs out/rules
	@diff -ru docs/rules out/rules || { echo "docs/rules is out of date; run: make rules" >&2; exit 1; }

# the variable silences what the theme says about its own future
docs: $(VENV)/.dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --config-file .mkdocs.yml
	@echo "The site is built: out/site/index.html"

pictures: $(VENV)/.dev
	$(BIN)/python docs/pictures.py

rules: $(VENV)/.dev
	$(BIN)/stripper rules docs docs/rules

bench: $(VENV)/.dev
	$(BIN)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-only --benchmark-sort=name \
	  --benchmark-columns=median,iqr,ops,rounds --benchmark-group-by=group

clean:
	rm -rf $(VENV) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
