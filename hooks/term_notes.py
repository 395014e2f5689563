"""Lets the terms in role pages and the overview say what they mean, on hover and on focus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

from handbook.pages.loader import load
from handbook.site.term_notes import TermNotes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_notes: dict[str, TermNotes] = {}


def on_pre_build(config: MkDocsConfig) -> None:
    """Read the vocabulary anew for the language that is being built."""
    locale: str = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
    vocabulary = load(Path(config.config_file_path).parent).vocabulary
    _notes[locale] = TermNotes(vocabulary, locale.partition("-")[0])


@event_priority(-50)  # when all else that reads or changes the text has done so
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str | None:
    """Add the notes."""
    source: str = getattr(page.file, "norm_src_uri", page.file.src_uri)
    if source != "overview.md" and (source == "roles/index.md" or not source.startswith("roles/")):
        return None
    locale: str = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
    return _notes[locale].add(html)
