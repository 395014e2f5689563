# The front door. Needs Python 3.11 or later and make; everything else is in .venv/.
# Behind each target is an ordinary tool, which works without make too (Windows: see Contributing).

PYTHON ?= python3
BIN := .venv/bin
# What the site needs, and what development needs beside it: see hooks/handbook/commands/set_up.py.
STAMP := .venv/.stamp
DEV := .venv/.dev
UV_VERSION := 0.13.9
LOCK = .build/lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
  --quiet --no-config --custom-compile-command "make lock"

# What is printed is in the language of the commands: see `preferred` in handbook.base.words.
ZH := $(filter zh%,$(firstword $(LC_ALL) $(LC_MESSAGES) $(LANG)))

# Says itself what is wrong with a Python; that there is none, it cannot.
SET_UP = command -v $(PYTHON) >/dev/null || { echo "$(if $(ZH),沒有 $(PYTHON)：需要 Python 3.11 或更新版本,No \
  $(PYTHON): Python 3.11 or later is needed)" >&2; exit 1; }; $(PYTHON) hooks/handbook/commands/set_up.py

SHELL := bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help doctor serve build pdf check fix new-role test test-fast test-pages mutants bench lock clean .venv

help: ## List these commands | 列出這些命令
	@awk -v part=$(if $(ZH),2,1) -F ':.*## ' '/^[a-z.-]+:.*## / { split($$2, words, " [|] "); \
	  printf "  make %-9s %s\n", $$1, words[part] }' $(MAKEFILE_LIST)

doctor: ## Say what is missing here, why, and how to get it | 說明這裏缺少甚麼、為何需要、怎樣取得
	@$(SET_UP) doctor

serve: $(STAMP) ## Validate, build and serve at http://127.0.0.1:8000, live (ADDRESS=host:port) | 檢查、生成並在 http://127.0.0.1:8000 預覽，改動即時可見（ADDRESS=主機:埠）
	$(BIN)/python -m handbook serve $(ADDRESS)

build: $(STAMP) ## Build everything that is published, strictly, into site/ | 嚴格生成要發佈的全部內容，放進 site/
	$(BIN)/python -m handbook build

# BOOK=zh-Hant, zh-Hans, en or bilingual; PAPER=a4, a5 or letter; LARGE=1 for large print.
pdf: $(STAMP) ## Print one book in seconds, into .build/print/ (BOOK=en PAPER=a5) | 用幾秒印一本書，放進 .build/print/（BOOK=en PAPER=a5）
	$(BIN)/python -m handbook print $(BOOK) $(addprefix --paper=,$(PAPER)) $(if $(LARGE),--large)

check: $(STAMP) ## Validate the pages of both languages, without a build | 檢查兩種語言的頁面，不生成網站
	$(BIN)/python -m handbook check

# SAME=duty-3-2 says that its two languages mean the same, TRANSLATE=duty-3-2 that one is to follow.
fix: $(STAMP) ## Fix what can be fixed safely, and say what was changed | 改正可以放心改正的地方，並說明改了甚麼
	$(BIN)/python -m handbook fix $(addprefix --same=,$(SAME)) $(addprefix --translate=,$(TRANSLATE))

new-role: $(STAMP) ## Start a role's page in both languages; asks for its names | 新建一個崗位的中英文頁面；會詢問名稱
	@$(BIN)/python -m handbook new-role $(ROLE)

test: $(DEV) ## Everything that must pass: lint, format, types, tests, real browser | 必須通過的全部檢查：程式碼、格式、類型、測試、真實瀏覽器
	$(BIN)/python -m handbook test

test-fast: $(DEV) ## The tests without browser, prints and whole builds: five minutes | 不用瀏覽器、不印製、不生成整個網站的測試：五分鐘
	$(BIN)/python -m handbook test --fast

# For pull requests that touch pages only: what is derived from them, and what a reader finds.
test-pages: $(DEV)
	$(BIN)/python -m pytest --numprocesses auto -m "not (browser or build or pdf)" \
	  tests/views tests/search/test_index.py tests/unit/test_exercises.py

mutants: $(DEV) ## Break the library a line at a time, and see the tests notice | 逐行弄壞程式庫，看測試能否發現
	$(BIN)/python tests/mutants.py $(ONLY)

# FULL=1: 700 roles, the search beside others, reloading, Lighthouse; hours rather than minutes.
BENCH := .build/bench
BESIDE := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
  --require-hashes
bench: $(DEV) ## Whole builds and the search beside others; FULL=1 for all there is | 量度生成和搜尋，並與別的比較；FULL=1 量度全部
	$(BIN)/python tests/e2e/browser.py
	-$(BESIDE) --target $(BENCH)/properdocs -r tests/engine/requirements.txt
	-$(BESIDE) --target $(BENCH)/zensical -r tests/bench/zensical.txt
	PYTHONPATH=tests:hooks $(BIN)/python -m bench.builds $(if $(FULL),--full)
	PYTHONPATH=tests:hooks $(BIN)/python -m search.score $(basename $(notdir $(wildcard tests/search/queries/closed*.yml)))
ifdef FULL
	-$(BESIDE) --target $(BENCH)/jieba -r tests/bench/requirements.txt
	-npm install --silent --no-audit --no-fund --prefix $(BENCH)/pagefind pagefind@1.6.0
	PYTHONPATH=tests:hooks $(BIN)/python -m bench.search
	PYTHONPATH=tests $(BIN)/python -m bench.reload
	-$(BIN)/python tests/bench/lighthouse.py
endif

# The site's part decides the versions; the development part takes those that both have from it.
lock: ## Raise all packages within pyproject.toml, into both lock files | 在 pyproject.toml 的範圍內升級所有套件，寫進兩個鎖定檔
	@mkdir -p .build && rm -rf .build/lock && $(PYTHON) -m venv .build/lock
	.build/lock/bin/python -m pip install --quiet uv==$(UV_VERSION)
	$(LOCK) pyproject.toml --group build --output-file requirements.lock
	$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock
	@rm -rf .build/lock

# For maintainers: known holes in what is locked; CI does it once a week. Where the data of the package
# index is out of reach, that is said and nothing fails, but in CI.
.PHONY: audit
audit: .build/audit
	@PYTHONPATH=.build/audit $(BIN)/python -m pip_audit --strict --require-hashes --disable-pip \
	  --progress-spinner off --requirement requirements.lock 2> .build/audit.log; code=$$?; \
	cat .build/audit.log >&2; \
	if [ -z "$$CI" ] && grep -q 'could not be audited\|ConnectionError' .build/audit.log; then \
	  echo 'SKIPPED: nothing was audited, the data of PyPI is out of reach'; exit 0; fi; exit $$code

# For a release: what the site is made with, as CycloneDX.
.PHONY: sbom
sbom: .build/audit
	PYTHONPATH=.build/audit $(BIN)/python -m cyclonedx_py requirements requirements.lock \
	  --output-reproducible --output-format JSON --output-file .build/sbom.cdx.json

.build/audit: tools/audit.txt $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target $@ --upgrade \
	  --require-hashes -r tools/audit.txt
	@touch $@

# For maintainers: cuts the fonts of the printed handbook anew; what it makes is committed.
.PHONY: fonts
fonts: $(DEV)
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

clean: ## Remove all that these commands made: site/, .venv/, caches | 刪除這些命令生成的全部內容：site/、.venv/ 和快取
	rm -rf site .build .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find hooks tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(SET_UP)

$(DEV): requirements-dev.lock | $(STAMP)
	@$(SET_UP) --dev
