"""Writes the handbook as data into the downloads: a workbook, and a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority

from engine import session
from handbook.pages.loader import load
from handbook.site.data_files import about, as_csv, as_workbook
from handbook.site.downloads import CSV, FOLDER, WORKBOOK
from handbook.versions.editions import current
from handbook.views.tables import Tables

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@event_priority(-220)  # after the last language, before the pages that say the files' sizes
def on_post_build(config: MkDocsConfig) -> None:
    """Write both files."""
    i18n: Any = config.plugins["i18n"]
    if not session.downloads or i18n.building:
        return
    root = Path(config.config_file_path).parent
    handbook, edition = load(root), current(root)
    tables = Tables(handbook, config.site_url or "")
    said = about(handbook, edition.label, edition.date, config.site_url or "")
    folder = Path(config.site_dir, FOLDER)
    folder.mkdir(exist_ok=True)
    (folder / CSV).write_bytes(as_csv(tables, said))
    (folder / WORKBOOK).write_bytes(as_workbook(tables, said))
