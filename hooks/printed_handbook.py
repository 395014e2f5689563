"""Prints the handbook: PDFs in site/downloads/, made by Typst from the same model as the pages.

While serving, nothing is printed: a page that is being written must be seen at once.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from engine import session
from handbook.pages.exercises import load_exercises
from handbook.pages.loader import load
from handbook.site.print.downloads import write
from handbook.site.print.printing import Printing
from handbook.site.print.typesetting import TypesettingError
from handbook.versions.editions import currency_url, current
from handbook.versions.translation_status import notices

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger(__name__)

_CACHE = ".cache/print"
"""Where files are kept between builds, in the repository; PRINT_CACHE names another folder."""


@event_priority(-210)  # after the last language, before the pages that say the files' sizes
def on_post_build(config: MkDocsConfig) -> None:
    """Write the files of all languages at once."""
    i18n: Any = config.plugins["i18n"]
    if not session.downloads or i18n.building:
        return
    root = Path(config.config_file_path).parent
    handbook, edition = load(root), current(root)
    printing = Printing(
        handbook,
        edition,
        config.site_url or "",
        lambda language: "" if language == i18n.default_language else f"{language}/",
        lambda role, language: currency_url(edition, role, language),
        notices(root, handbook),
    )
    try:
        folder = Path(config.site_dir, "downloads")
        cache = Path(os.environ.get("PRINT_CACHE") or root / _CACHE)
        made = write(printing, load_exercises(root), root, folder, cache)
    except TypesettingError as error:
        raise PluginError(f"the handbook cannot be printed\n{error}") from error
    log.info("printed %d files anew", len(made))
