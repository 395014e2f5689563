"""Sets the number in a duty's heading apart, so that it can be styled by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_HEADING = re.compile(r'(<h3 [^>]*\bid="duty-(\d+)-(\d+)"[^>]*>)\s*(\2\.\3)\s+')


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Wrap the number of each duty in a span."""
    return _HEADING.sub(r'\1<span class="duty-number">\4</span> ', html)
