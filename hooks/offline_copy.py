"""Packs the whole site, with its downloads, into an archive that works without a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from handbook import session
from handbook.downloads import FOLDER, OFFLINE
from handbook.editions import current
from handbook.offline import OfflineCopy, OfflineError, read_site
from handbook.zipped import zipped

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@event_priority(-400)  # after the last language, when the pages and all other downloads are done
def on_post_build(config: MkDocsConfig) -> None:
    """Write the archive."""
    i18n: Any = config.plugins["i18n"]
    if not session.downloads or i18n.building:
        return
    site, name = Path(config.site_dir), f"{FOLDER}/{OFFLINE}"
    copy = OfflineCopy(read_site(site, [name]), config.site_url or "", config.extra["scope"])
    try:
        contents = copy.contents()
    except OfflineError as error:
        raise PluginError(f"links that lead nowhere in the offline copy\n{error}") from error
    date = current(Path(config.config_file_path).parent).date
    (site / FOLDER).mkdir(exist_ok=True)
    (site / name).write_bytes(zipped(contents, date))
