"""While serving: the language that is read is built first, and nothing is made twice.

What it relies on is in mkdocs 1.6.1: livereload/__init__.py (`LiveReloadServer`: `_watched_paths`,
`observer`, `serve_request`, `builder`, `mount_path`), utils (`clean_directory`, `DuplicateFilter`)
and commands/build.py (`log`).
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from mkdocs import utils
from mkdocs.commands.build import log as builds

from engine import i18n
from engine.context import session
from engine.reloading import Reloads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_WATCHED = ("docs", "hooks", "overrides", "mkdocs.yml")

_INTERVAL = 0.2
"""Seconds."""


def begin(config: MkDocsConfig) -> None:
    """Build the one language that is wanted; with the whole site, forget what was made before."""
    if session.only:
        i18n.build_only(config, session.only)
    elif not i18n.is_within_another(config):
        session.rendered.clear()


def delete_gone(config: MkDocsConfig, files: Files) -> None:
    """Delete what the language had before and has no more: no build of one language cleans."""
    locale = i18n.current(config)
    pages = {file.dest_uri for file in files.documentation_pages()}
    for gone in session.pages.get(locale, set()) - pages:
        Path(config.site_dir, gone).unlink(missing_ok=True)
    session.pages[locale] = pages


def render_once(page: Page, markdown: str, config: MkDocsConfig) -> None:
    """Render a text only once (mkdocs 1.6.1, structure/pages.py:263, `Page.render`)."""
    key = i18n.current(config), page.file.src_uri, markdown
    page.render = partial(_render, page, key)  # type: ignore[method-assign]


def _render(page: Page, key: tuple[str, str, str], config: MkDocsConfig, files: Files) -> None:
    if key not in session.rendered:
        before = {**vars(page)}
        type(page).render(page, config, files)
        made = {name: value for name, value in vars(page).items() if before.get(name) is not value}
        # Where its links lead is the validation's to say; the files would be those of this build.
        made.pop("links_to_anchors", None)
        session.rendered[key] = made
    vars(page).update(session.rendered[key])


def build_what_is_read(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> None:
    """Build less, at every change and at every request."""
    reloads = Reloads(Path(config.config_file_path).parent, _WATCHED)
    building = Lock()

    def build(language: str) -> None:
        with _building_only(language):
            builder()
        reloads.built(language)

    def rebuild() -> None:
        with building:
            if language := reloads.after_change():
                build(language)
            else:
                builder()

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"].removeprefix(server.mount_path)
        if not environ["PATH_INFO"].startswith("/livereload/"):
            with building:
                if language := reloads.before_reading(path):
                    build(language)
        return server.serve_request(environ, start_response)

    server.builder = rebuild
    server.set_app(answer)
    _look_more_often(server)
    _say_again()
    # What the first build made stays: the collector need not look at it again at every reload.
    gc.freeze()


def _look_more_often(server: LiveReloadServer) -> None:
    """MkDocs looks for changes every half second, a third of what an edit then waits."""
    watched = [*server._watched_paths]  # no public name, and --watch-theme adds to them
    for path in watched:
        server.unwatch(path)
    server.observer = type(server.observer)(timeout=_INTERVAL)
    for path in watched:
        server.watch(path)


def _say_again() -> None:
    """MkDocs says once what it has said before: that a build is over that took as long, as well."""
    for each in [*builds.filters]:
        if isinstance(each, utils.DuplicateFilter):
            builds.removeFilter(each)


@contextmanager
def _building_only(language: str) -> Iterator[None]:
    """Let a build be of one language, and the pages of the others stay."""
    clean = utils.clean_directory
    session.only, utils.clean_directory = language, lambda directory: None
    try:
        yield
    finally:
        session.only, utils.clean_directory = "", clean
