"""Pages say when they last changed, who looks after them, and when their review is overdue."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from handbook.base import days
from handbook.base.history import in_words, last_changes
from handbook.base.words import preferred, words
from handbook.pages.loader import DOCS, load
from handbook.pages.schema import authored
from handbook.views.reviews import Review, reviews

if TYPE_CHECKING:
    from datetime import date

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_config: MkDocsConfig | None = None
"""Of the build that the rest belongs to; builds of further languages within it share it."""
_changes: dict[str, date] = {}
_reviews: list[Review] = []


def on_pre_build(config: MkDocsConfig) -> None:
    """Read the history, once for all languages, and which reviews are overdue."""
    global _config  # noqa: PLW0603 - MkDocs' hooks keep their state in the module
    if config is _config:
        return
    _config = config
    root = Path(config.config_file_path).parent
    _changes.clear()
    _changes.update(last_changes(root, DOCS))
    _reviews[:] = reviews(load(root), _changes, _months(config), days.today())


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the templates the days, in words of the page's language, and the reviews."""
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    pages = {getattr(file, "norm_src_uri", ""): file for file in files.documentation_pages()}
    by_path = {review.role.path: review for review in _reviews}

    def review_url(review: Review) -> str:
        """Where the page of `review` stands, in the reader's script if it is in their language.

        "" while this language lacks the page, as when somebody has just begun a role.
        """
        file = pages.get(f"roles/{review.role.slug}.md")
        if file and review.role.language != language:
            file = getattr(file, "alternates", {}).get(review.role.language, file)
        return file.url if file else ""

    env.globals["reviews"] = list(_reviews)
    env.filters["review_url"] = review_url
    env.filters["review"] = lambda page: by_path.get(_path(page))
    env.filters["last_change"] = lambda page: _changes.get(_path(page))
    env.filters["day_in_words"] = lambda day: in_words(day, language)


def _path(page: Page) -> str:
    return f"{DOCS}/{page.file.src_uri}"


def _months(config: MkDocsConfig) -> int:
    months = config.extra.get("review_months", 0)
    if not isinstance(months, int) or not 0 <= months < 1200:
        raise PluginError(words(preferred(os.environ))("build.months", found=months))
    return months
