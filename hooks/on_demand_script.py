"""Leaves the theme's script to be loaded by `on-demand.js`, when the reader first acts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from markupsafe import escape
from mkdocs.exceptions import PluginError

from handbook.base.html import as_html

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_SCRIPT = re.compile(r'<script src="([^"]+)"></script>\s*')
_THEME = re.compile(r"assets/javascripts/bundle\.\w+\.min\.js$")


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let the templates say where the script stands, instead of asking for it."""
    env.filters["on_demand"] = lambda html: as_html(without_theme(escape(html)))


def without_theme(scripts: str) -> str:
    """The script elements, those that would be run at once turned into a list of addresses.

    They are the theme's own and what must run before it; `on-demand.js` loads them in their order.
    """
    addresses = _SCRIPT.findall(scripts)
    if not addresses or not _THEME.search(addresses[-1]):
        raise PluginError("overrides/main.html: the theme's script is not where it was in 9.8.1")
    noted = json.dumps(addresses)
    element = f'<script id="hb-on-demand" type="application/json">{noted}</script>'
    return element + _SCRIPT.sub("", scripts)
