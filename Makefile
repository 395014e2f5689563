# The front door. Needs Python 3.11 or later and make; everything else is in .venv/.
# Behind each target is an ordinary tool, which works without make too once `make .venv` has run.

BIN := .venv/bin
STAMP := .venv/.stamp
ADDRESS ?= 127.0.0.1:8000
UV_VERSION := 0.13.9
# The theme's notice at every start would bury what an editor must read.
export NO_MKDOCS_2_WARNING := 1

SHELL := bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve build check fix new-role test test-fast mutants bench lock clean browser .venv

help: ## List these commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z.-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(STAMP) ## Validate, build and serve at http://127.0.0.1:8000, live (ADDRESS=host:port)
	$(BIN)/mkdocs serve --dev-addr $(ADDRESS)

# A refused or broken build never costs the site that is there: it is built aside, then swapped in.
build: $(STAMP) ## Build everything that is published, strictly, into site/
	@mkdir -p .build && fresh=$$(mktemp -d .build/XXXXXX) && trap 'exit 1' INT TERM && \
	trap '[ -e site ] || mv "$$fresh/old" site 2>/dev/null; rm -rf "$$fresh"' EXIT && \
	echo "$(BIN)/mkdocs build --strict" && \
	$(BIN)/mkdocs build --strict --site-dir "$$fresh/site" && \
	{ [ ! -e site ] || mv site "$$fresh/old"; } && mv "$$fresh/site" site && \
	echo "The site is in site/"

check: $(STAMP) ## Validate the pages of both languages, without a build
	$(BIN)/python -m handbook check

# SAME=duty-3-2 says that its two languages mean the same, TRANSLATE=duty-3-2 that one is to follow.
fix: $(STAMP) ## Fix what can be fixed safely, and say what was changed
	$(BIN)/python -m handbook fix $(addprefix --same=,$(SAME)) $(addprefix --translate=,$(TRANSLATE))

new-role: $(STAMP) ## Start a role's page in both languages; asks for its names
	@$(BIN)/python -m handbook new-role $(ROLE)

test: $(STAMP) browser ## Everything that must pass: lint, format, types, tests, real browser
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/pytest --numprocesses auto --dist worksteal

test-fast: $(STAMP) ## The tests without browser, prints and whole builds: two minutes
	$(BIN)/pytest --numprocesses auto --dist worksteal -m "not (browser or build or pdf)"

mutants: $(STAMP) ## Break the library a line at a time, and see the tests notice
	$(BIN)/python tests/mutants.py $(ONLY)

bench: $(STAMP) browser ## Search and whole builds beside others; growth; reloading; Lighthouse
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --target .build/jieba \
	  --upgrade --require-hashes -r tests/bench/requirements.txt
	PYTHONPATH=tests $(BIN)/python -m bench.search --jieba .build/jieba
	PYTHONPATH=tests $(BIN)/python -m bench.builds
	PYTHONPATH=tests $(BIN)/python -m bench.growth
	PYTHONPATH=tests $(BIN)/python -m bench.reload
	-$(BIN)/python tests/bench/lighthouse.py

lock: ## Renew requirements.lock from pyproject.toml
	@mkdir -p .build && rm -rf .build/lock && python3 -m venv .build/lock
	.build/lock/bin/python -m pip install --quiet uv==$(UV_VERSION)
	.build/lock/bin/uv pip compile pyproject.toml --group build --group dev --universal \
	  --python-version 3.11 --generate-hashes --upgrade --quiet --no-config \
	  --custom-compile-command "make lock" --output-file requirements.lock
	@rm -rf .build/lock

# For maintainers: cuts the fonts of the printed handbook anew; what it makes is committed.
.PHONY: fonts
fonts: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target .build/fonts --upgrade \
	  --no-deps --require-hashes -r tools/requirements.txt
	PYTHONPATH=.build/fonts $(BIN)/python tools/print_fonts.py hooks/handbook/site/print/fonts

# For maintainers, after the theme was raised: cuts its style sheets anew; what it makes is committed.
.PHONY: theme-styles
theme-styles: build
	cd tools/theme-styles && npm ci --silent
	$(BIN)/python tools/theme_styles.py .build/constructs.html
	cat docs/assets/stylesheets/*.css > .build/own.css
	node tools/theme-styles/cut.cjs site .build/constructs.html .build/own.css .build/material.css \
	  .venv/lib/python3*/site-packages/material/templates/assets/stylesheets/{main,palette}.*.css
	{ head -1 overrides/assets/stylesheets/material.css; tools/theme-styles/node_modules/.bin/lightningcss \
	  --minify --targets ">= 0.5%, not dead" .build/material.css; } > .build/cut.css
	mv .build/cut.css overrides/assets/stylesheets/material.css

clean: ## Remove all that these commands made: site/, .venv/, caches
	rm -rf site .build .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find hooks tests -name __pycache__ -type d -prune -exec rm -rf {} +

browser: $(STAMP)
	@$(BIN)/python tests/e2e/browser.py

.venv: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	    echo "$$python -m venv .venv"; \
	    "$$python" -m venv --clear .venv && exit 0; \
	    echo "Python's venv module is incomplete (on Debian: apt-get install python3-venv)" >&2; \
	    exit 1; \
	  done; \
	  echo "Python 3.11 or later is needed (name one with make PYTHON=…)" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@
