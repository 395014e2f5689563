"""Pages say when they last changed, in the reader's language, as the repository's history tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handbook.history import in_words, last_changes
from handbook.loader import DOCS
from handbook.schema import authored

if TYPE_CHECKING:
    from datetime import date

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_days: dict[str, date] = {}


def on_pre_build(config: MkDocsConfig) -> None:
    """Read the history, once for all languages."""
    if config.plugins["i18n"].is_default_language_build:  # type: ignore[attr-defined]
        _days.clear()
        _days.update(last_changes(Path(config.config_file_path).parent, DOCS))


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give two filters: the day a page last changed, or None; and a day in words."""
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    env.filters["last_change"] = last_change
    env.filters["day_in_words"] = lambda day: in_words(day, language)


def last_change(page: Page) -> date | None:
    """The day the file of `page` last changed."""
    return _days.get(f"{DOCS}/{page.file.src_uri}")
