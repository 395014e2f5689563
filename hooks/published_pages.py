"""Finishes the built pages, each once: light and safe for the site, and packed to be read offline.

While serving, pages stay as they are: live reload needs a script that no policy can know.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from engine import session
from handbook.base.zipped import zipped
from handbook.site import downloads
from handbook.site.offline import OfflineCopy, OfflineError
from handbook.site.policy import PolicyError, theme_scripts
from handbook.site.published import PublishingError, Site
from handbook.versions.editions import current

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


_sources: dict[str, Path] = {}
"""The files that pages are written in, from where `mkdocs.yml` stands, by page."""


def on_config(config: MkDocsConfig) -> None:
    """Refuse an address that would not stand in a page as it is: the theme's script holds it."""
    if not re.fullmatch(r"[!#$%(-;=?-\[\]_a-z~]*", config.site_url or ""):
        raise PluginError("SITE_URL: expected an address of plain characters, others as %22")


@event_priority(-300)  # when the pages of this language are all there
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Note where each page comes from, for what is said of it."""
    root = Path(config.config_file_path).parent
    for file in files.documentation_pages():
        if file.abs_src_path:
            _sources[file.dest_uri] = Path(file.abs_src_path).relative_to(root)


@event_priority(-300)  # after the last language, when every page and all prints are written
def on_post_build(config: MkDocsConfig) -> None:
    """Finish the pages of all languages at once, for the site and for its offline copy."""
    i18n: Any = config.plugins["i18n"]
    if session.serving or i18n.building:
        return
    root, folder = Path(config.config_file_path).parent, Path(config.site_dir)
    sizes: dict[str, int | None] = {**downloads.sizes(folder)}
    try:
        scripts = theme_scripts(lambda name: _template(name, config), config.extra["scope"])
        base = urlsplit(config.site_url or "/").path or "/"
        if not session.downloads:
            Site(folder, scripts, base, root, _sources, sizes).publish()
            return
        copy = OfflineCopy(folder, config.site_url or "", config.extra["scope"])
        sizes[downloads.OFFLINE] = None
        Site(folder, scripts, base, root, _sources, sizes).publish(copy)
        archive = zipped(copy.contents(), current(root).date)
        (folder / downloads.FOLDER / downloads.OFFLINE).write_bytes(archive)
        downloads.settle_all(folder)
    except (PolicyError, PublishingError, OfflineError) as error:
        raise PluginError(f"pages must not be published\n{error}") from error


def _template(name: str, config: MkDocsConfig) -> str:
    """The source of a template, as the theme or an override has it."""
    environment: Any = config.theme.get_env()
    source: str = environment.loader.get_source(environment, name)[0]
    return source
