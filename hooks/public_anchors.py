"""Gives role pages their public anchors: `#duties`, `#duty-3-2`, `#ability-data-analysis`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handbook.pages.anchors import PublicAnchors
from handbook.pages.loader import load

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def on_config(config: MkDocsConfig) -> None:
    """Add the Markdown extension once; with several languages this event comes once for each."""
    if any(isinstance(extension, PublicAnchors) for extension in config.markdown_extensions):
        return
    vocabulary = load(Path(config.config_file_path).parent).vocabulary
    config.markdown_extensions.append(PublicAnchors(vocabulary.index()))  # type: ignore[arg-type]
