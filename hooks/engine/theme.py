"""Templates: what is asked of MkDocs 1.6.1, Jinja and Material 9.8.1 beyond their promises."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from mkdocs.exceptions import PluginError

from engine.context import session
from handbook.base.html import as_html
from handbook.base.words import of_the_environment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

_SCRIPT = re.compile(r'<script src="([^"]+)"></script>\s*')
_THEME = re.compile(r"assets/javascripts/bundle\.\w+\.min\.js$")


def keep_environment(config: MkDocsConfig) -> None:
    """Have one environment for the templates of all languages, which keeps what is compiled.

    That takes a fifth of a build. MkDocs makes an environment in each build (1.6.1,
    commands/build.py:288, `config.theme.get_env()`), which escapes nothing (theme.py:162,
    `Environment(loader=loader, auto_reload=False)`).
    """
    env = session.environments.setdefault(tuple(config.theme.dirs), config.theme.get_env())
    env.auto_reload = session.serving
    # Every template writes text as text, the theme's too. Macros, `super()` and `{% set %}…` blocks
    # are marked as HTML by Jinja itself.
    env.autoescape = True
    # The line of a template that holds a statement writes nothing: a third of every page.
    env.trim_blocks = env.lstrip_blocks = True
    # What a filter makes of a constant would be compiled in, and some filters speak a language.
    env.optimized = False
    config.theme.get_env = lambda: env  # type: ignore[method-assign]


def mark(page: Page, title: str | None) -> None:
    """Say of a page what is HTML and what is text: MkDocs gives some of both.

    Its `content` is HTML; its title and the headings' are text, which Python-Markdown gives escaped
    (mkdocs 1.6.1, structure/pages.py `_set_title`, structure/toc.py:76 `_parse_toc_token`).
    """
    page.title = title or page.title
    page.content = as_html(page.content or "")
    _mark_titles(page.toc)


def _mark_titles(entries: Iterable[AnchorLink]) -> None:
    """The theme strips tags from these titles (9.8.1, partials/toc-item.html)."""
    for entry in entries:
        entry.title = escape(unescape(entry.title))
        _mark_titles(entry.children)


def template_source(name: str, config: MkDocsConfig) -> str:
    """The source of a template, as the theme or an override has it."""
    environment: Any = config.theme.get_env()
    source: str = environment.loader.get_source(environment, name)[0]
    return source


def on_demand(scripts: str) -> Markup:
    """The script elements, those that would be run at once turned into a list of addresses.

    They are the theme's own (material 9.8.1, base.html, block `scripts`: `bundle.….min.js`) and
    what must run before it; `on-demand.js` loads them in their order, when the reader first acts.

    Raises:
        PluginError: if the theme's script is not the last of them.
    """
    html = str(escape(scripts))
    addresses = _SCRIPT.findall(html)
    if not addresses or not _THEME.search(addresses[-1]):
        raise PluginError(of_the_environment()("build.theme-moved"))
    noted = json.dumps(addresses)
    element = f'<script id="hb-on-demand" type="application/json">{noted}</script>'
    return as_html(element + _SCRIPT.sub("", html))
