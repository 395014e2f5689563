"""Gives every picture its width and height: what stands below it does not move when it comes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from handbook.site.pictures import size_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_PICTURE = re.compile(r'<img (?![^>]*\b(?:width|height)=)([^>]*?\bsrc="([^"]+)"[^>]*?)( ?/?)>')


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Add the sizes of local pictures that have none."""
    paths = {file.url: file.abs_src_path for file in files.media_files()}

    def sized(match: re.Match[str]) -> str:
        address = unquote(urljoin(f"/{page.url}", match[2])).removeprefix("/")
        path = paths.get(address)
        size = size_of(Path(path)) if path else None
        if size is None:
            return match[0]
        return f'<img {match[1]} width="{size[0]}" height="{size[1]}"{match[3]}>'

    return _PICTURE.sub(sized, html)
