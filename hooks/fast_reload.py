"""While serving, builds the language that is being read, and the others when they are.

What static-i18n does once the first language is built, it leaves to whoever says it is `building`:
so a build can be of one language.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from mkdocs import utils
from mkdocs.plugins import event_priority

from engine import session
from engine.reloading import Reloads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files

_WATCHED = ("docs", "hooks", "overrides", "mkdocs.yml")

_INTERVAL = 0.2
"""Seconds."""

_only = ""
"""The language that is built; "" for the whole site."""

_pages: dict[str, set[str]] = {}
"""Where the pages of each language were written."""


@event_priority(100)  # before static-i18n begins with the first language
def on_config(config: MkDocsConfig) -> None:
    """Begin with the one language that is wanted, and end with it."""
    if _only:
        i18n: Any = config.plugins["i18n"]
        i18n.current_language, i18n.building = _only, True


@event_priority(-300)  # when the pages of this language are all there
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Delete what the language had before and has no more: no build of one language cleans."""
    if session.serving:
        locale: str = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
        pages = {file.dest_uri for file in files.documentation_pages()}
        for gone in _pages.get(locale, set()) - pages:
            Path(config.site_dir, gone).unlink(missing_ok=True)
        _pages[locale] = pages


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Build less, at every change and at every request."""
    if not session.serving:  # `serve --clean` builds as `build` does
        return server
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
    # What the first build made stays: the collector need not look at it again at every reload.
    gc.freeze()
    return server


def _look_more_often(server: LiveReloadServer) -> None:
    """MkDocs looks for changes every half second, a third of what an edit then waits."""
    watched = [*server._watched_paths]  # no public name, and --watch-theme adds to them
    for path in watched:
        server.unwatch(path)
    server.observer = type(server.observer)(timeout=_INTERVAL)
    for path in watched:
        server.watch(path)


@contextmanager
def _building_only(language: str) -> Iterator[None]:
    """Let a build be of one language, and the pages of the others stay."""
    global _only
    clean = utils.clean_directory
    _only, utils.clean_directory = language, lambda directory: None
    try:
        yield
    finally:
        _only, utils.clean_directory = "", clean
