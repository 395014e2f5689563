"""Names each group of the navigation for screen readers; the theme refers to a label without words.

In mkdocs-material 9.8.1 (`partials/nav-item.html`) a group with an index page is named by the label
that opens it, which holds only an icon.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import escape

from handbook.base.html import as_html

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_GROUP = re.compile(
    r'<nav class="md-nav"[^>]* aria-labelledby="(?P<label>[^"]+)"[^>]*>\s*'
    r'<label class="md-nav__title"[^>]*>\s*<span[^>]*></span>\s*(?P<title>.*?)\s*</label>',
    re.DOTALL,
)
_WORDLESS = re.compile(r'(<label [^>]*\bid="([^"]+)"[^>]*>)\s*(?=<span[^>]*></span>\s*</label>)')


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the filter to the templates."""
    env.filters["named_groups"] = lambda html: as_html(named_groups(escape(html)))


def named_groups(navigation: str) -> str:
    """The navigation with the title of each group put, unseen, into the label that names it."""
    titles = {group["label"]: group["title"] for group in _GROUP.finditer(navigation)}

    def name(label: re.Match[str]) -> str:
        title = titles.get(label[2])
        return f'{label[1]}<span class="hb-unseen">{title}</span>' if title else label[0]

    return _WORDLESS.sub(name, navigation)
