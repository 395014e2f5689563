"""A small handbook and the site's real settings: each stage is called on them, nothing is built.

What happens is what `mkdocs.commands.build.build` does, up to where files would be written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from engine import i18n
from engine.context import Session, session

STAGES = ("validation", "arrangement", "page_text", "templates", "publication", "preview")
"""As mkdocs.yml lists them."""

VOCABULARY = """
abilities:
  patience:
    origin: editors
    zh: {name: 耐心, definition: 不急不躁}
    en: {name: patience, definition: staying unhurried}
measures:
  rate:
    origin: editors
    zh: {name: 轉化率, definition: 購買者的比例}
    en: {name: conversion rate, definition: the share of buyers}
partners:
  finance:
    origin: editors
    zh: {name: 財務, definition: 管理資金}
    en: {name: finance, definition: those who look after money}
"""
ROLES = {"marketing": ("市場推廣", "Marketing", 3), "after-sales": ("售後服務", "After-sales", 8)}
ROLE = {
    "zh": """---
section: {n}
---

# {title}

{title}負責銷售。

## 崗位職責

### {n}.1 提高轉化率

提高轉化率。

- 做好工作

**指標**：轉化率

**合作**：財務
{{ .wide }}

## 能力要求

- **耐心**：耐心待人
""",
    "en": """---
section: {n}
---

# {title}

{title} looks after sales. It does more.

## Duties

### {n}.1 A better conversion rate

Improves the conversion rate.

- Do the work

**Measures**: conversion rate

**Works with**: finance
{{ .wide }}

## Ability requirements

- **Patience**: be patient
""",
}
PAGES = {
    "zh": {
        "index": "# 手冊\n\n手冊的首頁。\n",
        "overview": "# 全貌\n\n![](../assets/dot.svg)\n",
        "roles/index": "# 崗位\n\n崗位一覽。\n",
    },
    "en": {
        "index": "# Handbook\n\nThe home page.\n",
        "overview": "# Overview\n\n![](../assets/dot.svg)\n\n## The conversion rate { #rate }\n",
        "roles/index": "# Roles\n\nAll roles.\n",
    },
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="8"/>'


@dataclass
class Made:
    """A build of one language, as far as it goes without writing a page."""

    config: MkDocsConfig
    files: Files = field(default_factory=lambda: Files([]))
    nav: Navigation = field(default_factory=lambda: Navigation([], []))

    def page(self, key: str) -> Page:
        found = next(file.page for file in self.files if i18n.key_of(file) == key and file.page)
        assert found is not None
        return found

    def arranged(self) -> Made:
        """With its files and its navigation."""
        self.files = self.config.plugins.on_files(get_files(self.config), config=self.config)
        set_exclusions(self.files, self.config)
        nav = get_navigation(self.files, self.config)
        self.nav = self.config.plugins.on_nav(nav, config=self.config, files=self.files)
        return self

    def rendered(self) -> Made:
        """With the body of every page."""
        for file in self.files.documentation_pages():
            page = file.page or Page(None, file, self.config)
            page.read_source(self.config)
            given: Any = {"page": page, "config": self.config, "files": self.files}
            page.markdown = self.config.plugins.on_page_markdown(page.markdown or "", **given)
            page.render(self.config, self.files)
            page.content = self.config.plugins.on_page_content(page.content or "", **given)
        return self

    def templates(self) -> Environment:
        """The templates with all that they are given."""
        env = self.config.theme.get_env()
        self.config.plugins.on_env(env, config=self.config, files=self.files)
        return env


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """What a session keeps is this test's."""
    vars(session).update(vars(Session()))
    session.downloads = False
    yield
    vars(session).update(vars(Session()))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The repository of a small handbook with the site's settings."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    own = settings.replace("custom_dir: overrides", f"custom_dir: {ROOT / 'overrides'}")
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs/assets/javascripts", docs / "assets/javascripts")
    (docs / "assets/images").mkdir()
    for picture in ("dot.svg", "images/favicon.svg"):
        (docs / "assets" / picture).write_text(PICTURE, "utf-8")
    (docs / "vocabulary.yml").write_text(VOCABULARY, "utf-8")
    (docs / "redirects.yml").write_text("roles/promotion: roles/marketing\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(own, "utf-8")
    for language, pages in PAGES.items():
        roles = {
            f"roles/{slug}": ROLE[language].format(title=titles[language == "en"], n=titles[2])
            for slug, titles in ROLES.items()
        }
        for key, text in (pages | roles).items():
            path = docs / language / f"{key}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return tmp_path


Make = Callable[..., Made]


@pytest.fixture
def make(root: Path) -> Make:
    """Begins the build of a language; nobody asks whether the handbook may be published."""

    def begun(language: str = "en", stages: Sequence[str] = STAGES[1:], **settings: Any) -> Made:
        config = load_config(
            str(root / "mkdocs.yml"),
            hooks=[str(ROOT / f"hooks/{stage}.py") for stage in stages],
            site_dir=str(root / "site"),
            watch=[],
            **settings,
        )
        i18n.plugin(config).current_language = language
        return Made(config.plugins.on_config(config))

    return begun
