# Everything runs in .venv, which is made on first use; Python 3.11 or newer is all that is needed.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST_FLAGS ?= -n 2
# What is formatted and linted.
CODE := src tests samples benchmarks

.PHONY: help demo test check format lint types imports tests golden schemas samples docs benchmark constraints clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

demo: $(VENV)/.tool ## extract a sample plan and show it as a table
	$(BIN)/extractor extract samples/year-ahead-2024.txt --format table

test: check ## the same as check

check: format lint types imports docs tests ## everything that must hold before a commit

format: $(VENV)/.dev
	$(BIN)/ruff format --check $(CODE)

lint: $(VENV)/.dev
	$(BIN)/ruff check $(CODE)

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

tests: $(VENV)/.dev
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

docs: $(VENV)/.dev ## build the documentation into site/; a warning is a failure
	@# not --quiet: it would also hide the warnings that --strict counts
	$(BIN)/mkdocs build --strict

golden: $(VENV)/.dev ## rewrite the golden files, and show what changed
	$(BIN)/python tests/golden.py
	$(BIN)/python tests/pages.py
	git --no-pager diff --stat --patch -- tests/golden README.md docs

schemas: $(VENV)/.tool ## write schemas/ and docs/output.md from the models
	$(BIN)/extractor schema --directory schemas
	$(BIN)/python -m extractor.write.reference > docs/output.md

samples: $(VENV)/.tool ## write samples/ from their descriptions
	$(BIN)/python samples/make.py
	@$(BIN)/python samples/make_pdf.py --check || echo "for these: pip install weasyprint, and python samples/make_pdf.py"

benchmark: $(VENV)/.tool ## time the start of the command
	$(BIN)/python benchmarks/startup.py

constraints: $(VENV)/.dev ## pin what the development environment holds now
	(head -1 constraints-dev.txt; $(BIN)/python -m pip freeze --exclude-editable | grep ==) > constraints-dev.new
	mv constraints-dev.new constraints-dev.txt

clean: ## remove what was made
	rm -rf $(VENV) build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.tool: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints-dev.txt --editable '.[dev]'
	@touch $@ $(VENV)/.tool
