"""While serving only: the language that is read is built first, and nothing is made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

from engine import FIRST, LAST, serving
from engine.context import session
from handbook.base.script import simplified_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> None:
    """Begin with the one language that is wanted; with the whole site begin anew."""
    serving.begin(config)


@event_priority(LAST)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Render a text only once; what has none is rendered in no time."""
    if session.serving and markdown:
        serving.render_once(page, markdown, config)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Delete the pages that this language has no more."""
    if session.serving:
        serving.delete_gone(config, files)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str | None:
    """Convert the page's script; one that is published is converted when it is finished."""
    return simplified_html(output) if session.serving else None


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str | None:
    """Convert the pages without a source: 404."""
    if session.serving and template_name.endswith(".html"):
        return simplified_html(output_content)
    return None


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Build less, at every change and at every request."""
    if session.serving:
        serving.build_what_is_read(server, config, builder)
    return server
