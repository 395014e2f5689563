"""Links to the downloads that there are, with their sizes; see `handbook.downloads` for the marks.

While serving, and with HANDBOOK_DOWNLOADS=0, there are none, and no links to them either.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority

from handbook import downloads, session
from handbook.editions import current

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Tell the templates the names of the downloads, or that there will be none."""
    edition = current(Path(config.config_file_path).parent)
    env.globals["downloads"] = downloads if session.downloads else None
    env.globals["downloads_edition"] = edition.label


@event_priority(-410)  # after the offline copy, which settles the marks in its own pages
def on_post_build(config: MkDocsConfig) -> None:
    """Settle the marks in the pages of all languages."""
    i18n: Any = config.plugins["i18n"]
    if not session.downloads or i18n.building:
        return
    files = downloads.sizes(Path(config.site_dir))
    for path in sorted(Path(config.site_dir).rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        settled = downloads.settled(page, files)
        if settled != page:
            path.write_text(settled, encoding="utf-8")
