"""Links to the downloads that there are, with their sizes; see `handbook.downloads` for the marks.

While serving, and with HANDBOOK_DOWNLOADS=0, there are none, and no links to them either.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine import session
from handbook.site import downloads
from handbook.versions.editions import current

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Tell the templates the names of the downloads, or that there will be none."""
    edition = current(Path(config.config_file_path).parent)
    env.globals["downloads"] = downloads if session.downloads else None
    env.globals["downloads_edition"] = edition.label
