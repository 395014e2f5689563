"""Lets pages of every language use the files in docs/assets/, which static-i18n keeps from them.

Without a fallback to the default language, static-i18n 1.3.1 drops what has no language from the
builds of the others, and a right link to a picture would count as dead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import CombinedEvent, event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

_shared: list[File] = []


@event_priority(100)  # before static-i18n
def _remember(files: Files, config: MkDocsConfig) -> None:
    _shared[:] = [file for file in files if file.src_uri.startswith("assets/")]


@event_priority(-110)  # after it
def _restore(files: Files, config: MkDocsConfig) -> None:
    for file in _shared:
        if file.src_uri not in files.src_uris:
            files.append(file)


on_files = CombinedEvent(_remember, _restore)
