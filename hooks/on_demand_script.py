"""Leaves the theme's script to be loaded by `on-demand.js`, when the reader first acts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_THEME = re.compile(r'<script src="([^"]*assets/javascripts/bundle\.\w+\.min\.js)"></script>')


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Let the templates say where the script stands, instead of asking for it."""
    env.filters["on_demand"] = without_theme


def without_theme(scripts: str) -> str:
    """The script elements with the theme's own turned into its address, for `on-demand.js`."""
    noted, found = _THEME.subn(_note, scripts)
    if found != 1:
        raise PluginError("overrides/main.html: the theme's script is not where it was in 9.8.1")
    return noted


def _note(script: re.Match[str]) -> str:
    return f'<script id="hb-on-demand" type="application/json">{json.dumps(script[1])}</script>'
